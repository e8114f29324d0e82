import { Button, Modal } from 'antd'
import type { Difference } from './conflict.ts'

interface ConflictDialogProps {
  readonly differences: readonly Difference[]
  readonly onTakeTheirs: () => void
  readonly onSubmitMine: () => void
  readonly onClose: () => void
}

/** Somebody else changed the thing meanwhile: both versions side by side, and the person decides. */
export function ConflictDialog({ differences, onTakeTheirs, onSubmitMine, onClose }: ConflictDialogProps) {
  const edits = differences.some((item) => item.mine !== undefined)
  return (
    <Modal
      open
      width={760}
      title="这项内容刚刚被其他人修改过"
      onCancel={onClose}
      footer={[
        <Button key="theirs" onClick={onTakeTheirs}>
          放弃我的修改，查看最新内容
        </Button>,
        <Button key="mine" type="primary" onClick={onSubmitMine}>
          在最新内容上提交我的修改
        </Button>,
      ]}
    >
      <p>您打开之后，别人先提交了修改，所以您的内容还没有保存。请对照两个版本后决定。</p>
      <table className="conflict-table">
        <thead>
          <tr>
            <th scope="col">内容</th>
            <th scope="col">您打开时</th>
            <th scope="col">现在</th>
            {edits && <th scope="col">您要提交</th>}
          </tr>
        </thead>
        <tbody>
          {differences.map((item) => (
            <tr key={item.field}>
              <th scope="row">{item.label}</th>
              <td>{item.seen}</td>
              <td className={item.changed ? 'is-changed' : undefined}>
                {item.now}
                {item.changed && '（已改）'}
              </td>
              {edits && <td>{item.mine ?? <span className="quiet">不涉及</span>}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  )
}

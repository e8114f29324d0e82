import { App, Button } from 'antd'
import { useRights } from '../../app/app-context.tsx'

interface AsideActionsProps {
  /** What stands aside: 事件, 消息. */
  readonly what: string
  readonly isReplaying: boolean
  readonly onReplay: () => Promise<void>
  readonly onSkip: () => Promise<void>
}

/** What an operator can do for something that could not be handled; skipping loses it, so that asks first. */
export function AsideActions({ what, isReplaying, onReplay, onSkip }: AsideActionsProps) {
  const rights = useRights()
  const { modal } = App.useApp()
  if (!rights.can('system.operate')) return <span className="quiet">由系统管理员处理</span>
  return (
    <>
      <Button type="link" size="small" loading={isReplaying} onClick={onReplay}>
        重新处理
      </Button>
      <Button
        type="link"
        size="small"
        danger
        onClick={() =>
          modal.confirm({
            title: `跳过这条${what}？`,
            content: `跳过后这条${what}不再处理，相关内容可能缺失。跳过会记入操作记录。`,
            okText: '跳过',
            okButtonProps: { danger: true },
            onOk: onSkip,
          })
        }
      >
        跳过
      </Button>
    </>
  )
}

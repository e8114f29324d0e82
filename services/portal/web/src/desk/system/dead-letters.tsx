import { App, Button, Table } from 'antd'
import type { DeadLetter, ServiceName } from '../../api/types.ts'
import { useRights } from '../../app/app-context.tsx'
import { useCommand } from '../../app/use-command.ts'
import { moment } from '../../words/format.ts'
import { Panel } from '../kit/panel.tsx'

/** Messages of other services that this one could not take. */
export function DeadLetters({ service, letters }: { service: ServiceName; letters: readonly DeadLetter[] }) {
  return (
    <Panel title={`死信（${letters.length}）`} flush>
      {letters.length === 0 ? (
        <p className="quiet" style={{ padding: '16px 20px' }}>
          没有死信。其他服务发来、本服务处理不了的消息会列在这里。
        </p>
      ) : (
        <Table<DeadLetter>
          size="middle"
          pagination={false}
          rowKey={(letter) => letter.id}
          dataSource={[...letters]}
          columns={[
            { title: '消息', render: (_, letter) => <code>{letter.type}</code> },
            { title: '原因', render: (_, letter) => letter.error },
            { title: '时间', width: 180, render: (_, letter) => moment(letter.at) },
            { title: '处理', width: 160, render: (_, letter) => <LetterActions service={service} letter={letter} /> },
          ]}
        />
      )}
    </Panel>
  )
}

function LetterActions({ service, letter }: { service: ServiceName; letter: DeadLetter }) {
  const rights = useRights()
  const { message } = App.useApp()
  const replay = useCommand(`/api/${service}/system/dead-letters/{id}/replay`)
  const skip = useCommand(`/api/${service}/system/dead-letters/{id}/skip`)
  if (!rights.can('system.operate')) return <span className="quiet">由系统管理员处理</span>
  const input = { params: { path: { id: letter.id } } }
  const tell = { onError: (problem: { detail: string }) => void message.error(problem.detail) }
  return (
    <>
      <Button type="link" size="small" loading={replay.isPending} onClick={() => replay.mutate(input, tell)}>
        重新处理
      </Button>
      <Button type="link" size="small" danger loading={skip.isPending} onClick={() => skip.mutate(input, tell)}>
        跳过
      </Button>
    </>
  )
}

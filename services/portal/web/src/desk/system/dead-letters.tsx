import { Table } from 'antd'
import type { DeadLetter, ServiceName } from '../../api/types.ts'
import { moment } from '../../words/format.ts'
import { Panel } from '../kit/panel.tsx'
import { AsideActions } from './aside-actions.tsx'
import { useAction } from './use-action.ts'

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
  const replay = useAction(`/api/${service}/system/dead-letters/{id}/replay`, '已重新处理')
  const skip = useAction(`/api/${service}/system/dead-letters/{id}/skip`, '已跳过')
  const input = { params: { path: { id: letter.id } } }
  return (
    <AsideActions
      what="消息"
      isReplaying={replay.isPending}
      onReplay={() => replay.run(input)}
      onSkip={() => skip.run(input)}
    />
  )
}

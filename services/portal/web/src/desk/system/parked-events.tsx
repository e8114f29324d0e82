import { Table } from 'antd'
import type { ParkedEvent, ServiceName } from '../../api/types.ts'
import { count, moment } from '../../words/format.ts'
import { subscriptionName } from '../../words/labels.ts'
import { Panel } from '../kit/panel.tsx'
import { AsideActions } from './aside-actions.tsx'
import { useAction } from './use-action.ts'

interface Parked {
  readonly subscription: string
  readonly event: ParkedEvent
}

/** Events that a subscription could not take; the rest goes on without them. */
export function ParkedEvents({ service, parked }: { service: ServiceName; parked: readonly Parked[] }) {
  return (
    <Panel title={`停放的事件（${parked.length}）`} flush>
      {parked.length === 0 ? (
        <p className="quiet" style={{ padding: '16px 20px' }}>
          没有停放的事件。处理失败的事件会停在这里，其余事件照常处理。
        </p>
      ) : (
        <Table<Parked>
          size="middle"
          pagination={false}
          rowKey={(row) => `${row.subscription}-${row.event.eventId}`}
          dataSource={[...parked]}
          columns={[
            { title: '订阅', render: (_, row) => subscriptionName(row.subscription) },
            { title: '事件', render: (_, row) => <code>{row.event.type}</code> },
            { title: '原因', render: (_, row) => row.event.error },
            { title: '次数', width: 70, align: 'right', render: (_, row) => count(row.event.attempts) },
            { title: '停放时间', width: 180, render: (_, row) => moment(row.event.parkedAt) },
            { title: '处理', width: 160, render: (_, row) => <ParkedActions service={service} row={row} /> },
          ]}
        />
      )}
    </Panel>
  )
}

function ParkedActions({ service, row }: { service: ServiceName; row: Parked }) {
  const replay = useAction(`/api/${service}/system/subscriptions/{name}/replay`, '已重新处理')
  const skip = useAction(`/api/${service}/system/subscriptions/{name}/skip`, '已跳过')
  const input = { params: { path: { name: row.subscription } }, body: { eventId: row.event.eventId } }
  return (
    <AsideActions
      what="事件"
      isReplaying={replay.isPending}
      onReplay={() => replay.run(input)}
      onSkip={() => skip.run(input)}
    />
  )
}

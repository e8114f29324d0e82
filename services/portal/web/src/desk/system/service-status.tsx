import { Table } from 'antd'
import type { ServiceName, SubscriptionStatus, SystemStatus, ViewStatus } from '../../api/types.ts'
import { useRead } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { count } from '../../words/format.ts'
import { subscriptionName, subscriptionStates, viewNames, word } from '../../words/labels.ts'
import type { LampKind } from '../../words/lamps.ts'
import { Panel } from '../kit/panel.tsx'
import { QueryView } from '../kit/query-view.tsx'
import { DeadLetters } from './dead-letters.tsx'
import { ParkedEvents } from './parked-events.tsx'
import { RebuildCell } from './rebuild-cell.tsx'

/** Views, subscriptions and dead letters of one service. */
export function ServiceStatus({ service }: { service: ServiceName }) {
  const query = useRead(`/api/${service}/system/status`, {}, { every: 3_000 })
  return <QueryView query={query}>{(status) => <Status service={service} status={status} />}</QueryView>
}

function Status({ service, status }: { service: ServiceName; status: SystemStatus }) {
  const parked = status.subscriptions.flatMap((subscription) =>
    subscription.parked.map((event) => ({ subscription: subscription.name, event })),
  )
  return (
    <>
      <Panel title="视图" flush>
        <Table<ViewStatus>
          size="middle"
          pagination={false}
          rowKey={(view) => view.name}
          dataSource={status.views}
          locale={{ emptyText: <EmptyState title="这个服务没有视图" /> }}
          columns={[
            {
              title: '视图',
              render: (_, view) =>
                word(viewNames, view.name) === '—' ? <code>{view.name}</code> : word(viewNames, view.name),
            },
            {
              title: '状态',
              width: 180,
              render: (_, view) => (
                <StateLamp kind={view.lag === 0 ? 'on-time' : 'due-soon'}>
                  {view.lag === 0 ? '已是最新' : `落后 ${count(view.lag)} 条`}
                </StateLamp>
              ),
            },
            { title: '位置', width: 160, render: (_, view) => <span className="tabular">{view.position}</span> },
            { title: '代次', width: 80, align: 'right', render: (_, view) => count(view.generation) },
            { title: '重建', width: 300, render: (_, view) => <RebuildCell service={service} view={view} /> },
          ]}
        />
      </Panel>
      <Panel title="订阅" flush>
        <Table<SubscriptionStatus>
          size="middle"
          pagination={false}
          rowKey={(subscription) => subscription.name}
          dataSource={status.subscriptions}
          locale={{ emptyText: <EmptyState title="这个服务没有订阅" /> }}
          columns={[
            { title: '订阅', render: (_, subscription) => subscriptionName(subscription.name) },
            {
              title: '状态',
              width: 180,
              render: (_, subscription) => (
                <StateLamp kind={lampOf(subscription)}>
                  {subscription.parked.length > 0
                    ? `停放 ${count(subscription.parked.length)} 条`
                    : word(subscriptionStates, subscription.state)}
                </StateLamp>
              ),
            },
          ]}
        />
      </Panel>
      <ParkedEvents service={service} parked={parked} />
      <DeadLetters service={service} letters={status.deadLetters} />
    </>
  )
}

function lampOf({ parked, state }: SubscriptionStatus): LampKind {
  if (parked.length > 0 || state === 'failing') return 'overdue'
  return state === 'stopped' ? 'due-soon' : 'on-time'
}

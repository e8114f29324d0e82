import { StateLamp } from '../../kit/state-lamp.tsx'
import { count } from '../../words/format.ts'
import { serviceNames, word } from '../../words/labels.ts'
import { useServiceStatus } from './use-service-status.ts'
import { WorkList } from './work-list.tsx'

/** Whether every service keeps up. */
export function SystemWork() {
  const services = useServiceStatus()
  const rows = services.flatMap(({ service, query }) => {
    const status = query.data?.body
    if (status === undefined && !query.isError) return []
    const parked = status?.subscriptions.reduce((sum, one) => sum + one.parked.length, 0) ?? 0
    const lag = status?.views.reduce((most, one) => Math.max(most, one.lag), 0) ?? 0
    const dead = status?.deadLetters.length ?? 0
    const bad = status === undefined || parked > 0 || dead > 0
    return [
      {
        key: service,
        to: '/system',
        title: word(serviceNames, service),
        note:
          status === undefined
            ? '没有回答'
            : `视图落后 ${count(lag)} 条 · 停放 ${count(parked)} 条 · 死信 ${count(dead)} 条`,
        mark: (
          <StateLamp kind={bad ? 'overdue' : lag > 0 ? 'due-soon' : 'on-time'}>
            {bad ? '需要处理' : lag > 0 ? '正在追赶' : '正常'}
          </StateLamp>
        ),
      },
    ]
  })
  const pending = services.every(({ query }) => query.isPending)
  return (
    <WorkList
      title="运行状态"
      to="/system"
      nothing="没有取到运行状态。"
      more={false}
      rows={pending ? undefined : rows}
      onRetry={() => {
        for (const { query } of services) void query.refetch()
      }}
    />
  )
}

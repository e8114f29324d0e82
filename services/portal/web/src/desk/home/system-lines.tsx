import { useRights } from '../../app/app-context.tsx'
import { useRead } from '../../app/use-read.ts'
import { addDays, today } from '../../words/format.ts'
import { useServiceStatus } from './use-service-status.ts'
import { isFresh, WorkLine } from './work-line.tsx'

/** What an operator has to look after. */
export function SystemLines() {
  const rights = useRights()
  const services = useServiceStatus()
  const known = services.flatMap(({ query }) => (query.data === undefined ? [] : [query.data.body]))
  const silent = services.filter(({ query }) => query.data === undefined && query.isError)
  const first = services[0]?.query
  const ready = known.length + silent.length === services.length
  const parked = known.flatMap(({ subscriptions }) => subscriptions.flatMap((one) => one.parked))
  const dead = known.flatMap(({ deadLetters }) => deadLetters)
  const behind = known.flatMap(({ views }) => views.filter(({ lag }) => lag > 0))
  if (first === undefined) return null
  return (
    <>
      <WorkLine
        title="没有回答的服务"
        to="/system"
        nothing="各服务都在运行。"
        reading={first}
        tally={ready ? { total: silent.length, late: silent.length } : undefined}
      />
      <WorkLine
        title="停放的事件"
        to="/system"
        unit="条"
        nothing="没有停放的事件。"
        reading={first}
        tally={
          ready
            ? {
                total: parked.length,
                late: parked.length,
                fresh: parked.filter(({ parkedAt }) => isFresh(parkedAt)).length,
              }
            : undefined
        }
      />
      <WorkLine
        title="没有处理的死信"
        to="/system"
        unit="条"
        nothing="没有死信。"
        reading={first}
        tally={
          ready
            ? { total: dead.length, late: dead.length, fresh: dead.filter(({ at }) => isFresh(at)).length }
            : undefined
        }
      />
      <WorkLine
        title="正在追赶的视图"
        to="/system"
        nothing="各视图都是最新的。"
        reading={first}
        tally={ready ? { total: behind.length } : undefined}
      />
      {rights.can('audit.read') && <Audited />}
      {rights.can('account.manage') && <Disabled />}
    </>
  )
}

/** Sign-ins that failed until the account was locked, and accesses refused, of the last week. */
function Audited() {
  const from = addDays(today(), -7)
  const locked = useRead('/api/audit/entries', { query: { action: 'account-locked', from, limit: 100 } })
  const refused = useRead('/api/audit/entries', { query: { action: 'access-refused', from, limit: 100 } })
  const lines = [
    { title: '一周内被锁定的账号', action: 'account-locked', nothing: '一周内没有账号被锁定。', query: locked },
    { title: '一周内被拒绝的访问', action: 'access-refused', nothing: '一周内没有被拒绝的访问。', query: refused },
  ]
  return lines.map(({ title, action, nothing, query }) => {
    const body = query.data?.body
    return (
      <WorkLine
        key={action}
        title={title}
        to="/audit"
        search={{ action, from }}
        unit="次"
        nothing={nothing}
        reading={query}
        tally={
          body === undefined
            ? undefined
            : {
                total: body.items.length,
                more: (body.nextCursor ?? null) !== null,
                fresh: body.items.filter(({ at }) => isFresh(at)).length,
              }
        }
      />
    )
  })
}

function Disabled() {
  const reading = useRead('/api/supervisor-registry/accounts', { query: { state: 'disabled', limit: 100 } })
  const items = reading.data?.body.items
  return (
    <WorkLine
      title="已停用的账号"
      to="/accounts"
      search={{ state: 'disabled' }}
      nothing="没有停用的账号。"
      reading={reading}
      tally={items === undefined ? undefined : { total: items.length }}
    />
  )
}

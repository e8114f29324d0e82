import { useRights } from '../../app/app-context.tsx'
import { useRead } from '../../app/use-read.ts'
import { addDays, today } from '../../words/format.ts'
import { isFresh, WorkLine } from './work-line.tsx'

/** Days before its end from which a term is urgent. */
const TERM_SOON = 30

/** What the registry waits for: terms, liaisons, postings, ties. */
export function RegistryLines() {
  const rights = useRights()
  return (
    <>
      {rights.can('registry.manage') && <Terms />}
      {rights.can('posting.manage') && <Gaps />}
      {rights.can('posting.manage') && <Conflicts />}
      {rights.can('relation.manage') && <Declared />}
      {rights.can('committee.manage') && <WithoutLiaison />}
    </>
  )
}

function Terms() {
  const reading = useRead('/api/supervisor-registry/terms', { query: { limit: 200 } })
  const items = reading.data?.body.items
  const running = items?.filter(({ termState }) => termState === 'near-end')
  return (
    <WorkLine
      title="任期将到期或届满的督学"
      to="/terms"
      unit="人"
      nothing="九十天内没有督学任期届满。"
      reading={reading}
      tally={
        items === undefined || running === undefined
          ? undefined
          : {
              total: items.length,
              late: items.length - running.length,
              due: running.filter(({ daysLeft }) => daysLeft <= TERM_SOON).length,
            }
      }
    />
  )
}

function Gaps() {
  const month = today().slice(0, 7)
  const reading = useRead('/api/supervisor-registry/postings/gaps', { query: { from: today(), to: today() } })
  const items = reading.data?.body.items
  return (
    <WorkLine
      title="没有挂牌督学的学校"
      to="/postings"
      search={{ month, gaps: 'true' }}
      unit="所"
      nothing="每所学校都有挂牌督学。"
      reading={reading}
      tally={items === undefined ? undefined : { total: items.length }}
    />
  )
}

function Conflicts() {
  const reading = useRead('/api/supervisor-registry/recusals/conflicts', {})
  const items = reading.data?.body.items
  return (
    <WorkLine
      title="须回避而仍在挂牌的督学"
      to="/recusal"
      unit="人"
      nothing="现有挂牌没有触及回避规定。"
      reading={reading}
      tally={items === undefined ? undefined : { total: items.length, late: items.length }}
    />
  )
}

function Declared() {
  const reading = useRead('/api/supervisor-registry/relations', { query: { standing: 'declared', limit: 200 } })
  const items = reading.data?.body.items
  return (
    <WorkLine
      title="待核实的回避申报"
      to="/relations"
      search={{ standing: 'declared' }}
      unit="项"
      nothing="督学的申报都已核实。"
      reading={reading}
      tally={
        items === undefined
          ? undefined
          : { total: items.length, fresh: items.filter(({ declaredAt }) => isFresh(declaredAt)).length }
      }
    />
  )
}

function WithoutLiaison() {
  const reading = useRead('/api/supervisor-registry/committee/bodies', {
    query: { hasLiaison: 'false', status: 'member', limit: 200 },
  })
  const items = reading.data?.body.items
  return (
    <WorkLine
      title="没有联络员的成员单位"
      to="/committee"
      search={{ missing: 'true' }}
      unit="个"
      nothing="每个成员单位都有联络员。"
      reading={reading}
      tally={
        items === undefined
          ? undefined
          : { total: items.length, fresh: items.filter(({ from }) => isFresh(addDays(from, 0))).length }
      }
    />
  )
}

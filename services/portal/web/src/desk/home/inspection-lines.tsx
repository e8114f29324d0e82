import { useRights } from '../../app/app-context.tsx'
import { useRead } from '../../app/use-read.ts'
import { addDays, daysBetween, month as monthText, today } from '../../words/format.ts'
import { RoutineLines } from './routine-lines.tsx'
import { isFresh, WorkLine } from './work-line.tsx'

/** Days before its end from which a month, a visit or a campaign counts as nearly over. */
const SOON = 7

/** What inspection waits for from this person. */
export function InspectionLines() {
  const rights = useRights()
  const school = rights.scope('visit.read') === 'school'
  return (
    <>
      {rights.can('self-check.submit') && <OwnSelfChecks />}
      {rights.can('finding.decide') && <Findings />}
      {!school && <Duties />}
      {(rights.can('visit.record') || rights.can('visit.schedule')) && <Scheduled />}
      <RoutineLines />
      {!school && <Campaigns />}
      {!rights.can('bulletin.manage') && <News />}
    </>
  )
}

function OwnSelfChecks() {
  const reading = useRead('/api/inspections/self-checks', { query: { limit: 24 } })
  const open = reading.data?.body.items.filter(({ state }) => state !== 'submitted')
  return (
    <WorkLine
      title="待提交的学校自查"
      to="/self-checks"
      unit="份"
      nothing="自查都已提交。每月初系统会开启当月的自查。"
      reading={reading}
      tally={
        open === undefined
          ? undefined
          : {
              total: open.length,
              late: open.filter(({ dueOn }) => dueOn < today()).length,
              due: open.filter(({ dueOn }) => dueOn >= today() && dueOn <= addDays(today(), SOON)).length,
              fresh: open.filter(({ openedOn }) => isFresh(openedOn)).length,
            }
      }
    />
  )
}

function Findings() {
  const reading = useRead('/api/inspections/findings', { query: { limit: 200, state: 'proposed' } })
  const body = reading.data?.body
  return (
    <WorkLine
      title="待确认的发现"
      to="/findings"
      nothing="督查中的发现都已处理。"
      reading={reading}
      tally={
        body === undefined
          ? undefined
          : {
              total: body.items.length,
              more: (body.nextCursor ?? null) !== null,
              fresh: body.items.filter(({ foundOn }) => isFresh(foundOn)).length,
            }
      }
    />
  )
}

/** The monthly visit: what is still owed this month, and what the last month was left owing. */
function Duties() {
  const month = today().slice(0, 7)
  const before = addDays(`${month}-01`, -1).slice(0, 7)
  const now = useRead('/api/inspections/monthly-duties', { query: { month, state: 'due', limit: 200 } })
  const missed = useRead('/api/inspections/monthly-duties', { query: { month: before, state: 'missed', limit: 200 } })
  const owed = now.data?.body.items
  const gone = missed.data?.body.items.length
  return (
    <>
      <WorkLine
        title={`${monthText(month)}还没有走访的学校`}
        to="/coverage/schools"
        search={{ month, unvisited: 'true' }}
        unit="所"
        nothing="本月每所学校都已走访。"
        reading={now}
        tally={
          owed === undefined
            ? undefined
            : {
                total: owed.length,
                more: (now.data?.body.nextCursor ?? null) !== null,
                due: owed.filter(({ dueOn }) => daysBetween(today(), dueOn) <= SOON).length,
              }
        }
      />
      {gone !== undefined && gone > 0 && (
        <WorkLine
          title={`${monthText(before)}漏走访的学校`}
          to="/coverage/schools"
          search={{ month: before, state: 'missed' }}
          unit="所"
          nothing="上月没有漏走访的学校。"
          reading={missed}
          tally={{ total: gone, late: gone, more: (missed.data?.body.nextCursor ?? null) !== null }}
        />
      )}
    </>
  )
}

function Scheduled() {
  const reading = useRead('/api/inspections/visits', { query: { limit: 200, state: 'scheduled' } })
  const body = reading.data?.body
  const soon = addDays(today(), 3)
  return (
    <WorkLine
      title="已安排、尚未开展的督查"
      to="/visits"
      search={{ state: 'scheduled', month: 'all' }}
      unit="次"
      nothing="安排的督查都已开展。"
      reading={reading}
      tally={
        body === undefined
          ? undefined
          : {
              total: body.items.length,
              more: (body.nextCursor ?? null) !== null,
              late: body.items.filter(({ scheduledFor }) => scheduledFor < today()).length,
              due: body.items.filter(({ scheduledFor }) => scheduledFor >= today() && scheduledFor <= soon).length,
            }
      }
    />
  )
}

function Campaigns() {
  const reading = useRead('/api/inspections/campaigns', { query: { limit: 50, stage: 'opened' } })
  const items = reading.data?.body.items
  const left = items?.reduce((sum, { schools, visited }) => sum + schools - visited, 0) ?? 0
  return (
    <WorkLine
      title={left > 0 ? `进行中的专项与综合督导（还有 ${left} 所待查）` : '进行中的专项与综合督导'}
      to="/campaigns"
      search={{ stage: 'opened' }}
      unit="项"
      nothing="现在没有进行中的督导活动。"
      reading={reading}
      tally={
        items === undefined
          ? undefined
          : {
              total: items.length,
              late: items.filter(({ to }) => to < today()).length,
              due: items.filter(({ to }) => to >= today() && to <= addDays(today(), SOON)).length,
              fresh: items.filter(({ openedOn }) => isFresh(openedOn)).length,
            }
      }
    />
  )
}

/** Bulletins of the office that have come out of late, for those who only read them. */
function News() {
  const reading = useRead('/api/inspections/bulletins', { query: { limit: 3, state: 'issued' } })
  const recent = reading.data?.body.items.filter(({ issuedOn }) => (issuedOn ?? '') >= addDays(today(), -31))
  const [latest] = recent ?? []
  return (
    <WorkLine
      title="近一个月印发的督导通报"
      to={latest === undefined ? '/bulletins' : `/bulletins/${latest.bulletinId}`}
      unit="期"
      nothing="近一个月没有印发通报。"
      reading={reading}
      tally={
        recent === undefined
          ? undefined
          : { total: recent.length, fresh: recent.filter(({ issuedOn }) => isFresh(issuedOn)).length }
      }
    />
  )
}

import type { RoutineMonth } from '../../api/types.ts'
import { useMe, useRights } from '../../app/app-context.tsx'
import { useRead } from '../../app/use-read.ts'
import { addDays, daysBetween, month as monthText, today } from '../../words/format.ts'
import { WorkLine } from './work-line.tsx'

/** Days before the month's end from which summaries and the bulletin are due. */
const CLOSING = 5

/** The month's routine as it stands for zone heads and the office: this month, and the last one until its bulletin is out. */
export function RoutineLines() {
  const rights = useRights()
  const scope = rights.scope('visit.read')
  if (scope !== 'office' && scope !== 'zone') return null
  return (
    <>
      <MissingSelfChecks />
      {(rights.can('zone-summary.submit') || rights.can('bulletin.manage')) && <Summaries />}
      {rights.can('bulletin.manage') && <Bulletins />}
    </>
  )
}

function useMonths() {
  const month = today().slice(0, 7)
  const before = addDays(`${month}-01`, -1).slice(0, 7)
  const now = useRead('/api/inspections/routine', { query: { period: month } })
  const last = useRead('/api/inspections/routine', { query: { period: before } })
  const closing = daysBetween(today(), addDays(addDays(`${month}-01`, 31).slice(0, 8).concat('01'), -1)) <= CLOSING
  return { month, before, now, last, closing }
}

function MissingSelfChecks() {
  const { month, now } = useMonths()
  const body = now.data?.body
  const missing = body?.withoutSelfCheck
  const soon = body?.dueOn != null && body.dueOn >= today() && body.dueOn <= addDays(today(), CLOSING)
  return (
    <WorkLine
      title={`${monthText(month)}未提交自查的学校`}
      to="/routine"
      search={{ period: month }}
      unit="所"
      nothing="本月自查都已提交。"
      reading={now}
      tally={
        missing === undefined
          ? undefined
          : {
              total: missing.length,
              late: missing.filter(({ late }) => late).length,
              due: soon ? missing.filter(({ late }) => !late).length : 0,
            }
      }
    />
  )
}

/** Zone summaries that are missing; a zone head sees only the own zone's. */
function Summaries() {
  const me = useMe()
  const rights = useRights()
  const { month, before, now, last, closing } = useMonths()
  const own = rights.can('zone-summary.submit')
  const missing = (routine: RoutineMonth) =>
    routine.counts.selfChecks === 0
      ? 0
      : routine.zones.filter(
          ({ zoneId, summary }) => zoneId !== null && summary !== 'submitted' && (!own || zoneId === me.zone),
        ).length
  const ready = now.data !== undefined && last.data !== undefined
  const late = ready ? missing(last.data.body) : 0
  const current = ready ? missing(now.data.body) : 0
  return (
    <WorkLine
      title={own ? '待提交的责任区汇总' : '未收到的责任区汇总'}
      to={own ? '/zone-summaries/new' : '/routine'}
      search={{ period: late > 0 ? before : month }}
      unit="份"
      nothing="责任区汇总都已提交。"
      reading={now.data === undefined ? now : last}
      tally={ready ? { total: late + current, late, due: closing ? current : 0 } : undefined}
    />
  )
}

/** Bulletins to draft and to issue. */
function Bulletins() {
  const { before, last } = useMonths()
  const drafted = useRead('/api/inspections/bulletins', { query: { state: 'drafted', limit: 20 } })
  const ready = last.data !== undefined && drafted.data !== undefined
  const open = ready && last.data.body.counts.selfChecks > 0 && last.data.body.bulletin === null ? 1 : 0
  const items = drafted.data?.body.items ?? []
  const late = items.filter(({ period }) => period <= before).length
  return (
    <WorkLine
      title="待印发的督导通报"
      to={open > 0 ? '/routine' : '/bulletins'}
      search={open > 0 ? { period: before } : { state: 'drafted' }}
      unit="期"
      nothing="上月通报已印发；本月的在责任区汇总后起草。"
      reading={last.data === undefined ? last : drafted}
      tally={ready ? { total: items.length + open, late: late + open } : undefined}
    />
  )
}

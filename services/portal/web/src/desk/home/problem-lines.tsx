import { useMe, useRights } from '../../app/app-context.tsx'
import { useRead } from '../../app/use-read.ts'
import { addDays, today } from '../../words/format.ts'
import { useOpenProblems } from './use-open-problems.ts'
import { isFresh, type Tally, WorkLine } from './work-line.tsx'

/** What rectification waits for from this person. */
export function ProblemLines() {
  const rights = useRights()
  const { reading, tallyOf } = useOpenProblems()
  const scope = rights.scope('problem.read')
  const school = scope === 'school'
  return (
    <>
      {rights.can('problem.report') && (
        <>
          <WorkLine
            title="待整改的问题"
            to="/problems"
            search={{ state: 'demanded' }}
            nothing="没有要求本校整改的问题。"
            reading={reading}
            tally={tallyOf(({ state }) => state === 'demanded')}
          />
          <WorkLine
            title="退回重新整改的问题"
            to="/problems"
            search={{ state: 'returned' }}
            nothing="没有退回的问题。"
            reading={reading}
            tally={tallyOf(({ state }) => state === 'returned')}
          />
          <Receipts />
        </>
      )}
      {rights.can('problem.decide') && (
        <WorkLine
          title="待下达整改决定"
          to="/problems"
          search={{ state: 'opened' }}
          nothing="已立案的问题都已下达整改决定。"
          reading={reading}
          tally={tallyOf(({ state }) => state === 'opened' || state === 'rebounded')}
        />
      )}
      {rights.can('problem.verify') && (
        <WorkLine
          title="待核查的整改报告"
          to="/problems"
          search={{ state: 'reported' }}
          nothing="学校提交的整改报告都已核查。"
          reading={reading}
          tally={tallyOf(({ state }) => state === 'reported')}
        />
      )}
      {rights.can('problem.cancel') && (
        <WorkLine
          title="待批准销号"
          to="/problems"
          search={{ state: 'verified' }}
          nothing="没有等待销号的问题。"
          reading={reading}
          tally={tallyOf(({ state }) => state === 'verified')}
        />
      )}
      {rights.can('problem.urge') && (
        <WorkLine
          title="逾期未督办的问题"
          to="/problems"
          search={{ lamp: 'overdue' }}
          nothing="逾期的问题都已发出督办通知。"
          reading={reading}
          tally={tallyOf(({ overdue, urgings }) => overdue && urgings === 0)}
        />
      )}
      {rights.can('problem.reply') && <Asked />}
      {!school && !rights.can('problem.urge') && (
        <WorkLine
          title={scope === 'body' ? '本单位负责的逾期问题' : scope === 'office' ? '全域逾期的问题' : '逾期的问题'}
          to="/problems"
          search={{ lamp: 'overdue' }}
          nothing="没有逾期的问题。"
          reading={reading}
          tally={tallyOf(({ overdue }) => overdue)}
        />
      )}
      {rights.can('problem.recheck') && <ReChecks />}
      {rights.can('problem.cancel') && <Effects />}
    </>
  )
}

/** Questions put to departments: the liaison's to answer, the office's to wait for. */
function Asked() {
  const me = useMe()
  const { reading, problems } = useOpenProblems()
  const own = useRights().scope('problem.reply') === 'body'
  const asked = problems?.filter(({ askedBody }) => askedBody !== null && (!own || askedBody === me.body))
  const by = (from: string, to: string) =>
    asked?.filter(({ nextStep }) => nextStep?.by != null && nextStep.by >= from && nextStep.by <= to).length ?? 0
  const tally: Tally | undefined =
    asked === undefined
      ? undefined
      : { total: asked.length, late: by('', addDays(today(), -1)), due: by(today(), addDays(today(), 5)) }
  return (
    <WorkLine
      title={own ? '待本单位回复的协办事项' : '待部门回复的协办事项'}
      to={own ? '/problems' : '/waiting'}
      search={own ? { open: 'true' } : {}}
      unit="项"
      nothing="没有等待回复的协办事项。"
      reading={reading}
      tally={tally}
    />
  )
}

function ReChecks() {
  const query = { limit: 200 } as const
  const due = useRead('/api/rectification/problems', { query: { ...query, reCheck: 'due' } })
  const late = useRead('/api/rectification/problems', { query: { ...query, reCheck: 'overdue' } })
  const overdue = late.data?.body.items.length
  const open = due.data?.body.items
  return (
    <WorkLine
      title="应开展的回头看"
      to="/re-checks"
      search={{ reCheck: overdue === undefined || overdue === 0 ? 'due' : 'overdue' }}
      nothing="现在没有应开展的回头看。"
      reading={due.data === undefined ? due : late}
      tally={
        open === undefined || overdue === undefined
          ? undefined
          : {
              total: open.length + overdue,
              late: overdue,
              due: open.filter(({ reCheck }) => (reCheck?.dueOn ?? '9') <= addDays(today(), 7)).length,
              fresh: open.filter(({ reCheck }) => isFresh(reCheck?.from)).length,
            }
      }
    />
  )
}

/** Looked at again and found lasting, not yet confirmed. */
function Effects() {
  const query = { reCheck: 'done', effect: 'unconfirmed', limit: 200 } as const
  const reading = useRead('/api/rectification/problems', { query })
  const items = reading.data?.body.items
  return (
    <WorkLine
      title="待确认的整改成效"
      to="/re-checks"
      search={{ reCheck: 'done' }}
      nothing="复查通过的问题都已确认成效。"
      reading={reading}
      tally={
        items === undefined
          ? undefined
          : { total: items.length, fresh: items.filter(({ reCheck }) => isFresh(reCheck?.checkedOn)).length }
      }
    />
  )
}

/** Documents that the school has not signed for. */
function Receipts() {
  const me = useMe()
  const decisions = useRead('/api/rectification/decisions', { query: { limit: 50 } })
  const notices = useRead('/api/rectification/notices', { query: { limit: 50 } })
  const unsigned = decisions.data?.body.items.filter(
    ({ receipts }) => !receipts.some(({ schoolId }) => schoolId === me.school),
  )
  const urging = notices.data?.body.items.filter(({ receivedOn }) => receivedOn === null)
  return (
    <>
      <WorkLine
        title="待签收的整改决定"
        to="/decisions"
        unit="份"
        nothing="整改决定都已签收。"
        reading={decisions}
        tally={
          unsigned === undefined
            ? undefined
            : { total: unsigned.length, fresh: unsigned.filter(({ issuedOn }) => isFresh(issuedOn)).length }
        }
      />
      <WorkLine
        title="待签收的督办通知"
        to="/notices"
        unit="份"
        nothing="没有待签收的督办通知。"
        reading={notices}
        tally={
          urging === undefined
            ? undefined
            : { total: urging.length, fresh: urging.filter(({ issuedOn }) => isFresh(issuedOn)).length }
        }
      />
    </>
  )
}

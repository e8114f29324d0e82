import { useMe, useRights } from '../../app/app-context.tsx'
import { useRead } from '../../app/use-read.ts'
import { EmptyState } from '../../kit/states.tsx'
import { day, today } from '../../words/format.ts'
import { usePeriod } from '../frame/period.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { type Tile, TileRow } from '../kit/tile-row.tsx'
import { CoverageWork, FindingWork, TaskWork, VisitWork } from './other-work.tsx'
import { PlanWork } from './plan-work.tsx'
import { ProblemWork } from './problem-work.tsx'
import { SelfCheckWork } from './self-check-work.tsx'
import { SystemWork } from './system-work.tsx'

/** 工作台: what is due, what is late, what is new — as far as the person's rights go. */
export function HomePage() {
  const me = useMe()
  const rights = useRights()
  const office = rights.scope('problem.read') === 'office'
  const school = rights.scope('problem.read') === 'school'
  return (
    <>
      <PageHead crumbs={[{ title: '工作台' }]} title={`${me.name}，您好`}>
        <p className="home-greeting">
          今天是 {day(today())} · {me.roles.map((role) => role.title).join('、')}
        </p>
      </PageHead>
      {rights.can('problem.read') && !school && <ProblemTiles />}
      <div className="home-grid">
        {rights.can('self-check.submit') && <SelfCheckWork />}
        {school && (
          <ProblemWork
            title="要求本校整改的问题"
            filter={{ state: 'demanded' }}
            nothing="目前没有要求本校整改的问题。"
          />
        )}
        {school && <ProblemWork title="退回重新整改的问题" filter={{ state: 'returned' }} nothing="没有退回的问题。" />}
        {school && (
          <ProblemWork title="已报告、等待核查" filter={{ state: 'reported' }} nothing="没有等待核查的报告。" />
        )}
        {rights.can('problem.read') && !school && (
          <ProblemWork title="逾期的问题" filter={{ overdue: 'true' }} nothing="没有逾期的问题。" />
        )}
        {rights.can('problem.verify') && (
          <ProblemWork title="待核查的整改报告" filter={{ state: 'reported' }} nothing="没有待核查的整改报告。" />
        )}
        {rights.can('problem.decide') && (
          <ProblemWork title="待下达整改决定" filter={{ undecided: 'true' }} nothing="已立案的问题都已下达整改决定。" />
        )}
        {rights.can('problem.recheck') && (
          <ProblemWork title="应开展的回头看" filter={{ reCheck: 'due' }} nothing="现在没有应开展的回头看。" />
        )}
        {rights.can('problem.recheck') && (
          <ProblemWork title="逾期的回头看" filter={{ reCheck: 'overdue' }} nothing="没有逾期的回头看。" />
        )}
        {rights.can('problem.cancel') && (
          <ProblemWork title="待批准销号" filter={{ state: 'verified' }} nothing="没有等待销号的问题。" />
        )}
        {rights.can('finding.decide') && <FindingWork />}
        {rights.can('visit.read') && !school && <CoverageWork />}
        {(rights.can('visit.record') || rights.can('visit.schedule')) && <VisitWork />}
        {rights.can('plan.read') && office && <PlanWork />}
        {rights.can('plan.read') && <TaskWork />}
        {rights.can('system.read') && <SystemWork />}
      </div>
      {Object.keys(me.permissions).length === 0 && (
        <EmptyState title="您的账号还没有分配职责">请联系系统管理员，为您的账号分配角色。</EmptyState>
      )}
    </>
  )
}

function ProblemTiles() {
  const { month } = usePeriod()
  const rights = useRights()
  const board = useRead('/api/rectification/board', { query: {} })
  const coverage = useRead('/api/inspections/coverage', { query: { month } }, { enabled: rights.can('visit.read') })
  const totals = board.data?.body.totals
  const schools = coverage.data?.body.totals
  const tiles: Tile[] = [
    { label: '未销号问题', value: totals?.open, unit: '个', to: '/board', lamp: 'information' },
    {
      label: '逾期',
      value: totals?.overdue,
      unit: '个',
      to: '/problems',
      search: { lamp: 'overdue' },
      lamp: 'overdue',
    },
    {
      label: '临期',
      value: totals?.dueSoon,
      unit: '个',
      to: '/problems',
      search: { lamp: 'due-soon' },
      lamp: 'due-soon',
    },
    {
      label: '待核查',
      value: totals?.awaitingVerification,
      unit: '个',
      to: '/problems',
      search: { state: 'reported' },
    },
  ]
  if (rights.can('visit.read')) {
    tiles.push({
      label: '本月已走访学校',
      value: schools?.covered,
      unit: schools === undefined ? '' : `/ ${schools.schools} 所`,
      to: '/coverage',
      lamp: 'on-time',
    })
  }
  return <TileRow tiles={tiles} />
}

import { Link } from '@tanstack/react-router'
import { PullToRefresh } from 'antd-mobile'
import { useMe } from '../../app/app-context.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { dayOfMonth, month as monthText, today } from '../../words/format.ts'
import { TodayStrip } from '../frame/today-strip.tsx'
import { FieldHead } from '../kit/field-head.tsx'
import { KeptNote } from '../kit/kept-note.tsx'
import { useFieldRead } from '../store/use-field-read.ts'
import { StartVisit } from './start-visit.tsx'
import { useScheduledVisits } from './use-scheduled-visits.ts'
import { useStartVisit } from './use-start-visit.ts'

/** My schools, those not yet visited this month first; one tap begins a visit. */
export function SchoolRound() {
  const me = useMe()
  const query = useFieldRead(me.subject, '/api/inspections/my-schools', {})
  const { visits } = useScheduledVisits()
  const start = useStartVisit()
  const schools = query.data?.body.items
  const groups = [
    { title: '本月未走访', items: schools?.filter((school) => !school.visitedThisMonth) ?? [] },
    { title: '本月已走访', items: schools?.filter((school) => school.visitedThisMonth) ?? [] },
  ]
  const left = groups[0]?.items.length ?? 0
  return (
    <>
      <FieldHead title="我的学校" />
      <PullToRefresh onRefresh={async () => void (await query.refetch())}>
        <main className="field-content">
          <KeptNote keptAt={query.data?.keptAt} />
          <TodayStrip />
          {query.isPending && <SkeletonLines lines={6} />}
          {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
          {schools !== undefined && schools.length === 0 && (
            <EmptyState title="还没有由您负责的学校">督导室在督学库中安排挂牌后，您负责的学校会列在这里。</EmptyState>
          )}
          {schools !== undefined && schools.length > 0 && (
            <p className="round-sum">
              {monthText(today().slice(0, 7))}：{left === 0 ? '全部走访完毕' : `还有 ${left} 所没有走访`}，共{' '}
              {schools.length} 所
            </p>
          )}
          {start.missing && <p className="field-error">没有可用的督查清单，请联网刷新，或联系督导室发布清单。</p>}
          {groups.map(
            (group) =>
              group.items.length > 0 && (
                <section key={group.title}>
                  <h2 className="field-group">
                    {group.title}（{group.items.length}）
                  </h2>
                  <ul className="field-list">
                    {group.items.map((school) => {
                      const scheduled = visits.find((visit) => visit.schoolId === school.schoolId)
                      return (
                        <li key={school.schoolId} className="school-row">
                          <Link to={`/schools/${school.schoolId}`} className="school-row-words">
                            <strong>{school.name}</strong>
                            <span>
                              {school.zoneName ?? '未划责任区'} ·{' '}
                              {school.lastVisitOn === null ? '还没有走访过' : `上次 ${dayOfMonth(school.lastVisitOn)}`}
                            </span>
                            {scheduled !== undefined && (
                              <StateLamp kind="information">{`已安排 ${dayOfMonth(scheduled.scheduledFor)}`}</StateLamp>
                            )}
                            {school.openProblems > 0 && (
                              <StateLamp kind="due-soon">{`${school.openProblems} 个问题未销号`}</StateLamp>
                            )}
                          </Link>
                          <StartVisit
                            schoolId={school.schoolId}
                            schoolName={school.name}
                            fill={school.visitedThisMonth && scheduled === undefined ? 'outline' : 'solid'}
                          />
                        </li>
                      )
                    })}
                  </ul>
                </section>
              ),
          )}
        </main>
      </PullToRefresh>
    </>
  )
}

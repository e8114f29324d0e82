import { Link } from '@tanstack/react-router'
import { Button, PullToRefresh } from 'antd-mobile'
import type { MySchool } from '../../api/types.ts'
import { useMe } from '../../app/app-context.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { dayOfMonth, month as monthText, today } from '../../words/format.ts'
import { FieldHead } from '../kit/field-head.tsx'
import { KeptNote } from '../kit/kept-note.tsx'
import { useFieldStore } from '../store/field-store.tsx'
import { useFieldRead } from '../store/use-field-read.ts'
import { useLive } from '../store/use-live.ts'
import { useStartVisit } from './use-start-visit.ts'

/** My schools, those not yet visited this month first; one tap begins a visit. */
export function SchoolRound() {
  const me = useMe()
  const { db } = useFieldStore()
  const query = useFieldRead(me.subject, '/api/inspections/my-schools', {})
  const drafts = useLive(`drafts ${me.subject}`, () => db.visits.where({ owner: me.subject }).toArray()) ?? []
  const start = useStartVisit()
  const schools = query.data?.body.items
  const begun = (school: MySchool) => drafts.find((draft) => draft.schoolId === school.schoolId)
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
                      const draft = begun(school)
                      return (
                        <li key={school.schoolId} className="school-row">
                          <Link to={`/schools/${school.schoolId}`} className="school-row-words">
                            <strong>{school.name}</strong>
                            <span>
                              {school.zoneName ?? '未划责任区'} ·{' '}
                              {school.lastVisitOn === null ? '还没有走访过' : `上次 ${dayOfMonth(school.lastVisitOn)}`}
                            </span>
                            {school.openProblems > 0 && (
                              <StateLamp kind="due-soon">{`${school.openProblems} 个问题未销号`}</StateLamp>
                            )}
                          </Link>
                          {draft?.state === 'queued' ? (
                            <span className="quiet">待发送</span>
                          ) : (
                            <Button
                              color="primary"
                              fill={school.visitedThisMonth && draft === undefined ? 'outline' : 'solid'}
                              disabled={!start.ready}
                              onClick={() => start.begin({ schoolId: school.schoolId, schoolName: school.name })}
                            >
                              {draft === undefined ? '督查' : '继续'}
                            </Button>
                          )}
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

import { Link } from '@tanstack/react-router'
import { PullToRefresh } from 'antd-mobile'
import type { Problem } from '../../api/types.ts'
import { useMe, useRights } from '../../app/app-context.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { problemStates } from '../../words/labels.ts'
import { lampOfProblem, limitWords } from '../../words/lamps.ts'
import { TodayStrip } from '../frame/today-strip.tsx'
import { FieldHead } from '../kit/field-head.tsx'
import { KeptNote } from '../kit/kept-note.tsx'
import { useFieldRead } from '../store/use-field-read.ts'

function isReCheckDue({ reCheck }: Problem): boolean {
  return reCheck?.state === 'due' || reCheck?.state === 'overdue'
}

/** Problems: mine to act on first, then those that wait for others, then the cancelled ones. */
export function FieldProblems() {
  const me = useMe()
  const rights = useRights()
  const query = useFieldRead(me.subject, '/api/rectification/problems', { query: { limit: 100, sort: 'due' } })
  const all = query.data?.body.items ?? []
  const isMine = (problem: Problem) =>
    (rights.can('problem.report', problem) && (problem.state === 'demanded' || problem.state === 'returned')) ||
    (rights.can('problem.verify', problem) && problem.state === 'reported') ||
    (rights.can('problem.recheck', problem) && isReCheckDue(problem))
  const groups = [
    { title: '等我办理', items: all.filter(isMine) },
    { title: '等他人办理', items: all.filter((problem) => !isMine(problem) && problem.state !== 'cancelled') },
    { title: '已销号', items: all.filter((problem) => problem.state === 'cancelled' && !isMine(problem)) },
  ]
  const school = rights.scope('problem.read') === 'school'
  return (
    <>
      <FieldHead title={school ? '本校的问题' : '问题'} />
      <PullToRefresh onRefresh={async () => void (await query.refetch())}>
        <main className="field-content">
          <KeptNote keptAt={query.data?.keptAt} />
          {!rights.can('visit.record') && <TodayStrip />}
          {query.isPending && <SkeletonLines lines={6} />}
          {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
          {query.isSuccess && all.length === 0 && (
            <EmptyState title="没有问题">
              {school ? '督查中发现、要求本校整改的问题会列在这里。' : '督查中确认的问题会列在这里。'}
            </EmptyState>
          )}
          {groups.map(
            (group) =>
              group.items.length > 0 && (
                <section key={group.title}>
                  <h2 className="field-group">
                    {group.title}（{group.items.length}）
                  </h2>
                  <ul className="field-list">
                    {group.items.map((problem) => (
                      <li key={problem.problemId}>
                        <Link to={`/problems/${problem.problemId}`} className="field-row">
                          <span className="field-row-words">
                            <strong>{problem.title}</strong>
                            <span className="quiet">
                              {school ? problem.number : problem.schoolName} ·{' '}
                              {isReCheckDue(problem) ? '应开展回头看' : problemStates[problem.state]}
                            </span>
                          </span>
                          <StateLamp kind={lampOfProblem(problem)}>{limitWords(problem)}</StateLamp>
                        </Link>
                      </li>
                    ))}
                  </ul>
                </section>
              ),
          )}
        </main>
      </PullToRefresh>
    </>
  )
}

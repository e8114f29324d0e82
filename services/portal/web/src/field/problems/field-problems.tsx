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
import { isReCheckDue, problemGroups } from './problem-groups.ts'

/** Problems: mine to act on first, then those that wait for others, then the cancelled ones. */
export function FieldProblems() {
  const me = useMe()
  const rights = useRights()
  const path = '/api/rectification/problems'
  const query = useFieldRead(me.subject, path, { query: { limit: 100, sort: 'due' } })
  // Cancelled problems come last by their limits: the re-checks among them are asked for by themselves.
  const mayReCheck = rights.can('problem.recheck')
  const due = useFieldRead(me.subject, path, { query: { limit: 100, sort: 're-check', reCheck: 'due' } }, mayReCheck)
  const late = useFieldRead(
    me.subject,
    path,
    { query: { limit: 100, sort: 're-check', reCheck: 'overdue' } },
    mayReCheck,
  )
  const queries = mayReCheck ? [query, late, due] : [query]
  const failed = queries.find(({ isError }) => isError)
  const isMine = (problem: Problem) =>
    (rights.can('problem.report', problem) && (problem.state === 'demanded' || problem.state === 'returned')) ||
    (rights.can('problem.verify', problem) && problem.state === 'reported') ||
    (rights.can('problem.recheck', problem) && isReCheckDue(problem))
  const groups = problemGroups(
    queries.map(({ data }) => data?.body.items ?? []),
    isMine,
  )
  const isEmpty = groups.every(({ items }) => items.length === 0)
  const refetch = () => Promise.all(queries.map((one) => one.refetch()))
  const school = rights.scope('problem.read') === 'school'
  return (
    <>
      <FieldHead title={school ? '本校的问题' : '问题'} />
      <PullToRefresh onRefresh={async () => void (await refetch())}>
        <main className="field-content">
          <KeptNote keptAt={query.data?.keptAt} />
          {!rights.can('visit.record') && <TodayStrip />}
          {queries.some(({ isPending }) => isPending) && <SkeletonLines lines={6} />}
          {failed?.error && <ErrorState error={failed.error} onRetry={() => void refetch()} />}
          {queries.every(({ isSuccess }) => isSuccess) && isEmpty && (
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

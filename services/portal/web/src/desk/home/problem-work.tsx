import type { ProblemState } from '../../api/types.ts'
import { useRead } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { day } from '../../words/format.ts'
import { lampOfProblem, limitWords } from '../../words/lamps.ts'
import { WorkList } from './work-list.tsx'

interface ProblemWorkProps {
  readonly title: string
  readonly filter: { state?: ProblemState; overdue?: 'true'; open?: 'true' }
  readonly nothing: string
}

/** Problems that wait for something. */
export function ProblemWork({ title, filter, nothing }: ProblemWorkProps) {
  const list = useRead('/api/rectification/problems', { query: { limit: 6, sort: 'due', ...filter } })
  const search: Record<string, string> = {
    ...(filter.state === undefined ? {} : { state: filter.state }),
    ...(filter.overdue === undefined ? {} : { lamp: 'overdue' }),
    ...(filter.open === undefined ? {} : { open: filter.open }),
  }
  return (
    <WorkList
      title={title}
      to="/problems"
      search={search}
      nothing={nothing}
      error={list.error}
      onRetry={() => void list.refetch()}
      more={(list.data?.body.nextCursor ?? null) !== null}
      rows={list.data?.body.items.map((problem) => ({
        key: problem.problemId,
        to: `/problems/${problem.problemId}`,
        title: problem.title,
        note: `${problem.schoolName} · ${problem.number}${problem.dueOn === null ? '' : ` · ${day(problem.dueOn)}前`}`,
        mark: <StateLamp kind={lampOfProblem(problem)}>{limitWords(problem)}</StateLamp>,
      }))}
    />
  )
}

import type { Problem } from '../../api/types.ts'

export interface ProblemGroup {
  readonly title: string
  readonly items: readonly Problem[]
}

export function isReCheckDue({ reCheck }: Pick<Problem, 'reCheck'>): boolean {
  return reCheck?.state === 'due' || reCheck?.state === 'overdue'
}

/**
 * What waits for me, for others, and what is settled. `lists` may overlap: the open problems by their limits, and the re-checks that are
 * due, of which the first list, being cut off, may hold none.
 */
export function problemGroups(
  lists: readonly (readonly Problem[])[],
  isMine: (problem: Problem) => boolean,
): readonly ProblemGroup[] {
  const all = [...new Map(lists.flat().map((problem) => [problem.problemId, problem])).values()]
  return [
    { title: '等我办理', items: all.filter(isMine) },
    { title: '等他人办理', items: all.filter((problem) => !isMine(problem) && problem.state !== 'cancelled') },
    { title: '已销号', items: all.filter((problem) => problem.state === 'cancelled' && !isMine(problem)) },
  ]
}

import type { Where } from '@dulian/views'
import type { ProblemFacts } from './problem-document.ts'

/** 未到时间、应开展、已逾期、已完成. */
export const reCheckStates = ['waiting', 'due', 'overdue', 'done'] as const
export type ReCheckState = (typeof reCheckStates)[number]

export interface ReCheckStanding {
  readonly state: ReCheckState
  readonly from: string | null
  readonly dueOn: string | null
  readonly checkedOn: string | null
}

/** How the re-check of a cancelled problem stands on a day; like the lamp it is never stored. */
export function reCheckOn(problem: ProblemFacts, day: string): ReCheckStanding | null {
  if (problem.open) return null
  const { reCheckFrom: from, reCheckDueOn: dueOn, reCheckedOn: checkedOn } = problem
  return { state: stateOn(problem, day), from, dueOn, checkedOn }
}

function stateOn({ reCheckOpen, reCheckFrom, reCheckDueOn }: ProblemFacts, day: string): ReCheckState {
  if (!reCheckOpen) return 'done'
  if (reCheckFrom === null || day < reCheckFrom) return 'waiting'
  return reCheckDueOn !== null && day > reCheckDueOn ? 'overdue' : 'due'
}

/** The same as a condition on stored fields. */
export function reCheckWhere(state: ReCheckState, day: string): Where {
  switch (state) {
    case 'waiting':
      return { reCheckOpen: true, reCheckFrom: { gt: day } }
    case 'due':
      return { reCheckOpen: true, reCheckFrom: { lte: day }, reCheckDueOn: { gte: day } }
    case 'overdue':
      return { reCheckOpen: true, reCheckDueOn: { lt: day } }
    case 'done':
      return { open: false, reCheckOpen: false }
    default: {
      const unknown: never = state
      return unknown
    }
  }
}

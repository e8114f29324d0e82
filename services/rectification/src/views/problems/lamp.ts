import type { Calendar } from '@dulian/calendar'
import { ruleAt } from '@dulian/dated-rules'
import { dueSoonTerm } from '../../rules/deadline-rules.ts'
import type { ProblemFacts } from './problem-document.ts'

export const lamps = ['on-time', 'due-soon', 'overdue', 'closed'] as const
export type Lamp = (typeof lamps)[number]

/** How a problem stands on a day; nothing of it is stored, so it is right for every day that is asked about. */
export interface Standing {
  readonly lamp: Lamp
  readonly overdue: boolean
  /** Working days until the limit, negative by how many it is exceeded; null while no limit counts. */
  readonly workingDaysLeft: number | null
}

export function standingOn(
  problem: Pick<ProblemFacts, 'open' | 'running' | 'dueOn'>,
  day: string,
  calendar: Calendar,
): Standing {
  if (!problem.open) return { lamp: 'closed', overdue: false, workingDaysLeft: null }
  if (!problem.running || problem.dueOn === null) return { lamp: 'on-time', overdue: false, workingDaysLeft: null }
  const workingDaysLeft = calendar.workingDaysBetween(day, problem.dueOn)
  if (problem.dueOn < day) return { lamp: 'overdue', overdue: true, workingDaysLeft }
  const soon = workingDaysLeft <= ruleAt(dueSoonTerm, day).value.workingDays
  return { lamp: soon ? 'due-soon' : 'on-time', overdue: false, workingDaysLeft }
}

/** The first due date that is not yet 临期 on a day: the same border as `standingOn`, for queries. */
export function firstDayNotSoon(day: string, calendar: Calendar): string {
  return calendar.addWorkingDays(day, ruleAt(dueSoonTerm, day).value.workingDays + 1)
}

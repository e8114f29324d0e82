import type { Lamp, Problem, Task } from '../api/types.ts'
import { daysBetween } from './format.ts'

/** A problem due within this many working days shows as due soon. */
export const DUE_SOON = 5

export type LampKind = Lamp | 'information'

/** Okabe–Ito colours; the colour never stands alone, an icon and a word go with it. */
export const lampColours: Record<LampKind, string> = {
  'on-time': '#009e73',
  'due-soon': '#e69f00',
  overdue: '#d55e00',
  closed: '#7f8a99',
  information: '#0072b2',
}
export const lampWords: Record<LampKind, string> = {
  'on-time': '按期',
  'due-soon': '临期',
  overdue: '逾期',
  closed: '已销号',
  information: '待处理',
}

/** How a problem stands against its limit. */
export function lampOfProblem(problem: Pick<Problem, 'state' | 'overdue' | 'workingDaysLeft'>): LampKind {
  if (problem.state === 'cancelled') return 'closed'
  if (problem.overdue) return 'overdue'
  if (problem.workingDaysLeft === null) return 'information'
  return problem.workingDaysLeft <= DUE_SOON ? 'due-soon' : 'on-time'
}

/** How a task stands against its date; calendar days, for a task has no limit in working days. */
export function lampOfTask(task: Pick<Task, 'state' | 'dueOn'>, today: string): LampKind {
  if (task.state === 'completed') return 'closed'
  if (task.dueOn === null) return 'information'
  const left = daysBetween(today, task.dueOn)
  if (left < 0) return 'overdue'
  return left <= 14 ? 'due-soon' : 'on-time'
}

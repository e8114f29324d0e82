import type { Campaign, CampaignSchool, Lamp, MonthlyDuty, Problem, Task } from '../api/types.ts'
import { daysBetween, workingDays } from './format.ts'
import { problemStates } from './labels.ts'

/** A task due within this many days shows as due soon. */
const TASK_SOON = 14

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

/** What stands beside a problem's lamp: the time left, or who has to act when no limit runs. */
export function limitWords(problem: Pick<Problem, 'state' | 'workingDaysLeft'>): string {
  if (problem.state === 'cancelled') return '已销号'
  return problem.workingDaysLeft === null ? problemStates[problem.state] : workingDays(problem.workingDaysLeft)
}

/** The lamp of a problem; one without a running limit waits for somebody. */
export function lampOfProblem(problem: Pick<Problem, 'state' | 'lamp' | 'workingDaysLeft'>): LampKind {
  if (problem.state === 'cancelled') return 'closed'
  return problem.workingDaysLeft === null && problem.lamp === 'on-time' ? 'information' : problem.lamp
}

export const campaignLamps: Record<Campaign['stage'], LampKind> = {
  planned: 'information',
  opened: 'due-soon',
  closed: 'on-time',
  cancelled: 'closed',
}
export const campaignSchoolLamps: Record<CampaignSchool['state'], LampKind> = {
  waiting: 'due-soon',
  scheduled: 'information',
  started: 'information',
  recorded: 'on-time',
  cancelled: 'closed',
  missed: 'overdue',
}
export const dutyLamps: Record<MonthlyDuty['state'], LampKind> = {
  due: 'due-soon',
  met: 'on-time',
  missed: 'overdue',
  waived: 'closed',
}

/** How a task stands against its date; calendar days, for a task has no limit in working days. */
export function lampOfTask(task: Pick<Task, 'state' | 'dueOn'>, today: string): LampKind {
  if (task.state === 'completed') return 'closed'
  const left = daysBetween(today, task.dueOn)
  if (left < 0) return 'overdue'
  return left <= TASK_SOON ? 'due-soon' : 'on-time'
}

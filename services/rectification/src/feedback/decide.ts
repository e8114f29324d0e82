import { rectificationError } from '../errors.ts'
import type { FeedbackEvent, FeedbackRegistered } from './events.ts'
import type { Feedback } from './state.ts'

/** Errors: `FEEDBACK_EMPTY`, `FEEDBACK_PROBLEM_TWICE`. */
export function registerFeedback(command: FeedbackRegistered, state: Feedback): FeedbackEvent[] {
  if (state.stage === 'registered') return []
  const { problems } = command
  if (problems.length === 0) throw rectificationError('FEEDBACK_EMPTY', {}, { pointer: '/problems' })
  for (const [place, { schoolId, title }] of problems.entries()) {
    const first = problems.findIndex((one) => one.schoolId === schoolId && one.title === title)
    if (first === place) continue
    throw rectificationError(
      'FEEDBACK_PROBLEM_TWICE',
      { title, first: first + 1 },
      { pointer: `/problems/${place}/title` },
    )
  }
  return [{ type: 'FeedbackRegistered', data: command }]
}

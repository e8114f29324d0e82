import { rectificationError } from '../errors.ts'
import { assertInFuture, notOpen } from './decide.ts'
import type { BodyAsked, BodyReplied, ProblemEvent } from './events.ts'
import type { Problem } from './state.ts'

/**
 * From now on everything waits for that department, which answers for the problem beside the school. Errors: `BODY_ASKED_ALREADY`,
 * `BODY_IS_ANOTHER`, `DEADLINE_NOT_IN_FUTURE`, `PROBLEM_IS_CANCELLED`.
 */
export function askBody(command: BodyAsked, state: Problem): ProblemEvent[] {
  const { asked, facts } = open(state, '请部门协办')
  if (facts.body !== null && facts.body !== command.body) {
    throw rectificationError('BODY_IS_ANOTHER', { body: facts.body }, { pointer: '/body' })
  }
  if (asked !== null) throw rectificationError('BODY_ASKED_ALREADY', { body: asked.body, askedOn: asked.askedOn })
  assertInFuture(command.replyDueOn, command.askedOn, '/replyDueOn')
  return [{ type: 'BodyAsked', data: command }]
}

/** Errors: `BODY_NOT_ASKED`, `PROBLEM_IS_CANCELLED`. */
export function replyForBody(command: Omit<BodyReplied, 'body'>, state: Problem): ProblemEvent[] {
  const { asked } = open(state, '回复协办事项')
  if (asked === null) throw rectificationError('BODY_NOT_ASKED')
  return [{ type: 'BodyReplied', data: { ...command, body: asked.body } }]
}

function open(state: Problem, wanted: string): Exclude<Problem, { stage: 'none' | 'cancelled' }> {
  if (state.stage === 'none' || state.stage === 'cancelled') throw notOpen(state, 'opened', wanted)
  return state
}

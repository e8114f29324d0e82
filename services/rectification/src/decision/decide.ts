import { rectificationError } from '../errors.ts'
import type { DecidedProblem, DecisionEvent, DecisionIssued } from './events.ts'
import type { Decision } from './state.ts'

/** A problem as the person filled it in: demand and date may still be missing. */
export type GivenProblem = Omit<DecidedProblem, 'demand' | 'dueOn'> & {
  readonly demand: string | undefined
  readonly dueOn: string | undefined
}

export type IssueDecision = Omit<DecisionIssued, 'problems'> & { readonly problems: readonly GivenProblem[] }

/**
 * Every problem needs its demand and its date [X4]. Errors: `DECISION_EMPTY`, `DECISION_DEMAND_MISSING`,
 * `DECISION_DATE_MISSING`, `DECISION_PROBLEM_TWICE`, `DECISION_MEETING_MISSING`, `DEADLINE_NOT_IN_FUTURE`.
 */
export function issueDecision(command: IssueDecision, state: Decision): DecisionEvent[] {
  if (state.stage === 'issued') return []
  if (command.problems.length === 0) throw rectificationError('DECISION_EMPTY', {}, { pointer: '/problems' })
  if (command.form === 'meeting' && command.meeting === null) {
    throw rectificationError('DECISION_MEETING_MISSING', {}, { pointer: '/meeting' })
  }
  const seen = new Set<string>()
  const problems = command.problems.map((problem, place) => {
    const { title } = problem
    const demand = problem.demand?.trim() ?? ''
    const { dueOn } = problem
    if (seen.has(problem.problemId)) {
      throw rectificationError('DECISION_PROBLEM_TWICE', { title }, { pointer: `/problems/${place}/problemId` })
    }
    seen.add(problem.problemId)
    if (demand === '') {
      throw rectificationError('DECISION_DEMAND_MISSING', { title }, { pointer: `/problems/${place}/demand` })
    }
    if (dueOn === undefined) {
      throw rectificationError('DECISION_DATE_MISSING', { title }, { pointer: `/problems/${place}/dueOn` })
    }
    if (dueOn <= command.issuedOn) {
      const details = { dueOn, today: command.issuedOn }
      throw rectificationError('DEADLINE_NOT_IN_FUTURE', details, { pointer: `/problems/${place}/dueOn` })
    }
    return { ...problem, demand, dueOn }
  })
  return [{ type: 'DecisionIssued', data: { ...command, problems } }]
}

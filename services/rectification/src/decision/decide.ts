import { rectificationError } from '../errors.ts'
import type { Person } from '../problem/events.ts'
import type { DecidedProblem, DecisionEvent, DecisionIssued, FeedbackMeeting } from './events.ts'
import type { Decision } from './state.ts'

/** A problem as the person filled it in: demand and date may still be missing. */
export type GivenProblem = Omit<DecidedProblem, 'demand' | 'dueOn'> & {
  readonly demand: string | undefined
  readonly dueOn: string | undefined
}

export type IssueDecision = Omit<DecisionIssued, 'problems'> & { readonly problems: readonly GivenProblem[] }

/**
 * Every problem needs its demand and its date [X4]. Errors: `DECISION_EMPTY`, `DECISION_DEMAND_MISSING`,
 * `DECISION_DATE_MISSING`, `DECISION_PROBLEM_TWICE`, `DECISION_MEETING_MISSING`, `DECISION_MEETING_IN_FUTURE`,
 * `DEADLINE_NOT_IN_FUTURE`.
 */
export function issueDecision(command: IssueDecision, state: Decision): DecisionEvent[] {
  if (state.stage === 'issued') return []
  if (command.problems.length === 0) throw rectificationError('DECISION_EMPTY', {}, { pointer: '/problems' })
  if (command.form === 'meeting') assertMeeting(command.meeting, command.issuedOn)
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

/** 签收, once by each school it is about. Errors: `DECISION_NOT_FOUND`. */
export function receiveDecision(
  command: { readonly schoolId: string; readonly receivedOn: string; readonly receivedBy: Person },
  state: Decision,
): DecisionEvent[] {
  if (state.stage === 'none') throw rectificationError('DECISION_NOT_FOUND')
  const own = state.issued.problems.filter(({ schoolId }) => schoolId === command.schoolId)
  const schoolName = own[0]?.schoolName
  if (schoolName === undefined) throw rectificationError('DECISION_NOT_FOUND')
  if (state.received.has(command.schoolId)) return []
  const problemIds = own.map(({ problemId }) => problemId)
  return [{ type: 'DecisionReceived', data: { ...command, schoolName, problemIds } }]
}

/** Which, when, where, who was there, and what was said: a feedback without them cannot be shown to have been given. */
function assertMeeting(meeting: FeedbackMeeting | null, today: string): void {
  const missing = (field: string) =>
    rectificationError('DECISION_MEETING_MISSING', {}, { pointer: `/meeting${field === '' ? '' : `/${field}`}` })
  if (meeting === null) throw missing('')
  for (const field of ['title', 'heldOn', 'place', 'minutes'] as const) if (!meeting[field]) throw missing(field)
  if (meeting.attendees.length === 0) throw missing('attendees')
  if (meeting.heldOn !== null && meeting.heldOn > today) {
    const details = { heldOn: meeting.heldOn, today }
    throw rectificationError('DECISION_MEETING_IN_FUTURE', details, { pointer: '/meeting/heldOn' })
  }
}

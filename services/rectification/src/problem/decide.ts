import { ruleAt } from '@dulian/dated-rules'
import { rectificationError } from '../errors.ts'
import { extensionLimit } from '../rules/aftercare-rules.ts'
import type {
  DemandSet,
  Person,
  ProblemEvent,
  ProblemKey,
  ProblemOpened,
  ReCheckScheduled,
  RectificationReported,
  RectificationVerified,
  UrgingLevel,
} from './events.ts'
import { type Problem, type ProblemStage, stageNames } from './state.ts'

/** Somebody acting on a problem, with the school they belong to when they do. */
export interface Actor extends Person {
  readonly schoolId: string | null
}

export function openProblem(command: ProblemOpened, state: Problem): ProblemEvent[] {
  return state.stage === 'none' ? [{ type: 'ProblemOpened', data: command }] : []
}

/**
 * The decision's demand on this problem. The decision is issued by then, so nothing can be refused any more: a problem
 * that has moved on meanwhile stays as it is.
 */
export function setDemand(command: DemandSet, state: Problem): ProblemEvent[] {
  if (state.stage !== 'opened' && state.stage !== 'rebounded') return []
  // Told again in a later round, it is no demand of that round.
  if (state.past.decided.includes(command.decisionId)) return []
  return [{ type: 'DemandSet', data: command }]
}

export interface ExtendDeadline {
  readonly dueOn: string
  readonly reason: string
  readonly by: Person
  /** Calendar day in China. */
  readonly today: string
}

/** Errors: `PROBLEM_HAS_NO_DEADLINE`, `DEADLINE_NOT_LATER`, `DEADLINE_NOT_IN_FUTURE`, `EXTENSIONS_USED_UP`. */
export function extendDeadline({ dueOn, reason, by, today }: ExtendDeadline, state: Problem): ProblemEvent[] {
  const { demand } = withRunningDeadline(state)
  assertInFuture(dueOn, today, '/dueOn')
  const { times } = ruleAt(extensionLimit, today).value
  if (demand.extensions >= times) throw rectificationError('EXTENSIONS_USED_UP', { times })
  if (dueOn <= demand.dueOn) {
    throw rectificationError('DEADLINE_NOT_LATER', { dueOn, formerDueOn: demand.dueOn }, { pointer: '/dueOn' })
  }
  return [{ type: 'DeadlineExtended', data: { formerDueOn: demand.dueOn, dueOn, reason, extendedBy: by } }]
}

/** By the clock. Whatever the reason it does not apply (any more), nothing happens. */
export function passDeadline({ date }: { readonly date: string }, state: Problem): ProblemEvent[] {
  if (state.stage !== 'demanded' && state.stage !== 'returned') return []
  const { dueOn, passedDueOn } = state.demand
  if (dueOn >= date || passedDueOn === dueOn) return []
  return [{ type: 'DeadlinePassed', data: { dueOn, noticedOn: date } }]
}

export interface UrgeProblem extends UrgingLevel {
  readonly noticeId: string
  readonly documentNumber: string
  readonly text: string
  readonly dueOn: string
  readonly workingDaysOverdue: number
  /** Who answers for the school now; the opening knew only who did then. */
  readonly zoneId: string | null
  readonly supervisorId: string | null
  readonly by: Person
  readonly today: string
}

/** Errors: `PROBLEM_HAS_NO_DEADLINE`, `PROBLEM_NOT_OVERDUE`, `DEADLINE_NOT_IN_FUTURE`. */
export function urgeProblem(command: UrgeProblem, state: Problem): ProblemEvent[] {
  const { facts, demand } = withRunningDeadline(state)
  const { today, by, dueOn, ...notice } = command
  if (demand.dueOn >= today) throw rectificationError('PROBLEM_NOT_OVERDUE', { dueOn: demand.dueOn, today })
  assertInFuture(dueOn, today, '/newDueOn')
  return [
    {
      type: 'ProblemUrged',
      data: {
        ...keyOf(facts),
        ...notice,
        body: facts.body,
        problemNumber: facts.number,
        decisionNumber: demand.documentNumber,
        formerDueOn: demand.dueOn,
        dueOn,
        urgedOn: today,
        urgedBy: by,
      },
    },
  ]
}

/** By the school, with evidence; late is better than never. Errors: `PROBLEM_STEP_NOT_OPEN`, `PROBLEM_REPORT_EVIDENCE_MISSING`. */
export function reportRectification(command: RectificationReported, state: Problem): ProblemEvent[] {
  if (state.stage !== 'demanded' && state.stage !== 'returned') throw notOpen(state, 'demanded', '提交整改报告')
  if (command.evidence.length === 0) {
    throw rectificationError('PROBLEM_REPORT_EVIDENCE_MISSING', {}, { pointer: '/evidence' })
  }
  return [{ type: 'RectificationReported', data: command }]
}

export interface ReturnRectification {
  readonly reason: string
  /** The former date goes on counting when absent. */
  readonly dueOn: string | undefined
  readonly by: Actor
  readonly today: string
}

/** Errors: `PROBLEM_STEP_NOT_OPEN`, `PROBLEM_VERIFIER_IS_REPORTER`, `DEADLINE_NOT_IN_FUTURE`. */
export function returnRectification(command: ReturnRectification, state: Problem): ProblemEvent[] {
  if (state.stage !== 'reported') throw notOpen(state, 'reported', '退回整改')
  assertSomebodyElse(command.by, state)
  const formerDueOn = state.demand.dueOn
  const dueOn = command.dueOn ?? formerDueOn
  if (command.dueOn !== undefined) assertInFuture(command.dueOn, command.today, '/dueOn')
  const data = { reason: command.reason, formerDueOn, dueOn, returnedBy: personOf(command.by) }
  return [{ type: 'RectificationReturned', data }]
}

/** On the spot, by somebody else than the reporter and the school, with evidence. */
export function verifyRectification(
  command: Pick<RectificationVerified, 'finding' | 'evidence'> & { readonly by: Actor; readonly today: string },
  state: Problem,
): ProblemEvent[] {
  if (state.stage !== 'reported') throw notOpen(state, 'reported', '核查')
  assertSomebodyElse(command.by, state)
  if (command.evidence.length === 0) {
    throw rectificationError('PROBLEM_VERIFICATION_EVIDENCE_MISSING', {}, { pointer: '/evidence' })
  }
  const { finding, evidence, by, today } = command
  return [{ type: 'RectificationVerified', data: { finding, evidence, verifiedOn: today, verifiedBy: personOf(by) } }]
}

/** 销号: only what was verified with evidence, never by the reporter. */
export function cancelProblem(
  command: {
    readonly note: string
    readonly by: Actor
    readonly today: string
    readonly at: string
    /** When to look again; without it the policy schedules. */
    readonly reCheck?: ReCheckScheduled
  },
  state: Problem,
): ProblemEvent[] {
  if (state.stage !== 'verified') throw notOpen(state, 'verified', '销号')
  assertSomebodyElse(command.by, state)
  return [
    {
      type: 'ProblemCancelled',
      data: {
        ...keyOf(state.facts),
        note: command.note,
        cancelledOn: command.today,
        cancelledAt: command.at,
        cancelledBy: personOf(command.by),
      },
    },
    ...(command.reCheck === undefined ? [] : [{ type: 'ReCheckScheduled', data: command.reCheck } as const]),
  ]
}

/** Whether a decision may still make a demand. Errors: `PROBLEM_STEP_NOT_OPEN`, `PROBLEM_IS_CANCELLED`, `PROBLEM_NOT_FOUND`. */
export function assertDemandable(state: Problem): ProblemOpened {
  if (state.stage !== 'opened' && state.stage !== 'rebounded') throw notOpen(state, 'opened', '下达整改决定')
  return state.facts
}

export function keyOf(facts: ProblemKey): ProblemKey {
  const { schoolId, schoolName, findingId, visitId, taskId, title } = facts
  return { schoolId, schoolName, findingId, visitId, taskId, title }
}

function withRunningDeadline(state: Problem): Extract<Problem, { stage: 'demanded' | 'returned' }> {
  if (state.stage === 'demanded' || state.stage === 'returned') return state
  if (state.stage === 'none' || state.stage === 'cancelled') throw notOpen(state, 'demanded', '调整期限')
  throw rectificationError('PROBLEM_HAS_NO_DEADLINE', { stage: stageNames[state.stage] })
}

export function assertInFuture(dueOn: string, today: string, pointer: string): void {
  if (dueOn <= today) throw rectificationError('DEADLINE_NOT_IN_FUTURE', { dueOn, today }, { pointer })
}

/** Neither the reporter nor anybody of the school judges. Errors: `PROBLEM_VERIFIER_IS_REPORTER`. */
export function assertSomebodyElse(
  actor: Actor,
  state: Extract<Problem, { stage: 'reported' | 'verified' | 'cancelled' }>,
): void {
  const { reportedBy } = state.report
  if (actor.subject !== reportedBy.subject && actor.schoolId !== state.facts.schoolId) return
  throw rectificationError('PROBLEM_VERIFIER_IS_REPORTER', { reporter: reportedBy.name })
}

export function notOpen(state: Problem, needed: ProblemStage, wanted: string) {
  if (state.stage === 'none') return rectificationError('PROBLEM_NOT_FOUND')
  if (state.stage === 'cancelled') {
    return rectificationError('PROBLEM_IS_CANCELLED', { cancelledOn: state.cancellation.cancelledOn })
  }
  return rectificationError('PROBLEM_STEP_NOT_OPEN', {
    stage: stageNames[state.stage],
    stageCode: state.stage,
    allowed: stepBefore[needed],
    wanted,
  })
}

/** The step whose completion leads to a stage. */
const stepBefore: { readonly [S in ProblemStage]: string } = {
  opened: '立案',
  demanded: '下达整改决定',
  reported: '学校提交整改报告',
  returned: '退回整改',
  verified: '核查',
  cancelled: '销号',
  rebounded: '重新下达整改决定',
}

export function personOf({ subject, name }: Person): Person {
  return { subject, name }
}

import type { EvidenceRef, FindingSeverity } from '@dulian/contracts'
import type { RuleReference } from '@dulian/dated-rules'
import { rectificationError } from '../errors.ts'
import { urgingLevelAt } from '../rules/aftercare-rules.ts'
import { type Actor, assertSomebodyElse, keyOf, notOpen, personOf } from './decide.ts'
import type { Person, ProblemEvent, ProblemSource, ReboundFound, ReCheckScheduled } from './events.ts'
import type { Aftercare, Problem } from './state.ts'

type Cancelled = Extract<Problem, { stage: 'cancelled' }>

/** For what was cancelled without one; whatever has its re-check, or is open again, stays as it is. */
export function scheduleReCheck(command: ReCheckScheduled, state: Problem): ProblemEvent[] {
  if (state.stage !== 'cancelled' || state.aftercare.stage !== 'none') return []
  return [{ type: 'ReCheckScheduled', data: command }]
}

interface ReCheck {
  readonly finding: string
  readonly evidence: readonly EvidenceRef[]
  readonly by: Actor
  readonly today: string
}

/**
 * It lasts. Errors: `PROBLEM_STEP_NOT_OPEN`, `PROBLEM_VERIFIER_IS_REPORTER`, `RECHECK_EVIDENCE_MISSING`, `RECHECK_TOO_EARLY`,
 * `RECHECK_DONE`.
 */
export function passReCheck({ finding, evidence, by, today }: ReCheck, state: Problem): ProblemEvent[] {
  const { aftercare } = checkable(state, { evidence, by })
  if (aftercare.stage === 'none') throw rectificationError('RECHECK_NOT_SCHEDULED')
  if (aftercare.stage !== 'scheduled') throw alreadyChecked(aftercare)
  const { from } = aftercare.reCheck
  if (today < from) throw rectificationError('RECHECK_TOO_EARLY', { from, today })
  const data = { finding, evidence: [...evidence], checkedOn: today, checkedBy: personOf(by) }
  return [{ type: 'ReCheckPassed', data }]
}

/** The office's word that it lasts. Errors: `PROBLEM_STEP_NOT_OPEN`, `EFFECT_NOT_CHECKED`, `PROBLEM_VERIFIER_IS_REPORTER`. */
export function confirmEffect(
  { note, by, today }: { readonly note: string; readonly by: Actor; readonly today: string },
  state: Problem,
): ProblemEvent[] {
  if (state.stage !== 'cancelled') throw notOpen(state, 'cancelled', '确认成效')
  assertSomebodyElse(by, state)
  const { aftercare } = state
  if (aftercare.stage === 'confirmed')
    throw rectificationError('EFFECT_CONFIRMED', { day: aftercare.effect.confirmedOn })
  if (aftercare.stage !== 'passed') throw rectificationError('EFFECT_NOT_CHECKED')
  return [{ type: 'EffectConfirmed', data: { note, confirmedOn: today, confirmedBy: personOf(by) } }]
}

/** A re-check finds it again, on whatever day that is. Errors: as `passReCheck`, but never too early. */
export function reboundAtReCheck(
  { finding, evidence, by, today, occurrenceId }: ReCheck & { readonly occurrenceId: string },
  state: Problem,
): ProblemEvent[] {
  const checked = checkable(state, { evidence, by })
  return [
    rebound(checked, {
      ...keyOf(checked.facts),
      cause: 're-check',
      occurrenceId,
      description: finding,
      evidence: [...evidence],
      source: null,
      rule: null,
      foundOn: today,
      foundBy: personOf(by),
    }),
  ]
}

/** The same problem, seen anew. */
export interface Occurrence {
  readonly cause: 'finding' | 'entry'
  readonly occurrenceId: string
  readonly findingId: string | null
  readonly visitId: string | null
  readonly taskId: string | null
  readonly description: string
  readonly evidence: readonly EvidenceRef[]
  readonly severity: FindingSeverity
  readonly source: ProblemSource
  readonly rule: RuleReference
  /** The earliest cancellation it may be the rebound of. */
  readonly since: string
  readonly foundOn: string
  readonly foundBy: Person
}

/** Nothing when it is no rebound of this problem, or has been taken for one already. */
export function reboundAsFound(command: Occurrence, state: Problem): ProblemEvent[] {
  const { since, severity, findingId, visitId, taskId, ...seen } = command
  if (state.stage !== 'cancelled' || state.cancellation.cancelledOn < since) return []
  const key = keyOf(state.facts)
  return [
    rebound(
      state,
      {
        ...key,
        ...seen,
        findingId: findingId ?? key.findingId,
        visitId: visitId ?? key.visitId,
        taskId: taskId ?? key.taskId,
        evidence: [...seen.evidence],
      },
      severity,
    ),
  ]
}

/** Whether this sight of a problem has made it rebound before. */
export function hasTaken(state: Problem, occurrenceId: string): boolean {
  return state.stage !== 'none' && state.past.occurrences.includes(occurrenceId)
}

const severities = ['ordinary', 'serious', 'urgent'] as const satisfies readonly FindingSeverity[]

type Found = Omit<
  ReboundFound,
  | 'times'
  | 'problemNumber'
  | 'formerSeverity'
  | 'severity'
  | 'urgingLevel'
  | 'cancelledOn'
  | 'zoneId'
  | 'supervisorId'
  | 'body'
>

/** One step graver than it was, or as grave as it was found when that is more. */
function rebound(state: Cancelled, found: Found, severity?: FindingSeverity): ProblemEvent {
  const { facts, past, cancellation } = state
  const step = severities.indexOf(facts.severity) + 1
  const graver = Math.max(step, severity === undefined ? 0 : severities.indexOf(severity))
  const times = past.occurrences.length + 1
  return {
    type: 'ReboundFound',
    data: {
      ...found,
      times,
      problemNumber: facts.number,
      formerSeverity: facts.severity,
      severity: severities[Math.min(graver, severities.length - 1)] ?? 'urgent',
      urgingLevel: urgingLevelAt(past.notices.length + times, found.foundOn).level,
      cancelledOn: cancellation.cancelledOn,
      zoneId: facts.zoneId,
      supervisorId: facts.supervisorId,
      body: facts.body,
    },
  }
}

function checkable(state: Problem, { evidence, by }: Pick<ReCheck, 'evidence' | 'by'>): Cancelled {
  if (state.stage !== 'cancelled') throw notOpen(state, 'cancelled', '开展回头看')
  assertSomebodyElse(by, state)
  if (evidence.length === 0) throw rectificationError('RECHECK_EVIDENCE_MISSING', {}, { pointer: '/evidence' })
  return state
}

function alreadyChecked(aftercare: Extract<Aftercare, { stage: 'passed' | 'confirmed' }>) {
  return rectificationError('RECHECK_DONE', { day: aftercare.passed.checkedOn, by: aftercare.passed.checkedBy.name })
}

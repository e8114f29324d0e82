import { rectificationError } from '../errors.ts'
import type { DecisionClaimEvent } from './events.ts'
import type { DecisionClaim } from './state.ts'

/** A process that has not issued its decision by then has died on the way. */
export const CLAIM_LASTS_MS = 30_000

export interface ClaimProblem {
  readonly decisionId: string
  readonly at: string
  readonly title: string
  /** A decision that claimed it before and, as looked up, has never been issued. */
  readonly unissued: string | undefined
}

/** Errors: `PROBLEM_BEING_DECIDED`. */
export function claimProblem(command: ClaimProblem, state: DecisionClaim): DecisionClaimEvent[] {
  const { decisionId, at: claimedAt, title, unissued } = command
  if (state.stage === 'claimed') {
    if (state.decisionId === decisionId) return []
    const age = Date.parse(claimedAt) - Date.parse(state.claimedAt)
    const isDead = state.decisionId === unissued && age >= CLAIM_LASTS_MS
    if (!isDead) throw rectificationError('PROBLEM_BEING_DECIDED', { title })
  }
  return [{ type: 'ProblemClaimed', data: { decisionId, claimedAt } }]
}

export function releaseClaim(decisionId: string, state: DecisionClaim): DecisionClaimEvent[] {
  if (state.stage !== 'claimed' || state.decisionId !== decisionId) return []
  return [{ type: 'ClaimReleased', data: { decisionId } }]
}

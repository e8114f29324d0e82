import {
  type CommandContext,
  defineStream,
  deterministicId,
  followUp,
  isDomainError,
  type Streams,
} from '@dulian/event-sourcing'
import type { DecisionEvent } from '../decision/events.ts'
import type { Decision } from '../decision/state.ts'
import { claimProblem, releaseClaim } from './decide.ts'
import { type DecisionClaimEvent, decisionClaimEvents } from './events.ts'
import { type DecisionClaim, evolveDecisionClaim, initialDecisionClaim } from './state.ts'

/**
 * One stream per problem and round (a rebound begins a new one): which decision makes its demand on it. A process may
 * remember a problem as it was before another process decided; of two that claim it, the second meets what the first appended.
 */
export const decisionClaimStream = defineStream({
  category: 'decisionClaim',
  events: decisionClaimEvents,
  initial: initialDecisionClaim,
  evolve: evolveDecisionClaim,
})

export interface ClaimedProblem {
  readonly problemId: string
  readonly title: string
  /** How often it has come back. */
  readonly rebounds: number
}

export interface ClaimStreams {
  readonly claims: Streams<DecisionClaim, DecisionClaimEvent>
  readonly decisions: Pick<Streams<Decision, DecisionEvent>, 'load'>
}

export function claimIdOf({ problemId, rebounds }: ClaimedProblem): string {
  return deterministicId('decision-claim', problemId, String(rebounds))
}

/**
 * Claims every problem for the decision, then does the work; when that is refused or fails, the claims are given back.
 * Throws `PROBLEM_BEING_DECIDED` when another decision on one of them is issued or on its way.
 */
export async function withClaims<T>(
  { claims, decisions }: ClaimStreams,
  context: CommandContext,
  given: { readonly decisionId: string; readonly problems: readonly ClaimedProblem[] },
  work: () => Promise<T>,
): Promise<T> {
  const { decisionId, problems } = given
  const { office, at } = context
  try {
    for (const problem of problems) {
      const claimId = claimIdOf(problem)
      const { state: before } = await claims.load(office, claimId)
      const other = before.stage === 'claimed' ? before.decisionId : undefined
      const isIssued = other !== undefined && (await decisions.load(office, other)).state.stage === 'issued'
      const unissued = isIssued ? undefined : other
      await claims.execute(claimId, followUp(context, `claim ${claimId} at ${at}`), {
        decide: (state) => claimProblem({ decisionId, at, title: problem.title, unissued }, state),
      })
    }
    return await work()
  } catch (error) {
    // Whether it was issued is not known then: the claims stand until the command is repeated.
    if (!isDomainError(error) || error.kind === 'unavailable') throw error
    for (const problem of problems) {
      const claimId = claimIdOf(problem)
      const step = followUp(context, `release ${claimId} at ${at}`)
      // What cannot be given back now is free in half a minute.
      await claims.execute(claimId, step, { decide: (state) => releaseClaim(decisionId, state) }).catch(() => undefined)
    }
    throw error
  }
}

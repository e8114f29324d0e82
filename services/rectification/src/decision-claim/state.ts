import type { DecisionClaimEvent } from './events.ts'

export type DecisionClaim =
  | { readonly stage: 'free' }
  | { readonly stage: 'claimed'; readonly decisionId: string; readonly claimedAt: string }

export const initialDecisionClaim: DecisionClaim = { stage: 'free' }

export function evolveDecisionClaim(state: DecisionClaim, event: DecisionClaimEvent): DecisionClaim {
  switch (event.type) {
    case 'ProblemClaimed':
      return { stage: 'claimed', ...event.data }
    case 'ClaimReleased':
      return state.stage === 'claimed' && state.decisionId === event.data.decisionId ? { stage: 'free' } : state
    default:
      event satisfies never
      return state
  }
}

import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

/** A decision is about to make its demand on this problem; another one has to wait. */
export const ProblemClaimed = z.object({ decisionId: z.uuid(), claimedAt: z.iso.datetime() })
export type ProblemClaimed = z.infer<typeof ProblemClaimed>

/** It was not issued after all. */
export const ClaimReleased = z.object({ decisionId: z.uuid() })
export type ClaimReleased = z.infer<typeof ClaimReleased>

const declarations = {
  ProblemClaimed: { stored: 'problem-claimed.v1', schema: ProblemClaimed },
  ClaimReleased: { stored: 'claim-released.v1', schema: ClaimReleased },
}

export const decisionClaimEvents = eventCatalogue(declarations)
export type DecisionClaimEvent = EventOf<typeof declarations>

import { Day, Id } from '@dulian/contracts'
import { RuleReference } from '@dulian/dated-rules'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

/** What the ratio was judged by when somebody was posted. */
export const RatioFacts = z.object({
  /** Schools of this supervisor, with the one in hand. */
  schools: z.number().int().positive(),
  /** Whether one of them is a large school, which asks for a supervisor of its own. */
  large: z.boolean(),
  rules: z.array(RuleReference),
})
export type RatioFacts = z.infer<typeof RatioFacts>

/** Who answers for the school from a day on. The stream's id is the school's. */
export const SupervisorPosted = z.object({
  supervisorId: Id,
  supervisorName: z.string(),
  from: Day,
  ratio: RatioFacts,
})
export type SupervisorPosted = z.infer<typeof SupervisorPosted>

/** The former one answers through the day before: no day is uncovered. */
export const PostingReplaced = SupervisorPosted.extend({ formerSupervisorId: Id, formerTo: Day })
export type PostingReplaced = z.infer<typeof PostingReplaced>

/** `on` is the last day; nobody answers from the day after. */
export const PostingEnded = z.object({ supervisorId: Id, on: Day, reason: z.string() })
export type PostingEnded = z.infer<typeof PostingEnded>

/** The posting that follows goes beyond the ratio, for a stated reason. */
export const RatioOverridden = z.object({
  supervisorId: Id,
  /** As written: `1∶5`, `1∶1`. */
  ratio: z.string(),
  schools: z.number().int().positive(),
  reason: z.string(),
  rules: z.array(RuleReference),
})
export type RatioOverridden = z.infer<typeof RatioOverridden>

/** Nothing known of this supervisor and this school on that day forbids the posting that follows, by these rules. */
export const RecusalCleared = z.object({ supervisorId: Id, on: Day, rules: z.array(RuleReference) })
export type RecusalCleared = z.infer<typeof RecusalCleared>

const declarations = {
  SupervisorPosted: { stored: 'supervisor-posted.v1', schema: SupervisorPosted },
  PostingReplaced: { stored: 'posting-replaced.v1', schema: PostingReplaced },
  PostingEnded: { stored: 'posting-ended.v1', schema: PostingEnded },
  RecusalCleared: { stored: 'recusal-cleared.v1', schema: RecusalCleared },
  RatioOverridden: { stored: 'ratio-overridden.v1', schema: RatioOverridden },
}

export const postingEvents = eventCatalogue(declarations)
export type PostingEvent = EventOf<typeof declarations>

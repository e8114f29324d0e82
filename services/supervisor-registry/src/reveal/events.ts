import { Id } from '@dulian/contracts'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

/** Somebody was shown a whole phone number, and why. Who it was is the event's actor; the number itself is not in it. */
export const PhoneRevealed = z.object({
  /** 督学 · 成员单位联络员. */
  subject: z.enum(['supervisor', 'liaison']),
  /** The supervisor, or the member body whose liaison it is. */
  subjectId: Id,
  personName: z.string(),
  reason: z.string(),
})
export type PhoneRevealed = z.infer<typeof PhoneRevealed>

const declarations = {
  PhoneRevealed: { stored: 'phone-revealed.v1', schema: PhoneRevealed },
}

export const revealEvents = eventCatalogue(declarations)
export type RevealEvent = EventOf<typeof declarations>

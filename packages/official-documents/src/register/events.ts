import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

export const NumberTaken = z.object({
  number: z.number().int().positive(),
  /** As printed, e.g. 永教督办〔2026〕3号. */
  printed: z.string(),
  /** What it was taken for; the same purpose gets the same number. */
  purpose: z.string(),
})
export type NumberTaken = z.infer<typeof NumberTaken>

/** A taken number that will never be used, with the reason: the only lawful gap. */
export const NumberVoided = z.object({ number: z.number().int().positive(), purpose: z.string(), reason: z.string() })
export type NumberVoided = z.infer<typeof NumberVoided>

const declarations = {
  NumberTaken: { stored: 'number-taken.v1', schema: NumberTaken },
  NumberVoided: { stored: 'number-voided.v1', schema: NumberVoided },
} as const

export const documentRegisterEvents = eventCatalogue(declarations)
export type DocumentRegisterEvent = EventOf<typeof declarations>

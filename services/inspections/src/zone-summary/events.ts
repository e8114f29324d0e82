import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'
import { Period } from '../self-check/events.ts'
import { Person } from '../visit/events.ts'

/** What a zone did in a month, counted when it was summed up. */
export const ZoneCounts = z.object({
  /** Schools, kindergartens and training institutions that were to check themselves. */
  schools: z.number().int(),
  selfChecks: z.number().int(),
  selfCheckNegatives: z.number().int(),
  /** Schools and kindergartens that were to be visited. */
  toVisit: z.number().int(),
  visited: z.number().int(),
  visits: z.number().int(),
  findings: z.number().int(),
  confirmed: z.number().int(),
  openProblems: z.number().int(),
})
export type ZoneCounts = z.infer<typeof ZoneCounts>

/** How often one item, or one group of items, was answered 否. */
export const Negatives = z.object({ name: z.string(), count: z.number().int() })
export type Negatives = z.infer<typeof Negatives>

/** A school that has not done a step: named, never passed over. */
export const Gap = z.object({ schoolId: z.uuid(), schoolName: z.string(), step: z.enum(['self-check', 'visit']) })
export type Gap = z.infer<typeof Gap>

/** 责任区汇总: what the zone's head says of the month, with the counts it rests on. */
export const ZoneSummarySubmitted = z.object({
  period: Period,
  zoneId: z.uuid(),
  zoneName: z.string(),
  text: z.string(),
  counts: ZoneCounts,
  negatives: z.array(Negatives),
  gaps: z.array(Gap),
  /** Why there are gaps; null when there are none. */
  gapsReason: z.string().nullable(),
  submittedOn: z.iso.date(),
  submittedBy: Person,
})
export type ZoneSummarySubmitted = z.infer<typeof ZoneSummarySubmitted>

export const ZoneSummaryReturned = z.object({ reason: z.string(), returnedOn: z.iso.date(), returnedBy: Person })
export type ZoneSummaryReturned = z.infer<typeof ZoneSummaryReturned>

const declarations = {
  ZoneSummarySubmitted: { stored: 'zone-summary-submitted.v1', schema: ZoneSummarySubmitted },
  ZoneSummaryReturned: { stored: 'zone-summary-returned.v1', schema: ZoneSummaryReturned },
} as const

export const zoneSummaryEvents = eventCatalogue(declarations)
export type ZoneSummaryEvent = EventOf<typeof declarations>

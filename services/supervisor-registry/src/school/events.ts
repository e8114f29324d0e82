import { Day, Id, Ownership, SchoolKind, SchoolStage } from '@dulian/contracts'
import { RuleReference } from '@dulian/dated-rules'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

/**
 * A school as it stands after an event. Every event of this stream that changes it carries the whole of it: what is
 * published to other services is a function of one event alone.
 */
export const SchoolDetails = z.object({
  /** 学校标识码; never changes, the school's id follows from it. */
  code: z.string(),
  name: z.string(),
  kind: SchoolKind,
  stage: SchoolStage,
  ownership: Ownership,
  address: z.string().nullable(),
  zoneId: Id.nullable(),
  zoneName: z.string().nullable(),
  /** Pupils; null while never reported. */
  enrolment: z.number().int().nonnegative().nullable(),
})
export type SchoolDetails = z.infer<typeof SchoolDetails>

/** The school was put into a zone that was full, for a stated reason. */
export const ZoneLimitOverride = z.object({
  /** Schools in the zone without this one. */
  schools: z.number().int().nonnegative(),
  limit: z.number().int().positive(),
  reason: z.string(),
  rule: RuleReference,
})
export type ZoneLimitOverride = z.infer<typeof ZoneLimitOverride>

export const SchoolRegistered = z.object({ school: SchoolDetails, zoneLimitOverride: ZoneLimitOverride.nullable() })
export type SchoolRegistered = z.infer<typeof SchoolRegistered>

export const SchoolDetailsCorrected = z.object({
  school: SchoolDetails,
  reason: z.string(),
  zoneLimitOverride: ZoneLimitOverride.nullable(),
  /** First day on which it was so; null: from the day it was recorded. */
  effectiveFrom: Day.nullable(),
})
export type SchoolDetailsCorrected = z.infer<typeof SchoolDetailsCorrected>

export const EnrolmentReported = z.object({
  school: SchoolDetails,
  /** The day the figure speaks of. */
  asOf: Day,
})
export type EnrolmentReported = z.infer<typeof EnrolmentReported>

export const SchoolClosed = z.object({ closedOn: Day, reason: z.string() })
export type SchoolClosed = z.infer<typeof SchoolClosed>

const declarations = {
  SchoolRegistered: { stored: 'school-registered.v1', schema: SchoolRegistered },
  SchoolDetailsCorrected: {
    stored: 'school-details-corrected.v2',
    schema: SchoolDetailsCorrected,
    upcasters: {
      'school-details-corrected.v1': {
        to: 'school-details-corrected.v2',
        upcast: (data: unknown) => ({ ...Object(data), effectiveFrom: null }),
      },
    },
  },
  EnrolmentReported: { stored: 'enrolment-reported.v1', schema: EnrolmentReported },
  SchoolClosed: { stored: 'school-closed.v1', schema: SchoolClosed },
}

export const schoolEvents = eventCatalogue(declarations)
export type SchoolEvent = EventOf<typeof declarations>

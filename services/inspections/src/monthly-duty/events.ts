import { SchoolKind } from '@dulian/contracts'
import { RuleReference } from '@dulian/dated-rules'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

/** `YYYY-MM` */
export const DutyMonth = z.string().regex(/^\d{4}-\d{2}$/)

/** Which school, and who answers for it; `supervisorId: null` while nobody is posted there. */
export const DutyParties = z.object({
  schoolId: z.uuid(),
  schoolName: z.string(),
  kind: SchoolKind,
  zoneId: z.uuid().nullable(),
  zoneName: z.string().nullable(),
  supervisorId: z.uuid().nullable(),
  supervisorName: z.string().nullable(),
})
export type DutyParties = z.infer<typeof DutyParties>

/** A school is to be visited in a month. */
export const MonthlyVisitDue = DutyParties.extend({
  month: DutyMonth,
  /** The month's last day. */
  dueOn: z.iso.date(),
  /** How many visits the rule asks for. */
  required: z.number().int().positive(),
  rule: RuleReference,
})
export type MonthlyVisitDue = z.infer<typeof MonthlyVisitDue>

/** Somebody else answers for the school from a day on, or it is now in another zone or goes by another name. */
export const MonthlyVisitReassigned = DutyParties.extend({ from: z.iso.date() })
export type MonthlyVisitReassigned = z.infer<typeof MonthlyVisitReassigned>

export const MonthlyVisitCounted = z.object({ visitId: z.uuid(), visitedOn: z.iso.date() })
export type MonthlyVisitCounted = z.infer<typeof MonthlyVisitCounted>

/** The month went by with fewer visits than asked for. A record handed in late still counts afterwards. */
export const MonthlyVisitMissed = z.object({
  noticedOn: z.iso.date(),
  visits: z.number().int().nonnegative(),
})
export type MonthlyVisitMissed = z.infer<typeof MonthlyVisitMissed>

/** The school closed before it was visited. */
export const MonthlyVisitWaived = z.object({ closedOn: z.iso.date() })
export type MonthlyVisitWaived = z.infer<typeof MonthlyVisitWaived>

const declarations = {
  MonthlyVisitDue: { stored: 'monthly-visit-due.v1', schema: MonthlyVisitDue },
  MonthlyVisitReassigned: { stored: 'monthly-visit-reassigned.v1', schema: MonthlyVisitReassigned },
  MonthlyVisitCounted: { stored: 'monthly-visit-counted.v1', schema: MonthlyVisitCounted },
  MonthlyVisitMissed: { stored: 'monthly-visit-missed.v1', schema: MonthlyVisitMissed },
  MonthlyVisitWaived: { stored: 'monthly-visit-waived.v1', schema: MonthlyVisitWaived },
} as const

export const monthlyDutyEvents = eventCatalogue(declarations)
export type MonthlyDutyEvent = EventOf<typeof declarations>

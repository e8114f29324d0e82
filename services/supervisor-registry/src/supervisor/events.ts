import { Day, Employment, SupervisorCategory } from '@dulian/contracts'
import { RuleReference } from '@dulian/dated-rules'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

export const SupervisorRegistered = z.object({
  name: z.string(),
  category: SupervisorCategory,
  employment: Employment,
  /** Where the person works otherwise, e.g. a school or an institute. */
  homeUnit: z.string(),
  /** Professional field, e.g. 学前教育. */
  field: z.string(),
  /** Stays in this stream: views and messages carry a masked form or none. */
  phone: z.string(),
})
export type SupervisorRegistered = z.infer<typeof SupervisorRegistered>

/** What was written wrongly or has changed; what is null stays as it was. */
export const SupervisorDetailsCorrected = z.object({
  homeUnit: z.string().nullable(),
  /** The home unit until then, when it is another one now. */
  formerHomeUnit: z.string().nullable(),
  field: z.string().nullable(),
  /** Stays in this stream, as at the registration. */
  phone: z.string().nullable(),
  /** Since when it is so; null: from the day of recording. */
  effectiveFrom: Day.nullable(),
  reason: z.string(),
})
export type SupervisorDetailsCorrected = z.infer<typeof SupervisorDetailsCorrected>

/** One term as decided; name, category and employment are what the letter of appointment says. */
export const SupervisorAppointed = z.object({
  name: z.string(),
  category: SupervisorCategory,
  employment: Employment,
  termFrom: Day,
  /** Last day of the term. */
  termTo: Day,
  /** First day of the unbroken service this term belongs to: that of the first of the terms that follow each other. */
  inOfficeFrom: Day,
  /** First day on which the term counts as nearing its end. */
  noticeFrom: Day,
  /** 1, 2, 3: which term in a row this is. */
  consecutiveTerm: z.number().int().positive(),
  /** The body that decided, e.g. 区政府教育督导委员会. */
  decidedBy: z.string(),
  decidedOn: Day,
  rules: z.array(RuleReference),
})
export type SupervisorAppointed = z.infer<typeof SupervisorAppointed>

export const SupervisorReappointed = SupervisorAppointed
export type SupervisorReappointed = SupervisorAppointed

/** 聘书 and 督学证 of the term that begins on `termFrom`; one before it loses its force. */
export const CertificateIssued = z.object({ certificateNumber: z.string(), termFrom: Day, issuedOn: Day })
export type CertificateIssued = z.infer<typeof CertificateIssued>

export const TermNearingEnd = z.object({ termTo: Day, noticedOn: Day })
export type TermNearingEnd = z.infer<typeof TermNearingEnd>

/** `termTo` was the last day; `endedOn` is the day after it or, when noticed later, the day of notice. */
export const TermEnded = z.object({ termTo: Day, endedOn: Day })
export type TermEnded = z.infer<typeof TermEnded>

/** Why somebody leaves: the three grounds of 003 十六, and the two that carry no blame. */
export const DismissalGround = z.enum([
  'assessed-unqualified',
  'duties-neglected',
  'misconduct',
  'own-request',
  'transferred-or-retired',
])
export type DismissalGround = z.infer<typeof DismissalGround>

export const SupervisorDismissed = z.object({
  ground: DismissalGround,
  /** 解聘 for the hired (part-time), 解任 for the appointed (full-time). */
  form: z.enum(['dismissal', 'removal']),
  /** First day without the office. */
  on: Day,
  reason: z.string(),
})
export type SupervisorDismissed = z.infer<typeof SupervisorDismissed>

const declarations = {
  SupervisorRegistered: { stored: 'supervisor-registered.v1', schema: SupervisorRegistered },
  SupervisorDetailsCorrected: { stored: 'supervisor-details-corrected.v1', schema: SupervisorDetailsCorrected },
  SupervisorAppointed: { stored: 'supervisor-appointed.v1', schema: SupervisorAppointed },
  SupervisorReappointed: { stored: 'supervisor-reappointed.v1', schema: SupervisorReappointed },
  CertificateIssued: { stored: 'certificate-issued.v1', schema: CertificateIssued },
  TermNearingEnd: { stored: 'term-nearing-end.v1', schema: TermNearingEnd },
  TermEnded: { stored: 'term-ended.v1', schema: TermEnded },
  SupervisorDismissed: { stored: 'supervisor-dismissed.v1', schema: SupervisorDismissed },
}

export const supervisorEvents = eventCatalogue(declarations)
export type SupervisorEvent = EventOf<typeof declarations>

import { EvidenceRef, FindingSeverity } from '@dulian/contracts'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

/** Who did it, as the timeline names them. */
export const Person = z.object({ subject: z.string(), name: z.string() })
export type Person = z.infer<typeof Person>

/** 经常性督导、专项督导、综合督导、巡视巡察、督导反馈、质量监测、“两个创建”监测、其他. */
export const SourceKind = z.enum([
  'routine',
  'special',
  'comprehensive',
  'party-inspection',
  'supervision-feedback',
  'quality-monitoring',
  'creation-monitoring',
  'other',
])
/** 学校、区县、市、国家. */
export const SourceLevel = z.enum(['school', 'district', 'city', 'national'])

/** Where a problem comes from [X8]: what kind of supervision, under which title, of which level and year. */
export const ProblemSource = z.object({
  kind: SourceKind,
  title: z.string(),
  level: SourceLevel,
  year: z.number().int(),
})
export type ProblemSource = z.infer<typeof ProblemSource>

/** The checklist line it was seen under. */
export const ProblemOrigin = z.object({
  findingId: z.uuid(),
  visitId: z.uuid(),
  itemCode: z.string(),
  itemTitle: z.string(),
  clause: z.string().nullable(),
  foundOn: z.iso.date(),
  foundBy: z.string(),
  confirmedAt: z.iso.datetime(),
  confirmedBy: z.string().nullable(),
})
export type ProblemOrigin = z.infer<typeof ProblemOrigin>

/** What other services know a problem by; carried by every event that is told to them. */
export const ProblemKey = z.object({
  schoolId: z.uuid(),
  schoolName: z.string(),
  findingId: z.uuid().nullable(),
  visitId: z.uuid().nullable(),
  taskId: z.uuid().nullable(),
  title: z.string(),
})
export type ProblemKey = z.infer<typeof ProblemKey>

export const ProblemOpened = ProblemKey.extend({
  /** 永-2026-0012 */
  number: z.string(),
  description: z.string(),
  severity: FindingSeverity,
  zoneId: z.uuid().nullable(),
  zoneName: z.string().nullable(),
  supervisorId: z.uuid().nullable(),
  supervisorName: z.string().nullable(),
  /** Member body that answers for it beside the school, by its name [X10]. */
  body: z.string().nullable(),
  source: ProblemSource,
  evidence: z.array(EvidenceRef),
  origin: ProblemOrigin.nullable(),
  openedOn: z.iso.date(),
  /** Null when it followed from a finding. */
  openedBy: Person.nullable(),
})
export type ProblemOpened = z.infer<typeof ProblemOpened>

/** The decision's demand on this one problem. */
export const DemandSet = z.object({
  decisionId: z.uuid(),
  documentNumber: z.string(),
  demand: z.string(),
  dueOn: z.iso.date(),
  issuedOn: z.iso.date(),
  issuedBy: Person,
})
export type DemandSet = z.infer<typeof DemandSet>

export const DeadlineExtended = z.object({
  formerDueOn: z.iso.date(),
  dueOn: z.iso.date(),
  reason: z.string(),
  extendedBy: Person,
})
export type DeadlineExtended = z.infer<typeof DeadlineExtended>

/** By the clock, once per due date: the day after it began and no report was there. */
export const DeadlinePassed = z.object({ dueOn: z.iso.date(), noticedOn: z.iso.date() })
export type DeadlinePassed = z.infer<typeof DeadlinePassed>

/** 督办: a numbered notice with a new limit. */
export const ProblemUrged = ProblemKey.extend({
  noticeId: z.uuid(),
  documentNumber: z.string(),
  problemNumber: z.string(),
  text: z.string(),
  formerDueOn: z.iso.date(),
  dueOn: z.iso.date(),
  workingDaysOverdue: z.number().int(),
  zoneId: z.uuid().nullable(),
  supervisorId: z.uuid().nullable(),
  body: z.string().nullable(),
  urgedOn: z.iso.date(),
  urgedBy: Person,
})
export type ProblemUrged = z.infer<typeof ProblemUrged>

export const RectificationReported = z.object({
  text: z.string(),
  evidence: z.array(EvidenceRef),
  reportedOn: z.iso.date(),
  reportedBy: Person,
})
export type RectificationReported = z.infer<typeof RectificationReported>

/** Not good enough: back to the school, with the date that now counts. */
export const RectificationReturned = z.object({
  reason: z.string(),
  formerDueOn: z.iso.date(),
  dueOn: z.iso.date(),
  returnedBy: Person,
})
export type RectificationReturned = z.infer<typeof RectificationReturned>

export const RectificationVerified = z.object({
  finding: z.string(),
  evidence: z.array(EvidenceRef),
  verifiedOn: z.iso.date(),
  verifiedBy: Person,
})
export type RectificationVerified = z.infer<typeof RectificationVerified>

/** 销号. */
export const ProblemCancelled = ProblemKey.extend({
  note: z.string(),
  cancelledOn: z.iso.date(),
  cancelledAt: z.iso.datetime(),
  cancelledBy: Person,
})
export type ProblemCancelled = z.infer<typeof ProblemCancelled>

const declarations = {
  ProblemOpened: { stored: 'problem-opened.v1', schema: ProblemOpened },
  DemandSet: { stored: 'demand-set.v1', schema: DemandSet },
  DeadlineExtended: { stored: 'deadline-extended.v1', schema: DeadlineExtended },
  DeadlinePassed: { stored: 'deadline-passed.v1', schema: DeadlinePassed },
  ProblemUrged: { stored: 'problem-urged.v1', schema: ProblemUrged },
  RectificationReported: { stored: 'rectification-reported.v1', schema: RectificationReported },
  RectificationReturned: { stored: 'rectification-returned.v1', schema: RectificationReturned },
  RectificationVerified: { stored: 'rectification-verified.v1', schema: RectificationVerified },
  ProblemCancelled: { stored: 'problem-cancelled.v1', schema: ProblemCancelled },
} as const

export const problemEvents = eventCatalogue(declarations)
export type ProblemEvent = EventOf<typeof declarations>

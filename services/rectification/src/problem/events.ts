import { EvidenceRef, FindingSeverity } from '@dulian/contracts'
import { RuleReference } from '@dulian/dated-rules'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

/** Who did it, as the timeline names them. */
export const Person = z.object({ subject: z.string(), name: z.string() })
export type Person = z.infer<typeof Person>

/** 经常性督导、专项督导、综合督导、巡视巡察、督导反馈、国务院督查、质量监测、“两个创建”监测、群众反映、其他. */
export const SourceKind = z.enum([
  'routine',
  'special',
  'comprehensive',
  'party-inspection',
  'supervision-feedback',
  'state-council-inspection',
  'quality-monitoring',
  'creation-monitoring',
  'public-report',
  'other',
])
/** 学校、区县、市、省、国家. */
export const SourceLevel = z.enum(['school', 'district', 'city', 'province', 'national'])

/** Where a problem comes from [X8]: what kind of supervision, under which title, of which level and year. */
export const ProblemSource = z.object({
  kind: SourceKind,
  title: z.string(),
  level: SourceLevel,
  year: z.number().int(),
  /** 发文字号 of the document that fed it back. */
  documentNumber: z.string().nullable(),
})
export type ProblemSource = z.infer<typeof ProblemSource>

/** What a problem fails: two problems of one school under one clause, or one checklist line, are the same problem again [N9]. */
export const Ground = z.object({
  itemCode: z.string().nullable(),
  itemTitle: z.string().nullable(),
  clause: z.string().nullable(),
})
export type Ground = z.infer<typeof Ground>

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
  ground: Ground,
  /** The feedback document that listed it. */
  feedbackId: z.uuid().nullable(),
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

/** 督办 in its level: what it is called, and what follows when nothing happens. */
export const UrgingLevel = z.object({
  level: z.number().int().positive(),
  levelName: z.string(),
  consequence: z.string(),
})
export type UrgingLevel = z.infer<typeof UrgingLevel>

/** 督办: a numbered notice with a new limit. */
export const ProblemUrged = ProblemKey.extend({
  ...UrgingLevel.shape,
  noticeId: z.uuid(),
  documentNumber: z.string(),
  problemNumber: z.string(),
  /** The 整改决定 it refers to. */
  decisionNumber: z.string().nullable(),
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

/** A department is asked for its part or its answer; until it replies, everything waits for it [N16]. */
export const BodyAsked = z.object({
  body: z.string(),
  question: z.string(),
  replyDueOn: z.iso.date(),
  askedOn: z.iso.date(),
  askedBy: Person,
})
export type BodyAsked = z.infer<typeof BodyAsked>

export const BodyReplied = z.object({
  body: z.string(),
  text: z.string(),
  evidence: z.array(EvidenceRef),
  repliedOn: z.iso.date(),
  repliedBy: Person,
})
export type BodyReplied = z.infer<typeof BodyReplied>

/** 回头看: between these days somebody has to look whether it lasts, under which version of the rule. */
export const ReCheckScheduled = z.object({
  from: z.iso.date(),
  dueOn: z.iso.date(),
  rule: RuleReference,
})
export type ReCheckScheduled = z.infer<typeof ReCheckScheduled>

export const ReCheckPassed = z.object({
  finding: z.string(),
  evidence: z.array(EvidenceRef),
  checkedOn: z.iso.date(),
  checkedBy: Person,
})
export type ReCheckPassed = z.infer<typeof ReCheckPassed>

/** 成效检查: the office finds that it lasts; only now the problem loses its flag [X9]. */
export const EffectConfirmed = z.object({ note: z.string(), confirmedOn: z.iso.date(), confirmedBy: Person })
export type EffectConfirmed = z.infer<typeof EffectConfirmed>

/** 反弹: the same problem again. The old one is open once more, with its history, one step graver and one level higher. */
export const ReboundFound = ProblemKey.extend({
  /** A re-check found it, a visit found it, or somebody entered it. */
  cause: z.enum(['re-check', 'finding', 'entry']),
  /** The problem that would have been opened had this not been the old one. */
  occurrenceId: z.uuid(),
  /** 1 for the first rebound. */
  times: z.number().int().positive(),
  problemNumber: z.string(),
  description: z.string(),
  evidence: z.array(EvidenceRef),
  formerSeverity: FindingSeverity,
  severity: FindingSeverity,
  urgingLevel: z.number().int().nonnegative(),
  cancelledOn: z.iso.date(),
  /** Where it was seen this time. */
  source: ProblemSource.nullable(),
  zoneId: z.uuid().nullable(),
  supervisorId: z.uuid().nullable(),
  body: z.string().nullable(),
  /** Under which version of the rule it counts as the same problem; null when a re-check found it. */
  rule: RuleReference.nullable(),
  foundOn: z.iso.date(),
  foundBy: Person,
})
export type ReboundFound = z.infer<typeof ReboundFound>

type Stored = Readonly<Record<string, unknown>>

/** The first version knew no document and told the ground only within its origin. */
function openedFromV1(data: unknown): unknown {
  const opened = data as Stored & { source: Stored; origin: Stored | null }
  const { itemCode = null, itemTitle = null, clause = null } = opened.origin ?? {}
  return {
    ...opened,
    source: { ...opened.source, documentNumber: null },
    ground: { itemCode, itemTitle, clause },
    feedbackId: null,
  }
}

/** What every 督办 was before there were levels. */
export function urgedFromV1(data: unknown): unknown {
  return { ...(data as Stored), level: 1, levelName: '督办', consequence: '', decisionNumber: null }
}

const declarations = {
  ProblemOpened: {
    stored: 'problem-opened.v2',
    schema: ProblemOpened,
    upcasters: { 'problem-opened.v1': { to: 'problem-opened.v2', upcast: openedFromV1 } },
  },
  DemandSet: { stored: 'demand-set.v1', schema: DemandSet },
  DeadlineExtended: { stored: 'deadline-extended.v1', schema: DeadlineExtended },
  DeadlinePassed: { stored: 'deadline-passed.v1', schema: DeadlinePassed },
  ProblemUrged: {
    stored: 'problem-urged.v2',
    schema: ProblemUrged,
    upcasters: { 'problem-urged.v1': { to: 'problem-urged.v2', upcast: urgedFromV1 } },
  },
  RectificationReported: { stored: 'rectification-reported.v1', schema: RectificationReported },
  RectificationReturned: { stored: 'rectification-returned.v1', schema: RectificationReturned },
  RectificationVerified: { stored: 'rectification-verified.v1', schema: RectificationVerified },
  ProblemCancelled: { stored: 'problem-cancelled.v1', schema: ProblemCancelled },
  BodyAsked: { stored: 'body-asked.v1', schema: BodyAsked },
  BodyReplied: { stored: 'body-replied.v1', schema: BodyReplied },
  ReCheckScheduled: { stored: 're-check-scheduled.v1', schema: ReCheckScheduled },
  ReCheckPassed: { stored: 're-check-passed.v1', schema: ReCheckPassed },
  EffectConfirmed: { stored: 'effect-confirmed.v1', schema: EffectConfirmed },
  ReboundFound: { stored: 'rebound-found.v1', schema: ReboundFound },
} as const

export const problemEvents = eventCatalogue(declarations)
export type ProblemEvent = EventOf<typeof declarations>

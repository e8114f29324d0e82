import { EvidenceRef, FindingSeverity } from '@dulian/contracts'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'
import { ChecklistEdition, listFromV1 } from '../checklist/checklist-item.ts'

/** Who did it, as the timeline names them. */
export const Person = z.object({ subject: z.string(), name: z.string() })
export type Person = z.infer<typeof Person>

/** Whose visit, where: as known when the fact was made. */
export const VisitParties = z.object({
  schoolId: z.uuid(),
  schoolName: z.string(),
  zoneId: z.uuid().nullable(),
  zoneName: z.string().nullable(),
  supervisorId: z.uuid(),
  supervisorName: z.string(),
})
export type VisitParties = z.infer<typeof VisitParties>

/** One item's answer: 是、否、不适用. */
export const Answer = z.object({
  code: z.string(),
  answer: z.enum(['yes', 'no', 'not-applicable']),
  note: z.string().nullable(),
  evidence: z.array(EvidenceRef),
})
export type Answer = z.infer<typeof Answer>

export const Signature = z.object({
  name: z.string().min(1).max(50),
  signedAt: z.iso.datetime(),
  /** The drawn signature. */
  image: EvidenceRef.nullable(),
})
export type Signature = z.infer<typeof Signature>

/** What a negative answer proposes; it becomes a problem only when somebody confirms it. */
export const ProposedFinding = z.object({
  /** Follows from visit and item, so that a repeated record proposes nothing twice. */
  findingId: z.uuid(),
  itemCode: z.string(),
  itemTitle: z.string(),
  clause: z.string().nullable(),
  description: z.string(),
  severity: FindingSeverity,
  evidence: z.array(EvidenceRef),
})
export type ProposedFinding = z.infer<typeof ProposedFinding>

export const VisitScheduled = VisitParties.extend({
  scheduledFor: z.iso.date(),
  checklist: ChecklistEdition,
  /** The plan's task this visit works for. */
  taskId: z.uuid().nullable(),
  scheduledBy: Person,
})
export type VisitScheduled = z.infer<typeof VisitScheduled>

export const VisitStarted = z.object({ startedAt: z.iso.datetime() })
export type VisitStarted = z.infer<typeof VisitStarted>

/** One fact from the phone: answers, evidence, both signatures, and the findings that follow from them. */
export const VisitRecorded = VisitParties.extend({
  visitedOn: z.iso.date(),
  taskId: z.uuid().nullable(),
  answers: z.array(Answer),
  signatures: z.object({ supervisor: Signature, school: Signature }),
  findings: z.array(ProposedFinding),
})
export type VisitRecorded = z.infer<typeof VisitRecorded>

/** Accepted as something that must be put right; carries everything rectification needs. */
export const FindingConfirmed = VisitParties.extend({
  findingId: z.uuid(),
  itemCode: z.string(),
  itemTitle: z.string(),
  clause: z.string().nullable(),
  description: z.string(),
  severity: FindingSeverity,
  evidence: z.array(EvidenceRef),
  foundOn: z.iso.date(),
  taskId: z.uuid().nullable(),
  confirmedAt: z.iso.datetime(),
  confirmedBy: Person,
})
export type FindingConfirmed = z.infer<typeof FindingConfirmed>

export const FindingDismissed = z.object({ findingId: z.uuid(), reason: z.string(), dismissedBy: Person })
export type FindingDismissed = z.infer<typeof FindingDismissed>

export const VisitCancelled = z.object({ reason: z.string(), cancelledBy: Person })
export type VisitCancelled = z.infer<typeof VisitCancelled>

/** The scheduled month went by without the visit. */
export const VisitMissed = z.object({
  /** `YYYY-MM` */
  month: z.string().regex(/^\d{4}-\d{2}$/),
  noticedOn: z.iso.date(),
})
export type VisitMissed = z.infer<typeof VisitMissed>

/** Before the items of a list had groups. */
const scheduledFromV1 = z.looseObject({ checklist: listFromV1 })

const declarations = {
  VisitScheduled: {
    stored: 'visit-scheduled.v2',
    schema: VisitScheduled,
    upcasters: {
      'visit-scheduled.v1': { to: 'visit-scheduled.v2', upcast: (data: unknown) => scheduledFromV1.parse(data) },
    },
  },
  VisitStarted: { stored: 'visit-started.v1', schema: VisitStarted },
  VisitRecorded: { stored: 'visit-recorded.v1', schema: VisitRecorded },
  FindingConfirmed: { stored: 'finding-confirmed.v1', schema: FindingConfirmed },
  FindingDismissed: { stored: 'finding-dismissed.v1', schema: FindingDismissed },
  VisitCancelled: { stored: 'visit-cancelled.v1', schema: VisitCancelled },
  VisitMissed: { stored: 'visit-missed.v1', schema: VisitMissed },
} as const

export const visitEvents = eventCatalogue(declarations)
export type VisitEvent = EventOf<typeof declarations>

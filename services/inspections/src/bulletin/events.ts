import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'
import { Period } from '../self-check/events.ts'
import { Person } from '../visit/events.ts'
import { ZoneCounts } from '../zone-summary/events.ts'

/** One zone's summary as the bulletin takes it in, word by word. */
export const IncludedSummary = z.object({
  summaryId: z.uuid(),
  /** Version of the summary's stream: a later one means it was corrected. */
  version: z.number().int(),
  zoneId: z.uuid(),
  zoneName: z.string(),
  text: z.string(),
  counts: ZoneCounts,
  gapsReason: z.string().nullable(),
  submittedBy: z.string(),
})
export type IncludedSummary = z.infer<typeof IncludedSummary>

/** A zone without a summary; `zoneId` null: schools that belong to no zone. */
export const MissingZone = z.object({ zoneId: z.uuid().nullable(), zoneName: z.string(), schools: z.number().int() })
export type MissingZone = z.infer<typeof MissingZone>

/** The office's own words around the zones' summaries. */
export const BulletinWording = z.object({
  title: z.string(),
  recipients: z.array(z.string()),
  opening: z.string(),
  overview: z.string(),
  /** One paragraph per line. */
  problems: z.string(),
  requirements: z.string(),
  copies: z.array(z.string()),
  /** Why a zone has no summary; null while nobody said. */
  missingReason: z.string().nullable(),
})
export type BulletinWording = z.infer<typeof BulletinWording>

/** Drawn from the summaries there are; again, when summaries came or were corrected meanwhile. */
export const BulletinDrafted = z.object({
  period: Period,
  wording: BulletinWording,
  summaries: z.array(IncludedSummary),
  missing: z.array(MissingZone),
  draftedOn: z.iso.date(),
  draftedBy: Person,
})
export type BulletinDrafted = z.infer<typeof BulletinDrafted>

export const BulletinReworded = z.object({ wording: BulletinWording, rewordedBy: Person })
export type BulletinReworded = z.infer<typeof BulletinReworded>

export const BulletinIssued = z.object({
  period: Period,
  title: z.string(),
  documentNumber: z.string(),
  /** 签发人. */
  approver: z.string(),
  zones: z.array(z.object({ zoneId: z.uuid(), zoneName: z.string() })),
  missing: z.array(MissingZone),
  issuedOn: z.iso.date(),
  issuedBy: Person,
})
export type BulletinIssued = z.infer<typeof BulletinIssued>

const declarations = {
  BulletinDrafted: { stored: 'bulletin-drafted.v1', schema: BulletinDrafted },
  BulletinReworded: { stored: 'bulletin-reworded.v1', schema: BulletinReworded },
  BulletinIssued: { stored: 'bulletin-issued.v1', schema: BulletinIssued },
} as const

export const bulletinEvents = eventCatalogue(declarations)
export type BulletinEvent = EventOf<typeof declarations>

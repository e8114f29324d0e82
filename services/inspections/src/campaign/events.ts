import { Ownership, SchoolKind, SchoolStage } from '@dulian/contracts'
import { RuleReference } from '@dulian/dated-rules'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'
import { ChecklistEdition } from '../checklist/checklist-item.ts'
import { Person } from '../visit/events.ts'

/** 专项督导、综合督导. */
export const CampaignType = z.enum(['special', 'comprehensive'])
export type CampaignType = z.infer<typeof CampaignType>

/** 春季、秋季: of a 开学专项督导. */
export const Season = z.enum(['spring', 'autumn'])
export type Season = z.infer<typeof Season>

/** Which schools it is for: those named, or all open ones that match; an empty list leaves nobody out. */
export const CampaignScope = z.object({
  schoolIds: z.array(z.uuid()),
  kinds: z.array(SchoolKind),
  stages: z.array(SchoolStage),
  ownerships: z.array(Ownership),
  zoneIds: z.array(z.uuid()),
})
export type CampaignScope = z.infer<typeof CampaignScope>

export const TeamMember = z.object({ supervisorId: z.uuid(), name: z.string() })
export type TeamMember = z.infer<typeof TeamMember>

const CampaignPlan = z.object({
  title: z.string(),
  /** What it looks into, in the plan's words, e.g. 开学专项督导. */
  topic: z.string(),
  type: CampaignType,
  season: Season.nullable(),
  /** The calendar year it counts for. */
  year: z.number().int(),
  scope: CampaignScope,
  /** First and last day. */
  from: z.iso.date(),
  to: z.iso.date(),
  /** Pinned: later editions change nothing of it. */
  checklist: ChecklistEdition,
  /** The plan's task it is carried out for. */
  taskId: z.uuid().nullable(),
  /** 督导小组; the first leads it. */
  team: z.array(TeamMember),
  teamRule: RuleReference,
  /** Why there are fewer 督学 than the rule asks for. */
  teamOverride: z.string().nullable(),
})

export const CampaignPlanned = CampaignPlan.extend({ plannedBy: Person })
export type CampaignPlanned = z.infer<typeof CampaignPlanned>

/** The plan as it is now to be, before anything has begun. */
export const CampaignReplanned = CampaignPlan.extend({ replannedBy: Person })
export type CampaignReplanned = z.infer<typeof CampaignReplanned>

/** A school the campaign reaches, with whoever goes there; `supervisorId: null` while nobody does. */
export const CampaignSchool = z.object({
  schoolId: z.uuid(),
  schoolName: z.string(),
  zoneId: z.uuid().nullable(),
  zoneName: z.string().nullable(),
  supervisorId: z.uuid().nullable(),
  supervisorName: z.string().nullable(),
})
export type CampaignSchool = z.infer<typeof CampaignSchool>

/** The schools are settled; each with a supervisor gets its visit. */
export const CampaignOpened = z.object({
  openedOn: z.iso.date(),
  openedBy: Person,
  schools: z.array(CampaignSchool),
})
export type CampaignOpened = z.infer<typeof CampaignOpened>

/** Somebody is sent to a school that nobody went to, or in the place of whoever should have gone. */
export const CampaignVisitAssigned = z.object({
  schoolId: z.uuid(),
  supervisorId: z.uuid(),
  supervisorName: z.string(),
  /** How many times somebody has been sent to this school, from 1 at the opening. */
  attempt: z.number().int().positive(),
  /** First day the visit can be made on. */
  assignedOn: z.iso.date(),
  assignedBy: Person,
})
export type CampaignVisitAssigned = z.infer<typeof CampaignVisitAssigned>

/** The visit could not be scheduled; somebody else must be sent. */
export const CampaignVisitRefused = z.object({
  schoolId: z.uuid(),
  supervisorId: z.uuid(),
  attempt: z.number().int().positive(),
  /** Code of the refusal and what it says. */
  code: z.string(),
  reason: z.string(),
})
export type CampaignVisitRefused = z.infer<typeof CampaignVisitRefused>

export const CampaignClosed = z.object({
  title: z.string(),
  type: CampaignType,
  season: Season.nullable(),
  year: z.number().int(),
  taskId: z.uuid().nullable(),
  closedOn: z.iso.date(),
  closedBy: Person,
  /** What came of it, in the office's words. */
  conclusion: z.string(),
  schools: z.number().int().nonnegative(),
  visited: z.number().int().nonnegative(),
  /** Each school without a record, and why. */
  unvisited: z.array(
    z.object({ schoolId: z.uuid(), schoolName: z.string(), supervisorName: z.string().nullable(), reason: z.string() }),
  ),
})
export type CampaignClosed = z.infer<typeof CampaignClosed>

/** Given up; visits still to be made are called off. */
export const CampaignCancelled = z.object({ reason: z.string(), cancelledBy: Person })
export type CampaignCancelled = z.infer<typeof CampaignCancelled>

const declarations = {
  CampaignPlanned: { stored: 'campaign-planned.v1', schema: CampaignPlanned },
  CampaignReplanned: { stored: 'campaign-replanned.v1', schema: CampaignReplanned },
  CampaignOpened: { stored: 'campaign-opened.v1', schema: CampaignOpened },
  CampaignVisitAssigned: { stored: 'campaign-visit-assigned.v1', schema: CampaignVisitAssigned },
  CampaignVisitRefused: { stored: 'campaign-visit-refused.v1', schema: CampaignVisitRefused },
  CampaignClosed: { stored: 'campaign-closed.v1', schema: CampaignClosed },
  CampaignCancelled: { stored: 'campaign-cancelled.v1', schema: CampaignCancelled },
} as const

export const campaignEvents = eventCatalogue(declarations)
export type CampaignEvent = EventOf<typeof declarations>
export type CampaignPlan = z.infer<typeof CampaignPlan>

import { EvidenceRef, FindingSeverity } from '@dulian/contracts'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'
import { Ground, Person, ProblemSource } from '../problem/events.ts'

/** One problem as the document lists it. */
export const FeedbackItem = z.object({
  /** The problem it becomes when it is a new one. */
  problemId: z.uuid(),
  title: z.string(),
  description: z.string(),
  severity: FindingSeverity,
  schoolId: z.uuid(),
  schoolName: z.string(),
  zoneId: z.uuid().nullable(),
  zoneName: z.string().nullable(),
  supervisorId: z.uuid().nullable(),
  supervisorName: z.string().nullable(),
  body: z.string().nullable(),
  ground: Ground,
})
export type FeedbackItem = z.infer<typeof FeedbackItem>

/** 反馈文件: what a higher inspection or a monitoring found, with every problem it lists. */
export const FeedbackRegistered = z.object({
  source: ProblemSource,
  receivedOn: z.iso.date(),
  /** The document itself. */
  files: z.array(EvidenceRef),
  problems: z.array(FeedbackItem),
  registeredOn: z.iso.date(),
  registeredBy: Person,
})
export type FeedbackRegistered = z.infer<typeof FeedbackRegistered>

const declarations = { FeedbackRegistered: { stored: 'feedback-registered.v1', schema: FeedbackRegistered } } as const

export const feedbackEvents = eventCatalogue(declarations)
export type FeedbackEvent = EventOf<typeof declarations>

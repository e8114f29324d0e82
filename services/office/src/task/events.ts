import { Day, EvidenceRef, Id } from '@dulian/contracts'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'
import { Body, Lead } from '../plan/bodies.ts'

/** One item of a plan has become somebody's work. */
export const TaskAssigned = z.object({
  planId: Id,
  planTitle: z.string(),
  itemId: Id,
  /** Place of the item in the plan. */
  order: z.number().int().positive(),
  itemPath: z.string(),
  title: z.string(),
  text: z.string(),
  bodies: z.array(Body).min(1),
  lead: Lead,
  dueOn: Day,
  comprehensiveInspection: z.boolean(),
})
export type TaskAssigned = z.infer<typeof TaskAssigned>

/** Other bodies or another day; the rest is repeated because a publication is a function of one event. */
export const TaskReassigned = TaskAssigned.pick({
  planId: true,
  planTitle: true,
  itemPath: true,
  title: true,
  bodies: true,
  lead: true,
  dueOn: true,
})
export type TaskReassigned = z.infer<typeof TaskReassigned>

export const ProgressReported = z.object({ percent: z.number().int().min(0).max(100), note: z.string() })
export type ProgressReported = z.infer<typeof ProgressReported>

/** 印证材料: the file stays with this service. */
export const EvidenceAttached = z.object({ evidence: EvidenceRef, note: z.string().nullable() })
export type EvidenceAttached = z.infer<typeof EvidenceAttached>

export const TaskCompleted = z.object({ note: z.string() })
export type TaskCompleted = z.infer<typeof TaskCompleted>

export const TaskReopened = z.object({ reason: z.string() })
export type TaskReopened = z.infer<typeof TaskReopened>

const declarations = {
  TaskAssigned: { stored: 'task-assigned.v1', schema: TaskAssigned },
  TaskReassigned: { stored: 'task-reassigned.v1', schema: TaskReassigned },
  ProgressReported: { stored: 'progress-reported.v1', schema: ProgressReported },
  EvidenceAttached: { stored: 'evidence-attached.v1', schema: EvidenceAttached },
  TaskCompleted: { stored: 'task-completed.v1', schema: TaskCompleted },
  TaskReopened: { stored: 'task-reopened.v1', schema: TaskReopened },
}

export const taskEvents = eventCatalogue(declarations)
export type TaskEvent = EventOf<typeof declarations>

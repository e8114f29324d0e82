import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'
import { ChecklistItem } from './checklist-item.ts'

export const ChecklistDrafted = z.object({ title: z.string(), items: z.array(ChecklistItem) })
export type ChecklistDrafted = z.infer<typeof ChecklistDrafted>

/** The draft of the next edition; the published one stays in use until this is published. */
export const ChecklistRevised = z.object({ title: z.string(), items: z.array(ChecklistItem) })
export type ChecklistRevised = z.infer<typeof ChecklistRevised>

export const ChecklistPublished = z.object({
  edition: z.number().int().positive(),
  title: z.string(),
  items: z.array(ChecklistItem),
})
export type ChecklistPublished = z.infer<typeof ChecklistPublished>

const declarations = {
  ChecklistDrafted: { stored: 'checklist-drafted.v1', schema: ChecklistDrafted },
  ChecklistRevised: { stored: 'checklist-revised.v1', schema: ChecklistRevised },
  ChecklistPublished: { stored: 'checklist-published.v1', schema: ChecklistPublished },
} as const

export const checklistEvents = eventCatalogue(declarations)
export type ChecklistEvent = EventOf<typeof declarations>

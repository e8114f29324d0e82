import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'
import { AppliesTo, ChecklistItem, listFromV1 } from './checklist-item.ts'

export const ChecklistDrafted = z.object({ title: z.string(), appliesTo: AppliesTo, items: z.array(ChecklistItem) })
export type ChecklistDrafted = z.infer<typeof ChecklistDrafted>

/** The draft of the next edition; the published one stays in use until this is published. */
export const ChecklistRevised = z.object({ title: z.string(), appliesTo: AppliesTo, items: z.array(ChecklistItem) })
export type ChecklistRevised = z.infer<typeof ChecklistRevised>

export const ChecklistPublished = z.object({
  edition: z.number().int().positive(),
  title: z.string(),
  appliesTo: AppliesTo,
  items: z.array(ChecklistItem),
})
export type ChecklistPublished = z.infer<typeof ChecklistPublished>

const upcast = (data: unknown) => listFromV1.parse(data)

const declarations = {
  ChecklistDrafted: {
    stored: 'checklist-drafted.v2',
    schema: ChecklistDrafted,
    upcasters: { 'checklist-drafted.v1': { to: 'checklist-drafted.v2', upcast } },
  },
  ChecklistRevised: {
    stored: 'checklist-revised.v2',
    schema: ChecklistRevised,
    upcasters: { 'checklist-revised.v1': { to: 'checklist-revised.v2', upcast } },
  },
  ChecklistPublished: {
    stored: 'checklist-published.v2',
    schema: ChecklistPublished,
    upcasters: { 'checklist-published.v1': { to: 'checklist-published.v2', upcast } },
  },
} as const

export const checklistEvents = eventCatalogue(declarations)
export type ChecklistEvent = EventOf<typeof declarations>

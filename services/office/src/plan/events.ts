import { Day, Id } from '@dulian/contracts'
import { RuleReference } from '@dulian/dated-rules'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'
import { Body, Lead } from './bodies.ts'

export const ItemDate = z.object({ text: z.string(), from: z.string(), to: z.string() })
export const ItemQuantity = z.object({
  text: z.string(),
  value: z.number(),
  unit: z.string().optional(),
  comparator: z.enum(['>=', '<=', '>', '<', '≈']).optional(),
})

/** One item of the plan as printed and as the parser understood it. */
export const PlanItem = z.object({
  itemId: Id,
  /** The item it stands in; null at the top. */
  parentId: Id.nullable(),
  /** Place in the document, from 1. */
  order: z.number().int().positive(),
  /** As printed; empty for the title of a further plan in the same document. */
  marker: z.string(),
  level: z.number().int().positive(),
  heading: z.string().nullable(),
  text: z.string(),
  bodies: z.array(Body),
  dates: z.array(ItemDate),
  quantities: z.array(ItemQuantity),
  /** Proposed or decided: neither this item nor what stands in it becomes a task. */
  excluded: z.boolean(),
  /** Proposed or decided: this is the year's 综合督导 (I1). */
  comprehensiveInspection: z.boolean(),
})
export type PlanItem = z.infer<typeof PlanItem>

/** A published plan taken apart; preamble, items in order and trailing give back the whole document. */
export const PlanImported = z.object({
  title: z.string(),
  /** Whose plan it is, as printed, e.g. 綦江区. */
  issuer: z.string().nullable(),
  documentNumber: z.string().nullable(),
  issuedOn: Day.nullable(),
  recipients: z.array(z.string()),
  year: z.number().int(),
  preamble: z.string(),
  items: z.array(PlanItem),
  trailing: z.string(),
  source: z.object({
    fileName: z.string(),
    /** Of the file as it is kept; `/files/<hash>` serves it. */
    hash: z.string(),
    /** Of the text without white space: the same plan in another file has the same. */
    contentHash: z.string(),
  }),
})
export type PlanImported = z.infer<typeof PlanImported>

/** What a person changed about an item; what is not named stays. */
export const ItemChanges = z.object({
  heading: z.string().nullable().optional(),
  text: z.string().optional(),
  bodies: z.array(Body).optional(),
  dates: z.array(ItemDate).optional(),
  quantities: z.array(ItemQuantity).optional(),
  excluded: z.boolean().optional(),
  /** True: this item is one task with all that stands in it · false: it only groups · null: as proposed. */
  becomesTask: z.boolean().nullable().optional(),
  comprehensiveInspection: z.boolean().optional(),
})
export type ItemChanges = z.infer<typeof ItemChanges>

export const ItemCorrected = z.object({ itemId: Id, changes: ItemChanges, note: z.string().nullable() })
export type ItemCorrected = z.infer<typeof ItemCorrected>

/** A task as the adoption decided it. */
export const AdoptedTask = z.object({
  taskId: Id,
  itemId: Id,
  order: z.number().int().positive(),
  /** The markers from the top, e.g. `二、 › 6.`. */
  itemPath: z.string(),
  title: z.string(),
  text: z.string(),
  bodies: z.array(Body),
  lead: Lead,
  dueOn: Day,
  comprehensiveInspection: z.boolean(),
})
export type AdoptedTask = z.infer<typeof AdoptedTask>

export const PlanAdopted = z.object({ planTitle: z.string(), tasks: z.array(AdoptedTask) })
export type PlanAdopted = z.infer<typeof PlanAdopted>

export const PlanIssued = z.object({ documentNumber: z.string(), issuedOn: Day, recipients: z.array(z.string()) })
export type PlanIssued = z.infer<typeof PlanIssued>

/** The year is over, with the 综合督导 that it had to have. */
export const PlanClosed = z.object({ comprehensiveInspections: z.array(Id), rule: RuleReference })
export type PlanClosed = z.infer<typeof PlanClosed>

const declarations = {
  PlanImported: { stored: 'plan-imported.v1', schema: PlanImported },
  ItemCorrected: { stored: 'item-corrected.v1', schema: ItemCorrected },
  PlanAdopted: { stored: 'plan-adopted.v1', schema: PlanAdopted },
  PlanIssued: { stored: 'plan-issued.v1', schema: PlanIssued },
  PlanClosed: { stored: 'plan-closed.v1', schema: PlanClosed },
}

export const planEvents = eventCatalogue(declarations)
export type PlanEvent = EventOf<typeof declarations>

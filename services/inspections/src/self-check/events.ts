import { RuleReference } from '@dulian/dated-rules'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'
import { Answer, Person } from '../visit/events.ts'

/** A month of routine supervision, `YYYY-MM`. */
export const Period = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
export type Period = z.infer<typeof Period>

/** Which edition of which list; its items follow from the list itself, or from the dated standing list. */
export const ChecklistReference = z.object({
  checklistId: z.uuid(),
  edition: z.number().int().positive(),
  title: z.string(),
})
export type ChecklistReference = z.infer<typeof ChecklistReference>

/** Asked of one school for one month, by the clock or by the office. */
export const SelfCheckOpened = z.object({
  period: Period,
  schoolId: z.uuid(),
  schoolName: z.string(),
  /** School, kindergarten, training institution, … as registered. */
  kind: z.string(),
  zoneId: z.uuid().nullable(),
  zoneName: z.string().nullable(),
  checklist: ChecklistReference,
  openedOn: z.iso.date(),
  dueOn: z.iso.date(),
  /** The rule the due day follows. */
  rule: RuleReference,
  /** Null: the clock. */
  openedBy: Person.nullable(),
})
export type SelfCheckOpened = z.infer<typeof SelfCheckOpened>

/** What was asked, as the school read it. */
export const AskedItem = z.object({ code: z.string(), title: z.string() })
export type AskedItem = z.infer<typeof AskedItem>

/** What the school says of itself, item by item. */
export const SelfCheckSubmitted = z.object({
  items: z.array(AskedItem),
  answers: z.array(Answer),
  /** How it was done, what was found, what was put right at once. */
  statement: z.string(),
  submittedOn: z.iso.date(),
  submittedBy: Person,
})
export type SelfCheckSubmitted = z.infer<typeof SelfCheckSubmitted>

/** Sent back to the school, to be handed in again. */
export const SelfCheckReturned = z.object({ reason: z.string(), returnedOn: z.iso.date(), returnedBy: Person })
export type SelfCheckReturned = z.infer<typeof SelfCheckReturned>

const declarations = {
  SelfCheckOpened: { stored: 'self-check-opened.v1', schema: SelfCheckOpened },
  SelfCheckSubmitted: { stored: 'self-check-submitted.v1', schema: SelfCheckSubmitted },
  SelfCheckReturned: { stored: 'self-check-returned.v1', schema: SelfCheckReturned },
} as const

export const selfCheckEvents = eventCatalogue(declarations)
export type SelfCheckEvent = EventOf<typeof declarations>

import { FindingSeverity } from '@dulian/contracts'
import { RuleReference } from '@dulian/dated-rules'
import { z } from 'zod'

/** One line of a checklist, worded so that 是 means in order and 否 is a finding. */
export const ChecklistItem = z.object({
  code: z.string().min(1).max(32),
  title: z.string().min(1).max(200),
  /** The rule the item rests on, e.g. 《…办法》第八条. */
  clause: z.string().max(300).nullable(),
  /** What to look at on site. */
  prompt: z.string().max(500).nullable(),
  /** How grave a negative answer is proposed to be. */
  severity: FindingSeverity,
})
export type ChecklistItem = z.infer<typeof ChecklistItem>

/** The list as a visit was made with it: later editions change nothing of it. */
export const ChecklistEdition = z.object({
  checklistId: z.uuid(),
  edition: z.number().int().positive(),
  title: z.string(),
  items: z.array(ChecklistItem),
  /** Set when the list is one of the dated standing lists: under which rule and version it was chosen. */
  rule: RuleReference.nullable(),
})
export type ChecklistEdition = z.infer<typeof ChecklistEdition>

import { FindingSeverity, SchoolKind, SchoolStage } from '@dulian/contracts'
import { RuleReference } from '@dulian/dated-rules'
import { z } from 'zod'

/** Whether an answer needs a photo or document: never, when it is 否, or whatever it is (不适用 apart). */
export const EvidenceNeed = z.enum(['optional', 'on-negative', 'always'])
export type EvidenceNeed = z.infer<typeof EvidenceNeed>

/** One line of a checklist, worded so that 是 means in order and 否 is a finding. */
export const ChecklistItem = z.object({
  code: z.string().min(1).max(32),
  /** The topic it stands under, e.g. 学校安全; results are compared by it. */
  group: z.string().max(50).nullable(),
  title: z.string().min(1).max(200),
  /** The rule the item rests on, e.g. 《…办法》第八条. */
  clause: z.string().max(300).nullable(),
  /** What to look at on site. */
  prompt: z.string().max(500).nullable(),
  /** What answering 否 says about the school. */
  negative: z.string().max(200).nullable(),
  evidence: EvidenceNeed,
  /** How grave a negative answer is proposed to be. */
  severity: FindingSeverity,
})
export type ChecklistItem = z.infer<typeof ChecklistItem>

/** Which schools a list is for; an empty list of kinds or stages leaves nobody out. */
export const AppliesTo = z.object({ kinds: z.array(SchoolKind), stages: z.array(SchoolStage) })
export type AppliesTo = z.infer<typeof AppliesTo>

export const everySchool: AppliesTo = { kinds: [], stages: [] }

export function appliesToSchool(
  { kinds, stages }: AppliesTo,
  school: { readonly kind: string; readonly stage: string },
): boolean {
  const includes = (wanted: readonly string[], value: string) => wanted.length === 0 || wanted.includes(value)
  return includes(kinds, school.kind) && includes(stages, school.stage)
}

/** The list as a visit was made with it: later editions change nothing of it. */
export const ChecklistEdition = z.object({
  checklistId: z.uuid(),
  edition: z.number().int().positive(),
  title: z.string(),
  appliesTo: AppliesTo,
  items: z.array(ChecklistItem),
  /** Set when the list comes from a dated rule: under which rule and version it was chosen. */
  rule: RuleReference.nullable(),
})
export type ChecklistEdition = z.infer<typeof ChecklistEdition>

/** An item as it was stored before items had groups. */
const ChecklistItemV1 = ChecklistItem.pick({ code: true, title: true, clause: true, prompt: true, severity: true })

/** Anything stored that carried a list's items before they had groups: the same with nothing said of what was not asked. */
export const listFromV1 = z.looseObject({ items: z.array(ChecklistItemV1) }).transform((list) => ({
  ...list,
  appliesTo: everySchool,
  items: list.items.map((item) => ({ ...item, group: null, negative: null, evidence: 'optional' as const })),
}))

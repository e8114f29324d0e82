import type { ChecklistItem } from '../checklist/checklist-item.ts'

/** An item as the dated lists write it down; `negative` and the like only where they say something. */
export interface ListedItem
  extends Pick<ChecklistItem, 'code' | 'title'>,
    Partial<Pick<ChecklistItem, 'clause' | 'negative' | 'evidence' | 'severity'>> {
  readonly prompt: string
}

/** The items of one topic as a checklist holds them. */
export function itemsOf(group: string, items: readonly ListedItem[]): ChecklistItem[] {
  return items.map(({ code, title, prompt, clause, negative, evidence, severity }) => ({
    code,
    group,
    title,
    clause: clause ?? null,
    prompt,
    negative: negative ?? null,
    evidence: evidence ?? 'optional',
    severity: severity ?? 'ordinary',
  }))
}

import type { Checklist, ChecklistItem, Severity } from '../../api/types.ts'

/** One item while it is being written. */
export interface ItemValues {
  code: string
  title: string
  clause?: string
  prompt?: string
  severity: Severity
}

/** A stored item as the form shows it. */
export function fromItem(item: ChecklistItem): ItemValues {
  return {
    code: item.code,
    title: item.title,
    severity: item.severity,
    ...(item.clause === null ? {} : { clause: item.clause }),
    ...(item.prompt === null ? {} : { prompt: item.prompt }),
  }
}

/** What is to be edited: the draft when there is one. */
export function contentOf(checklist: Checklist): { title: string; items: ItemValues[] } {
  const content = checklist.draft ?? checklist
  return { title: content.title, items: content.items.map(fromItem) }
}

/** An item as the command wants it: without empty words. */
export function toItem({ code, title, clause = '', prompt = '', severity }: ItemValues) {
  return {
    code: code.trim(),
    title: title.trim(),
    severity,
    ...(clause.trim() === '' ? {} : { clause: clause.trim() }),
    ...(prompt.trim() === '' ? {} : { prompt: prompt.trim() }),
  }
}

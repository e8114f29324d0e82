import type { Checklist, ChecklistItem, SchoolKind, SchoolStage, Severity } from '../../api/types.ts'

/** One item while it is being written. */
export interface ItemValues {
  code: string
  group?: string
  title: string
  clause?: string
  prompt?: string
  negative?: string
  evidence: ChecklistItem['evidence']
  severity: Severity
}

/** A list while it is being written. */
export interface ChecklistValues extends Record<string, unknown> {
  title: string
  kinds?: SchoolKind[]
  stages?: SchoolStage[]
  items: ItemValues[]
}

/** A stored item as the form shows it. */
export function fromItem({ code, title, severity, evidence, ...words }: ChecklistItem): ItemValues {
  const { group, clause, prompt, negative } = words
  return {
    code,
    title,
    severity,
    evidence,
    ...(group === null ? {} : { group }),
    ...(clause === null ? {} : { clause }),
    ...(prompt === null ? {} : { prompt }),
    ...(negative === null ? {} : { negative }),
  }
}

/** What is to be edited: the draft when there is one. */
export function contentOf(checklist: Checklist): ChecklistValues {
  const { title, appliesTo, items } = checklist.draft ?? checklist
  return { title, kinds: appliesTo.kinds, stages: appliesTo.stages, items: items.map(fromItem) }
}

/** A list as the command wants it: without empty words. */
export function toWording({ title, kinds, stages, items }: ChecklistValues) {
  return { title, appliesTo: { kinds: kinds ?? [], stages: stages ?? [] }, items: items.map(toItem) }
}

function toItem({ code, title, severity, evidence, ...words }: ItemValues) {
  const { group = '', clause = '', prompt = '', negative = '' } = words
  return {
    code: code.trim(),
    title: title.trim(),
    severity,
    evidence,
    ...(group.trim() === '' ? {} : { group: group.trim() }),
    ...(clause.trim() === '' ? {} : { clause: clause.trim() }),
    ...(prompt.trim() === '' ? {} : { prompt: prompt.trim() }),
    ...(negative.trim() === '' ? {} : { negative: negative.trim() }),
  }
}

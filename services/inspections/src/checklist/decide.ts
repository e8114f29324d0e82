import { inspectionsError } from '../errors.ts'
import type { ChecklistEdition } from './checklist-item.ts'
import type { ChecklistEvent } from './events.ts'
import type { Checklist, Wording } from './state.ts'

/** A new list, not yet usable. Errors: `CHECKLIST_EMPTY`, `CHECKLIST_CODE_REPEATED`. */
export function draftChecklist(command: Wording, state: Checklist): ChecklistEvent[] {
  if (state.stage !== 'none') return []
  return [{ type: 'ChecklistDrafted', data: checked(command) }]
}

/** The next edition's wording; the published one stays in use meanwhile. */
export function reviseChecklist(command: Wording, state: Checklist): ChecklistEvent[] {
  if (state.stage === 'none') throw inspectionsError('CHECKLIST_NOT_FOUND')
  return [{ type: 'ChecklistRevised', data: checked(command) }]
}

/** Makes the draft the next numbered edition. Errors: `CHECKLIST_NOTHING_TO_PUBLISH`. */
export function publishChecklist(state: Checklist): ChecklistEvent[] {
  if (state.stage === 'none') throw inspectionsError('CHECKLIST_NOT_FOUND')
  const editions = state.stage === 'published' ? state.editions : []
  if (state.draft === undefined) {
    throw inspectionsError('CHECKLIST_NOTHING_TO_PUBLISH', {
      title: editions.at(-1)?.title,
      edition: editions.length,
    })
  }
  const data = { edition: editions.length + 1, ...checked(state.draft) }
  return [{ type: 'ChecklistPublished', data }]
}

/** The edition in use, or the one asked for. Errors: `CHECKLIST_NOT_FOUND`, `CHECKLIST_NOT_PUBLISHED`. */
export function getEdition(checklistId: string, state: Checklist, edition?: number): ChecklistEdition {
  if (state.stage === 'none') throw inspectionsError('CHECKLIST_NOT_FOUND')
  if (state.stage === 'draft') throw inspectionsError('CHECKLIST_NOT_PUBLISHED', { title: state.draft.title })
  const number = edition ?? state.editions.length
  const wording = state.editions[number - 1]
  if (wording === undefined) throw inspectionsError('CHECKLIST_NOT_FOUND', { edition: number })
  const { title, appliesTo, items } = wording
  return { checklistId, edition: number, title, appliesTo, items: [...items], rule: null }
}

function checked(wording: Wording): Pick<ChecklistEdition, 'title' | 'appliesTo' | 'items'> {
  if (wording.items.length === 0) throw inspectionsError('CHECKLIST_EMPTY', {}, { pointer: '/items' })
  const codes = new Set<string>()
  for (const [place, { code }] of wording.items.entries()) {
    if (codes.has(code))
      throw inspectionsError('CHECKLIST_CODE_REPEATED', { code }, { pointer: `/items/${place}/code` })
    codes.add(code)
  }
  return { title: wording.title, appliesTo: wording.appliesTo, items: [...wording.items] }
}

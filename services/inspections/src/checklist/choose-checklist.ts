import type { Streams } from '@dulian/event-sourcing'
import { inspectionsError } from '../errors.ts'
import { findBuiltInList } from '../rules/built-in-lists.ts'
import { standingChecklistAt } from '../rules/standing-checklist.ts'
import { appliesToSchool, type ChecklistEdition } from './checklist-item.ts'
import { getEdition } from './decide.ts'
import type { ChecklistEvent } from './events.ts'
import type { Checklist } from './state.ts'

interface Choice {
  readonly office: string
  /** The day the list is used on. */
  readonly day: string
  readonly school: { readonly kind: string }
  /** The monthly list of the school's kind when absent. */
  readonly checklistId?: string | undefined
  /** The edition in use when absent. */
  readonly edition?: number | undefined
}

/** The list a visit is made with. Errors: `CHECKLIST_NOT_FOUND`, `CHECKLIST_NOT_PUBLISHED`. */
export async function chooseChecklist(
  checklists: Streams<Checklist, ChecklistEvent>,
  { office, day, school, checklistId, edition }: Choice,
): Promise<ChecklistEdition> {
  if (checklistId === undefined) return standingChecklistAt(office, day, school.kind)
  return (
    findBuiltInList(office, day, checklistId) ??
    getEdition(checklistId, (await checklists.load(office, checklistId)).state, edition)
  )
}

/** Errors: `CHECKLIST_NOT_FOR_SCHOOL`. */
export function requireListFor(
  { title, appliesTo }: ChecklistEdition,
  school: { readonly name: string; readonly kind: string; readonly stage: string },
): void {
  if (appliesToSchool(appliesTo, school)) return
  throw inspectionsError('CHECKLIST_NOT_FOR_SCHOOL', { title, school: school.name }, { pointer: '/checklistId' })
}

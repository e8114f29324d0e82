import type { Streams } from '@dulian/event-sourcing'
import type { ChecklistEdition } from '../checklist/checklist-item.ts'
import { getEdition } from '../checklist/decide.ts'
import type { ChecklistEvent } from '../checklist/events.ts'
import type { Checklist } from '../checklist/state.ts'
import { standingChecklistAt } from '../rules/standing-checklist.ts'
import type { SelfCheckOpened } from './events.ts'

type Checklists = Streams<Checklist, ChecklistEvent>

/** The list a self-check is opened with: the one chosen, else the office's standing list of that day. */
export async function listToOpenWith(
  checklists: Checklists,
  office: string,
  day: string,
  checklistId: string | undefined,
): Promise<ChecklistEdition> {
  const standing = standingChecklistAt(office, day)
  if (checklistId === undefined || checklistId === standing.checklistId) return standing
  return getEdition(checklistId, (await checklists.load(office, checklistId)).state)
}

/** The list as it was when the self-check was opened, with its items. */
export async function listOf(
  checklists: Checklists,
  office: string,
  opened: SelfCheckOpened,
): Promise<ChecklistEdition> {
  const { checklistId, edition } = opened.checklist
  const standing = standingChecklistAt(office, opened.openedOn)
  if (checklistId === standing.checklistId) return standing
  return getEdition(checklistId, (await checklists.load(office, checklistId)).state, edition)
}

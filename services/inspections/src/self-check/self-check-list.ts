import type { Streams } from '@dulian/event-sourcing'
import type { ChecklistEdition } from '../checklist/checklist-item.ts'
import { chooseChecklist } from '../checklist/choose-checklist.ts'
import type { ChecklistEvent } from '../checklist/events.ts'
import type { Checklist } from '../checklist/state.ts'
import { standingChecklistAt } from '../rules/standing-checklist.ts'
import type { SelfCheckOpened } from './events.ts'

type Checklists = Streams<Checklist, ChecklistEvent>

/** The list a self-check is opened with: the one chosen for all, else the office's standing list of that day for a school of this kind. */
export async function listToOpenWith(
  checklists: Checklists,
  office: string,
  day: string,
  checklistId: string | undefined,
): Promise<(kind: string) => ChecklistEdition> {
  if (checklistId === undefined) return (kind) => standingChecklistAt(office, day, kind)
  const chosen = await chooseChecklist(checklists, { office, day, school: { kind: 'school' }, checklistId })
  return () => chosen
}

/** The list as it was when the self-check was opened, with its items. */
export async function listOf(
  checklists: Checklists,
  office: string,
  opened: SelfCheckOpened,
): Promise<ChecklistEdition> {
  const { checklistId, edition } = opened.checklist
  return await chooseChecklist(checklists, { office, day: opened.openedOn, school: opened, checklistId, edition })
}

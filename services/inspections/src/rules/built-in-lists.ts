import type { ChecklistEdition } from '../checklist/checklist-item.ts'
import { standingChecklistAt } from './standing-checklist.ts'
import { topicSetsAt } from './topic-sets.ts'

/** A list by its id when it comes with the product: a monthly one or one by topics, as of a day. */
export function findBuiltInList(office: string, day: string, checklistId: string): ChecklistEdition | undefined {
  const monthly = [standingChecklistAt(office, day), standingChecklistAt(office, day, 'kindergarten')]
  const found = monthly.find((list) => list.checklistId === checklistId)
  if (found !== undefined) return found
  const topics = topicSetsAt(office, day).find((list) => list.checklistId === checklistId)
  if (topics === undefined) return undefined
  const { key: _, source: __, ...edition } = topics
  return edition
}

import type { AdoptedTask, ItemCorrected, PlanEvent, PlanImported, PlanItem } from './events.ts'

/** An item as it is now. */
export interface CurrentItem extends PlanItem {
  /** Heading and text as the document prints them, once one of them was corrected. */
  readonly printed: { readonly heading: string | null; readonly text: string } | null
  /** A person's word on whether this item is a task; null while the proposal stands. */
  readonly becomesTask: boolean | null
  readonly note: string | null
}

/** What is known of a plan at every stage. */
interface Known {
  readonly plan: Omit<PlanImported, 'items'>
  readonly items: readonly CurrentItem[]
}

export type Plan =
  | { readonly stage: 'unknown' }
  | ({ readonly stage: 'imported' } & Known)
  | ({ readonly stage: 'adopted' | 'issued' | 'closed'; readonly tasks: readonly AdoptedTask[] } & Known)

export const initialPlan: Plan = { stage: 'unknown' }

export function evolvePlan(state: Plan, event: PlanEvent): Plan {
  switch (event.type) {
    case 'PlanImported': {
      const { items, ...plan } = event.data
      return { stage: 'imported', plan, items: items.map(asImported) }
    }
    case 'ItemCorrected':
      return state.stage === 'unknown' ? state : corrected(state, event.data)
    case 'PlanAdopted':
      return state.stage === 'imported' ? { ...state, stage: 'adopted', tasks: event.data.tasks } : state
    case 'PlanIssued':
      return state.stage === 'adopted' ? { ...state, stage: 'issued', plan: { ...state.plan, ...event.data } } : state
    case 'PlanClosed':
      return state.stage === 'adopted' || state.stage === 'issued' ? { ...state, stage: 'closed' } : state
    default:
      event satisfies never
      return state
  }
}

function asImported(item: PlanItem): CurrentItem {
  return { ...item, printed: null, becomesTask: null, note: null }
}

function corrected(state: Exclude<Plan, { stage: 'unknown' }>, data: ItemCorrected): Plan {
  const items = state.items.map((item) => (item.itemId === data.itemId ? withChanges(item, data) : item))
  if (state.stage === 'imported') return { ...state, items }
  const { comprehensiveInspection } = data.changes
  if (comprehensiveInspection === undefined) return { ...state, items }
  const tasks = state.tasks.map((task) => (task.itemId === data.itemId ? { ...task, comprehensiveInspection } : task))
  return { ...state, items, tasks }
}

function withChanges(item: CurrentItem, { changes, note }: ItemCorrected): CurrentItem {
  const { heading, text, bodies, dates, quantities, excluded, becomesTask, comprehensiveInspection } = changes
  const touchesPrint = heading !== undefined || text !== undefined
  return {
    ...item,
    heading: heading === undefined ? item.heading : heading,
    text: text ?? item.text,
    bodies: bodies ?? item.bodies,
    dates: dates ?? item.dates,
    quantities: quantities ?? item.quantities,
    excluded: excluded ?? item.excluded,
    becomesTask: becomesTask === undefined ? item.becomesTask : becomesTask,
    comprehensiveInspection: comprehensiveInspection ?? item.comprehensiveInspection,
    printed: touchesPrint ? (item.printed ?? { heading: item.heading, text: item.text }) : item.printed,
    note: note ?? item.note,
  }
}

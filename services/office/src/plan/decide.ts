import { referenceTo, ruleAt } from '@dulian/dated-rules'
import { officeError } from '../errors.ts'
import { comprehensiveInspections } from '../rules/comprehensive-inspections.ts'
import { adoptedTasks } from './adopted-tasks.ts'
import type { ItemChanges, PlanEvent, PlanImported } from './events.ts'
import type { CurrentItem, Plan } from './state.ts'

export function importPlan(plan: PlanImported): PlanEvent[] {
  if (plan.items.length === 0) throw officeError('PLAN_WITHOUT_ITEMS')
  return [{ type: 'PlanImported', data: plan }]
}

export interface CorrectItem {
  readonly itemId: string
  readonly changes: ItemChanges
  readonly note: string | null
}

/** Everything before the adoption; afterwards only which task is the year's 综合督导. */
export function correctItem(command: CorrectItem, state: Plan): PlanEvent[] {
  const known = requireOpen(state)
  const item = known.items.find(({ itemId }) => itemId === command.itemId)
  if (item === undefined) throw officeError('PLAN_ITEM_UNKNOWN')
  const changes = changesTo(standing(item, known), command.changes)
  const named = Object.keys(changes)
  if (named.length === 0 && command.note === null) {
    if (Object.keys(command.changes).length > 0) return []
    throw officeError('PLAN_ITEM_NOTHING_TO_CORRECT')
  }
  if (known.stage !== 'imported') {
    if (named.some((name) => name !== 'comprehensiveInspection')) throw officeError('PLAN_ITEM_SETTLED')
    const marks = changes.comprehensiveInspection === true
    if (marks && !known.tasks.some(({ itemId }) => itemId === command.itemId)) {
      throw officeError('PLAN_ITEM_HAS_NO_TASK')
    }
  }
  return [{ type: 'ItemCorrected', data: { itemId: command.itemId, changes, note: command.note } }]
}

export function adoptPlan(command: { readonly planId: string }, state: Plan): PlanEvent[] {
  const known = requireKnown(state)
  if (known.stage === 'closed') throw officeError('PLAN_CLOSED', { title: known.plan.title })
  if (known.stage !== 'imported') return []
  const { issuer, year, title } = known.plan
  const tasks = adoptedTasks({ planId: command.planId, issuer, year, items: known.items })
  if (tasks.length === 0) throw officeError('PLAN_NOTHING_TO_ADOPT')
  return [{ type: 'PlanAdopted', data: { planTitle: title, tasks } }]
}

export interface IssuePlan {
  readonly documentNumber: string
  readonly issuedOn: string
  readonly recipients: readonly string[]
}

export function issuePlan(command: IssuePlan, state: Plan): PlanEvent[] {
  const known = requireOpen(state)
  const { title, documentNumber, issuedOn } = known.plan
  if (known.stage === 'imported') throw officeError('PLAN_NOT_ADOPTED', { title })
  if (known.stage === 'issued') {
    if (documentNumber === command.documentNumber && issuedOn === command.issuedOn) return []
    throw officeError('PLAN_ALREADY_ISSUED', { title, documentNumber })
  }
  return [{ type: 'PlanIssued', data: { ...command, recipients: [...command.recipients] } }]
}

export interface ClosePlan {
  /** Of the tasks marked as 综合督导, those that are completed, as looked up. */
  readonly completed: ReadonlySet<string>
  /** The tasks for which a 综合督导 was carried out and closed, as the inspections told. */
  readonly inspected: ReadonlySet<string>
  readonly on: string
}

/** The year is not closed without its 综合督导 (I1): a task marked as one and completed, or one that such an inspection was held for. */
export function closePlan(command: ClosePlan, state: Plan): PlanEvent[] {
  const known = requireKnown(state)
  if (known.stage === 'closed') return []
  if (known.stage === 'imported') throw officeError('PLAN_NOT_ADOPTED', { title: known.plan.title })
  const rule = ruleAt(comprehensiveInspections, command.on)
  const marked = known.tasks.filter((task) => task.comprehensiveInspection)
  const held = known.tasks
    .filter(
      (task) =>
        command.inspected.has(task.taskId) || (task.comprehensiveInspection && command.completed.has(task.taskId)),
    )
    .map(({ taskId }) => taskId)
  if (held.length < rule.value.perYear) {
    throw officeError('PLAN_COMPREHENSIVE_INSPECTION_MISSING', {
      required: rule.value.perYear,
      found:
        marked.length === 0
          ? '本计划还没有任务标记为综合督导'
          : `本计划的综合督导任务“${marked[0]?.title ?? ''}”还没有完成`,
      marked: marked.map(({ taskId }) => taskId),
      rule: referenceTo(rule),
    })
  }
  return [{ type: 'PlanClosed', data: { comprehensiveInspections: held, rule: referenceTo(rule) } }]
}

type KnownPlan = Exclude<Plan, { stage: 'unknown' }>

function requireKnown(state: Plan): KnownPlan {
  if (state.stage === 'unknown') throw new TypeError('the stream of a plan that was never imported')
  return state
}

function requireOpen(state: Plan): KnownPlan {
  const known = requireKnown(state)
  if (known.stage === 'closed') throw officeError('PLAN_CLOSED', { title: known.plan.title })
  return known
}

/** Once adopted, what counts is the mark on the task, which an item takes over from what is enumerated in it. */
function standing(item: CurrentItem, known: KnownPlan): CurrentItem {
  const task = known.stage === 'imported' ? undefined : known.tasks.find(({ itemId }) => itemId === item.itemId)
  return task === undefined ? item : { ...item, comprehensiveInspection: task.comprehensiveInspection }
}

/** What would really change: naming a value the item has already is no change. */
function changesTo(item: CurrentItem, wanted: ItemChanges): ItemChanges {
  const before: Required<ItemChanges> = { ...item }
  const changed = Object.entries(wanted).filter(
    ([name, value]) =>
      value !== undefined && JSON.stringify(value) !== JSON.stringify(before[name as keyof ItemChanges]),
  )
  return Object.fromEntries(changed)
}

import { type Decoded, defineProjection, on, streamOf, type UnitOfWork } from '@dulian/event-sourcing'
import { type PlanEvent, planEvents } from '../../plan/events.ts'
import { taskEvents } from '../../task/events.ts'
import { bodyToken } from '../body-token.ts'

export const PLANS = 'plans'
const TASKS = 'tasks'

/** A plan as lists show it; its items are read from its own stream. */
export type PlanDocument = {
  readonly planId: string
  readonly office: string
  readonly title: string
  readonly issuer: string | null
  readonly documentNumber: string | null
  readonly year: number
  readonly state: 'imported' | 'adopted' | 'issued' | 'closed'
  /** Items of the document, without the titles of further plans in it. */
  readonly items: number
  readonly tasks: number
  readonly done: number
  readonly importedAt: string
  readonly version: number
  /** In how many of its tasks each body takes part. */
  readonly bodies: { readonly [name: string]: number }
  /** The same bodies, to be found by. */
  readonly tokens: readonly string[]
}

/** What the plan's numbers rest on: whether a task counts as done, and whose it is. */
type TaskOfPlan = { readonly planId: string; readonly done: boolean; readonly bodies: readonly string[] }

export const plansProjection = defineProjection(
  {
    name: 'plans',
    revision: 2,
    collections: {
      [PLANS]: {
        indexes: {
          byYear: ['office', 'year', 'importedAt'],
          byImport: ['office', 'importedAt'],
          byState: ['office', 'state'],
        },
        tokens: 'tokens',
      },
      [TASKS]: { indexes: {} },
    },
  },
  [
    on(planEvents, {
      PlanImported: (event, unit) => {
        const { office, id } = streamOf(event)
        const { title, issuer, documentNumber, year, items } = event.data
        put(unit, {
          planId: id,
          office,
          title,
          issuer,
          documentNumber,
          year,
          state: 'imported',
          items: items.filter(({ marker }) => marker !== '').length,
          tasks: 0,
          done: 0,
          importedAt: event.envelope.time,
          version: event.envelope.version,
          bodies: {},
          tokens: [],
        })
      },
      ItemCorrected: (event, unit) => change(event, unit, {}),
      PlanAdopted: (event, unit) => {
        const named = event.data.tasks.flatMap((task) => namesOf(task))
        return change(event, unit, { state: 'adopted', tasks: event.data.tasks.length, ...counted({}, [], named) })
      },
      PlanIssued: (event, unit) => change(event, unit, { state: 'issued', documentNumber: event.data.documentNumber }),
      PlanClosed: (event, unit) => change(event, unit, { state: 'closed' }),
    }),
    on(taskEvents, {
      TaskAssigned: (event, unit) => {
        unit.put(TASKS, streamOf(event).id, { planId: event.data.planId, done: false, bodies: namesOf(event.data) })
      },
      TaskReassigned: async (event, unit) => {
        const { id } = streamOf(event)
        const task = await unit.get<TaskOfPlan>(TASKS, id)
        if (task === undefined) return
        const bodies = namesOf(event.data)
        unit.put(TASKS, id, { ...task, bodies })
        const plan = await unit.get<PlanDocument>(PLANS, task.planId)
        if (plan !== undefined) put(unit, { ...plan, ...counted(plan.bodies, task.bodies, bodies) })
      },
      TaskCompleted: (event, unit) => settle(unit, streamOf(event).id, true),
      TaskReopened: (event, unit) => settle(unit, streamOf(event).id, false),
    }),
  ],
)

async function change(event: Decoded<PlanEvent>, unit: UnitOfWork, changed: Partial<PlanDocument>): Promise<void> {
  const plan = await unit.get<PlanDocument>(PLANS, streamOf(event).id)
  if (plan !== undefined) put(unit, { ...plan, ...changed, version: event.envelope.version })
}

async function settle(unit: UnitOfWork, taskId: string, done: boolean): Promise<void> {
  const task = await unit.get<TaskOfPlan>(TASKS, taskId)
  if (task === undefined || task.done === done) return
  unit.put(TASKS, taskId, { ...task, done })
  const plan = await unit.get<PlanDocument>(PLANS, task.planId)
  if (plan !== undefined) put(unit, { ...plan, done: plan.done + (done ? 1 : -1) })
}

function namesOf({ bodies }: { readonly bodies: readonly { readonly name: string }[] }): string[] {
  return [...new Set(bodies.map(({ name }) => name))]
}

/** The count of bodies after one task's (or many tasks') bodies have become others. */
function counted(
  before: PlanDocument['bodies'],
  gone: readonly string[],
  come: readonly string[],
): Pick<PlanDocument, 'bodies' | 'tokens'> {
  const counts = new Map(Object.entries(before))
  for (const name of gone) counts.set(name, (counts.get(name) ?? 0) - 1)
  for (const name of come) counts.set(name, (counts.get(name) ?? 0) + 1)
  const left = [...counts].filter(([, tasks]) => tasks > 0)
  return { bodies: Object.fromEntries(left), tokens: left.map(([name]) => bodyToken(name)) }
}

function put(unit: UnitOfWork, plan: PlanDocument): void {
  unit.put(PLANS, plan.planId, plan)
}

import { Id } from '@dulian/contracts'
import { eventSourcingError } from '@dulian/event-sourcing'
import { freshnessAt, LookBackQuery, pageWithPast, viewAt } from '@dulian/history/http'
import { type DataScope, inScope, PageQuery, query, versioned } from '@dulian/http-kit'
import { findAll, type Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Office } from '../../office.ts'
import { Body } from '../../plan/bodies.ts'
import { type AdoptedTask, ItemDate, ItemQuantity } from '../../plan/events.ts'
import { type ItemRole, outlineRoles } from '../../plan/outline-roles.ts'
import type { CurrentItem, Plan } from '../../plan/state.ts'
import { bodyToken } from '../body-token.ts'
import { TASKS, type TaskDocument } from '../tasks/projection.ts'
import { PLANS, type PlanDocument } from './projection.ts'

const State = z.enum(['imported', 'adopted', 'issued', 'closed'])
const PlanHead = z.object({
  planId: z.string(),
  title: z.string(),
  issuer: z.string().nullable(),
  documentNumber: z.string().nullable(),
  office: z.string(),
  year: z.number().int(),
  state: State,
  tasks: z.number().int(),
  done: z.number().int(),
  version: z.number().int(),
  importedAt: z.string(),
})
const ItemAnswer = z.object({
  itemId: z.string(),
  parentId: z.string().nullable(),
  order: z.number().int(),
  marker: z.string(),
  level: z.number().int(),
  heading: z.string().nullable(),
  text: z.string(),
  bodies: z.array(Body),
  dates: z.array(ItemDate),
  quantities: z.array(ItemQuantity),
  /** As the document prints it, once corrected. */
  printed: z.object({ heading: z.string().nullable(), text: z.string() }).nullable(),
  note: z.string().nullable(),
  excluded: z.boolean(),
  comprehensiveInspection: z.boolean(),
  /** A person's word; null while the proposal in `role` stands. */
  becomesTask: z.boolean().nullable(),
  role: z.enum(['task', 'part', 'group', 'excluded']),
  taskId: z.string().nullable(),
  task: z
    .object({
      taskId: z.string(),
      state: z.enum(['assigned', 'in-progress', 'completed']),
      progressPercent: z.number().int(),
      evidence: z.number().int(),
      lead: z.string(),
      dueOn: z.string(),
    })
    .nullable(),
})
const PlanAnswer = PlanHead.extend({
  preamble: z.string(),
  trailing: z.string(),
  recipients: z.array(z.string()),
  issuedOn: z.string().nullable(),
  source: z.object({ fileName: z.string(), hash: z.string() }),
  items: z.array(ItemAnswer),
})

/** Reading plans. A body's liaison sees the plans in which its body has a task, and of their tasks its own. */
export function planViewRoutes(app: FastifyInstance, office: Office): void {
  const { tasksView, past } = office
  const tags = ['计划']

  query(app, {
    url: '/plans',
    tags,
    permission: 'plan.read',
    summary: '计划列表',
    query: PageQuery.extend({
      ...LookBackQuery,
      year: z.coerce.number().int().optional(),
      state: State.optional(),
    }),
    answer: pageWithPast(PlanHead.extend({ items: z.number().int() })),
    freshness: ({ query: days }) => freshnessAt(past.plans, days),
    handle: async ({ query: { limit, cursor, asOf, validOn, ...filters }, scope }) => {
      const { view, lookedBack } = viewAt(past.plans, { asOf, validOn })
      const page = await view.find<PlanDocument>(PLANS, {
        where: { ...filters, ...plansWithin(scope) },
        sort: [['importedAt', 'desc']],
        limit,
        cursor,
      })
      return {
        items: page.items.map(({ document: { tokens: _, bodies: __, ...plan } }) => plan),
        nextCursor: page.nextCursor,
        lookedBack,
      }
    },
  })

  query(app, {
    url: '/plans/:id',
    tags,
    permission: 'plan.read',
    summary: '一份计划的全文、条目及办理情况',
    params: z.object({ id: Id }),
    answer: PlanAnswer,
    freshness: () => tasksView,
    handle: async ({ params, scope }) => {
      const { state, version } = await office.plans.get(scope.office, params.id)
      if (state.stage === 'unknown') throw eventSourcingError('STREAM_NOT_FOUND')
      const [tasks, [imported]] = await Promise.all([
        findAll<TaskDocument>(tasksView, TASKS, {
          where: { office: scope.office, planId: params.id },
          sort: [['order', 'asc']],
        }),
        office.plans.history(scope.office, params.id),
      ])
      const visible = tasks.filter((task) => isVisible(scope, task))
      if (scope.kind !== 'office' && visible.length === 0) throw eventSourcingError('STREAM_NOT_FOUND')
      const { plan, items, stage } = state
      const { contentHash: _, ...source } = plan.source
      const answer = {
        planId: params.id,
        office: scope.office,
        ...plan,
        source,
        state: stage,
        tasks: stage === 'imported' ? 0 : state.tasks.length,
        done: tasks.filter((task) => task.state === 'completed').length,
        version,
        importedAt: imported?.envelope.time ?? '',
        items: itemsOf(items, outlineRoles(items), scope.kind === 'office' ? adoptedOf(state) : visible, visible),
      }
      return versioned(answer, version)
    },
  })
}

/** The plans somebody sees. */
export function plansWithin(scope: DataScope): Where {
  if (scope.kind === 'office') return { office: scope.office }
  return { office: scope.office, tokens: { all: [bodyToken(scope.kind === 'body' ? (scope.value ?? '') : '')] } }
}

function isVisible(scope: DataScope, { office, bodies }: TaskDocument): boolean {
  return inScope(scope, { office, bodies: bodies.map(({ name }) => name) })
}

function adoptedOf(state: Plan): readonly AdoptedTask[] {
  return state.stage === 'unknown' || state.stage === 'imported' ? [] : state.tasks
}

function itemsOf(
  items: readonly CurrentItem[],
  roles: ReadonlyMap<string, ItemRole>,
  adopted: readonly Pick<AdoptedTask, 'itemId' | 'taskId'>[],
  tasks: readonly TaskDocument[],
): z.infer<typeof ItemAnswer>[] {
  const taskIds = new Map(adopted.map(({ itemId, taskId }) => [itemId, taskId]))
  const byItem = new Map(tasks.map((task) => [task.itemId, task]))
  return items.map((item) => {
    const task = byItem.get(item.itemId)
    return {
      ...item,
      role: roles.get(item.itemId) ?? 'group',
      taskId: taskIds.get(item.itemId) ?? null,
      task:
        task === undefined
          ? null
          : {
              taskId: task.taskId,
              state: task.state,
              progressPercent: task.progressPercent,
              evidence: task.evidence,
              lead: task.lead,
              dueOn: task.dueOn,
            },
    }
  })
}

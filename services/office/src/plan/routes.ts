import { chinaDate, InputDay } from '@dulian/calendar'
import { Id } from '@dulian/contracts'
import { comparePositions, isDomainError } from '@dulian/event-sourcing'
import { command, grantOf, newStreamId, requireInScope, securedRoute } from '@dulian/http-kit'
import { awaitHead } from '@dulian/service-host'
import { findAll } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { officeError } from '../errors.ts'
import type { Office } from '../office.ts'
import { assignTasks } from '../task/assign-tasks.ts'
import { type HeldInspection, INSPECTIONS } from '../views/tasks/projection.ts'
import { Body } from './bodies.ts'
import { adoptPlan, closePlan, correctItem, importPlan, issuePlan } from './decide.ts'
import { ItemDate, ItemQuantity } from './events.ts'
import { importedPlan, yearOf } from './import-plan.ts'
import { lostCharacters, ParsedPlan, parsePlan } from './parse/index.ts'
import { contentHashOf, planIdOf } from './plan.ts'
import { PlanWarning, planWarnings } from './plan-warnings.ts'
import { acceptPlanFiles, keepSource, LARGEST_PLAN, PlanSourceInput, readPlanText } from './uploaded-plan.ts'

const ById = z.object({ id: Id })
const tags = ['计划']
/** A file with what a multipart body puts around it. */
const bodyLimit = LARGEST_PLAN + 65_536

/** 工作要点: parsing, importing, correcting, adopting, issuing, closing. */
export async function planRoutes(app: FastifyInstance, office: Office): Promise<void> {
  await app.register(async (uploads) => {
    await acceptPlanFiles(uploads)
    parsing(uploads, office)
    importing(uploads, office)
  })
  correcting(app, office)
  deciding(app, office)
}

function parsing(app: FastifyInstance, office: Office): void {
  securedRoute(app, {
    method: 'POST',
    url: '/plans/parse',
    tags,
    permission: 'plan.manage',
    summary: '预览：把计划文件拆解为条目，不保存任何内容',
    body: PlanSourceInput,
    answer: z.object({
      plan: ParsedPlan,
      warnings: z.array(PlanWarning),
      /** Characters of the file that no part of the plan gives back; empty when all are kept. */
      lost: z.string(),
      sourceHash: z.string(),
      year: z.number().int(),
      alreadyImported: Id.nullable(),
    }),
    bodyLimit,
    handler: async (request) => {
      const { identity } = grantOf(request)
      const body = request.body as PlanSourceInput
      const { text } = await readPlanText(request, body, identity.office, office.files)
      const plan = parsePlan(text)
      const year = body.year ?? yearOf(plan, chinaDate(office.clock.now()))
      const sourceHash = contentHashOf(text)
      const planId = planIdOf(identity.office, year, sourceHash)
      const { version } = await office.plans.load(identity.office, planId)
      const lost = lostCharacters(text, plan)
      const warnings = planWarnings(lost, plan)
      return { plan, warnings, lost, sourceHash, year, alreadyImported: version === 0 ? null : planId }
    },
  })
}

function importing(app: FastifyInstance, office: Office): void {
  command(app, {
    url: '/plans',
    tags,
    permission: 'plan.manage',
    summary: '导入计划',
    description:
      '可用 JSON 提交正文（text）或已上传文件的哈希（fileHash），也可用 multipart 直接上传文件。同一内容同一年度只导入一次，除非 again 为 true。',
    body: PlanSourceInput.extend({ again: z.union([z.boolean(), z.stringbool()]).optional() }),
    precondition: 'new',
    bodyLimit,
    handle: async ({ body, context, scope, expected, request }) => {
      requireInScope(scope, { office: context.office })
      const source = await readPlanText(request, body, context.office, office.files)
      const plan = parsePlan(source.text)
      const year = body.year ?? yearOf(plan, chinaDate(context.at))
      const contentHash = contentHashOf(source.text)
      const id = body.again === true ? newStreamId(context) : planIdOf(context.office, year, contentHash)
      const hash = await keepSource(office.files, context.office, source, body.fileName)
      const imported = importedPlan(id, plan, year, { fileName: body.fileName, hash, contentHash })
      try {
        return await office.plans.execute(id, context, { expected, decide: () => importPlan(imported) })
      } catch (error) {
        if (!isDomainError(error, 'STREAM_ALREADY_EXISTS')) throw error
        throw officeError('PLAN_ALREADY_IMPORTED', { planId: id, title: imported.title, year }, { cause: error })
      }
    },
  })
}

function correcting(app: FastifyInstance, office: Office): void {
  command(app, {
    url: '/plans/:id/items/:itemId/correct',
    tags,
    permission: 'plan.manage',
    summary: '校正一个条目',
    description: '改动标题或正文时，原文保留在旁。采纳之后只能标记年度综合督导。',
    params: z.object({ id: Id, itemId: Id }),
    body: z.object({
      heading: z.string().trim().max(200).optional(),
      text: z.string().trim().max(20_000).optional(),
      bodies: z.array(Body).max(60).optional(),
      dates: z
        .array(ItemDate.extend({ from: InputDay, to: InputDay }))
        .max(60)
        .optional(),
      quantities: z.array(ItemQuantity).max(60).optional(),
      excluded: z.boolean().optional(),
      becomesTask: z.boolean().nullable().optional(),
      comprehensiveInspection: z.boolean().optional(),
      note: z.string().trim().min(1).max(1000).optional(),
    }),
    precondition: 'if-match',
    handle: async ({ params, body: { note, ...changes }, context, scope, expected }) => {
      requireInScope(scope, { office: context.office })
      return await office.plans.execute(params.id, context, {
        expected,
        decide: (state) => correctItem({ itemId: params.itemId, changes, note: note ?? null }, state),
      })
    },
  })
}

function deciding(app: FastifyInstance, office: Office): void {
  command(app, {
    url: '/plans/:id/adopt',
    tags,
    permission: 'plan.manage',
    summary: '采纳计划：条目分解为任务',
    params: ById,
    body: z.object({}).optional(),
    answer: z.object({ tasks: z.number().int() }),
    precondition: 'if-match',
    handle: async ({ params, context, scope, expected }) => {
      requireInScope(scope, { office: context.office })
      const adopted = await office.plans.execute(params.id, context, {
        expected,
        decide: (state) => adoptPlan({ planId: params.id }, state),
      })
      const { state } = adopted
      const tasks = state.stage === 'unknown' || state.stage === 'imported' ? [] : state.tasks
      const planTitle = state.stage === 'unknown' ? '' : state.plan.title
      // The policy would do it too; done here, the person finds the tasks when the answer comes.
      const assigned = await assignTasks(office, params.id, { planTitle, tasks: [...tasks] }, context)
      const position = [adopted.position, ...assigned.map((task) => task.position)].toSorted(comparePositions).at(-1)
      return { ...adopted, position: position ?? adopted.position, tasks: tasks.length }
    },
  })

  command(app, {
    url: '/plans/:id/issue',
    tags,
    permission: 'plan.manage',
    summary: '印发计划：文号、日期、主送',
    params: ById,
    body: z.object({
      documentNumber: z.string().trim().min(1).max(60),
      issuedOn: InputDay,
      recipients: z.array(z.string().trim().min(1).max(200)).min(1).max(200),
    }),
    precondition: 'if-match',
    handle: async ({ params, body, context, scope, expected }) => {
      requireInScope(scope, { office: context.office })
      return await office.plans.execute(params.id, context, { expected, decide: (state) => issuePlan(body, state) })
    },
  })

  command(app, {
    url: '/plans/:id/close',
    tags,
    permission: 'plan.manage',
    summary: '办结计划',
    description: '年度综合督导没有完成的，不能办结。',
    params: ById,
    body: z.object({}).optional(),
    precondition: 'if-match',
    handle: async ({ params, context, scope, expected }) => {
      requireInScope(scope, { office: context.office })
      const completed = await completedInspections(office, context.office, params.id)
      const inspected = await heldInspections(office, context.office, params.id)
      const on = chinaDate(context.at)
      return await office.plans.execute(params.id, context, {
        expected,
        decide: (state) => closePlan({ completed, inspected, on }, state),
      })
    },
  })
}

/** The plan's tasks that a 综合督导 was held for: everything the inspections have told so far counts. */
async function heldInspections(office: Office, tenant: string, planId: string): Promise<ReadonlySet<string>> {
  const { state } = await office.plans.load(tenant, planId)
  if (state.stage === 'unknown' || state.stage === 'imported') return new Set()
  await awaitHead(office.tasksView, office.store)
  const held = await findAll<HeldInspection>(office.tasksView, INSPECTIONS, {
    where: { office: tenant, taskId: { in: state.tasks.map(({ taskId }) => taskId) } },
  })
  return new Set(held.map(({ taskId }) => taskId))
}

/** Read from the streams themselves: what was completed a moment ago counts. */
async function completedInspections(office: Office, tenant: string, planId: string): Promise<ReadonlySet<string>> {
  const { state } = await office.plans.load(tenant, planId)
  if (state.stage === 'unknown' || state.stage === 'imported') return new Set()
  const marked = state.tasks.filter(({ comprehensiveInspection }) => comprehensiveInspection)
  const tasks = await Promise.all(marked.map(({ taskId }) => office.tasks.load(tenant, taskId)))
  return new Set(marked.flatMap(({ taskId }, place) => (tasks[place]?.state.stage === 'completed' ? [taskId] : [])))
}

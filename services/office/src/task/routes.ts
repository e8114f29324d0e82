import { InputDay } from '@dulian/calendar'
import { EvidenceRef, Id } from '@dulian/contracts'
import type { CommandContext } from '@dulian/event-sourcing'
import { keptFile } from '@dulian/files'
import { command, type DataScope, requireInScope } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Office } from '../office.ts'
import { Body } from '../plan/bodies.ts'
import { attachEvidence, completeTask, reassignTask, reopenTask, reportProgress } from './decide.ts'

const ById = z.object({ id: Id })
const Words = z.string().trim().min(1).max(2000)

/** 任务: progress, evidence, completion. A body's liaison reaches the tasks its body takes part in. */
export function taskRoutes(app: FastifyInstance, office: Office): void {
  const { tasks } = office
  const tags = ['任务']

  async function requireVisible(id: string, context: CommandContext, scope: DataScope): Promise<void> {
    const { state } = await tasks.get(context.office, id)
    const bodies = state.stage === 'unknown' ? [] : state.task.bodies.map(({ name }) => name)
    requireInScope(scope, { office: context.office, bodies })
  }

  command(app, {
    url: '/tasks/:id/progress',
    tags,
    permission: 'task.report',
    summary: '填报任务进展',
    params: ById,
    body: z.object({ percent: z.number().int().min(0).max(100), note: Words }),
    precondition: 'if-match',
    handle: async ({ params, body, context, scope, expected }) => {
      await requireVisible(params.id, context, scope)
      return await tasks.execute(params.id, context, { expected, decide: (state) => reportProgress(body, state) })
    },
  })

  command(app, {
    url: '/tasks/:id/evidence',
    tags,
    permission: 'task.report',
    summary: '关联印证材料',
    description: '文件先经 POST /files 上传；类型和大小以保存的文件为准。',
    params: ById,
    body: z.object({ evidence: EvidenceRef, note: Words.optional() }),
    precondition: 'if-match',
    handle: async ({ params, body, context, scope, expected }) => {
      await requireVisible(params.id, context, scope)
      const owner = { office: context.office, service: 'office' }
      const evidence = await keptFile(office.files, owner, body.evidence, '/evidence/hash')
      return await tasks.execute(params.id, context, {
        expected,
        decide: (state) => attachEvidence({ evidence, note: body.note ?? null }, state),
      })
    },
  })

  command(app, {
    url: '/tasks/:id/complete',
    tags,
    permission: 'task.complete',
    summary: '确认任务完成',
    params: ById,
    body: z.object({ note: Words }),
    precondition: 'if-match',
    handle: async ({ params, body, context, scope, expected }) => {
      await requireVisible(params.id, context, scope)
      return await tasks.execute(params.id, context, { expected, decide: (state) => completeTask(body, state) })
    },
  })

  command(app, {
    url: '/tasks/:id/reopen',
    tags,
    permission: 'task.complete',
    summary: '退回重办',
    params: ById,
    body: z.object({ reason: Words }),
    precondition: 'if-match',
    handle: async ({ params, body, context, scope, expected }) => {
      await requireVisible(params.id, context, scope)
      return await tasks.execute(params.id, context, { expected, decide: (state) => reopenTask(body, state) })
    },
  })

  command(app, {
    url: '/tasks/:id/assign',
    tags,
    permission: 'plan.manage',
    summary: '调整责任单位和完成期限',
    description: '没有标明牵头的，排在首位的单位牵头。',
    params: ById,
    body: z.object({ bodies: z.array(Body).min(1).max(60), dueOn: InputDay.optional() }),
    precondition: 'if-match',
    handle: async ({ params, body, context, scope, expected }) => {
      await requireVisible(params.id, context, scope)
      return await tasks.execute(params.id, context, {
        expected,
        decide: (state) => reassignTask({ bodies: body.bodies, dueOn: body.dueOn }, state),
      })
    },
  })
}

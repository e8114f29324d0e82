import { InputDay } from '@dulian/calendar'
import { Id } from '@dulian/contracts'
import { type CommandContext, deterministicId } from '@dulian/event-sourcing'
import { command, type DataScope, requireInScope } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { registryError } from '../errors.ts'
import type { Registry } from '../registry.ts'
import { contestRelation, declareRelation, endRelation, verifyRelation, withdrawRelation } from './decide.ts'
import { RelationKind, type RelationSource } from './events.ts'

const ById = z.object({ id: Id })
const ByFact = ById.extend({ factId: Id })
const Words = z.string().trim().min(1).max(100)
const Reason = z.string().trim().min(1).max(500)
const Relation = z.object({
  kind: RelationKind,
  schoolId: Id,
  description: Words,
  relativeName: Words.optional(),
  from: InputDay.optional(),
  to: InputDay.optional(),
})

/**
 * 回避关系: declared by the supervisor or registered by the office. What a supervisor has declared only the office can end or withdraw;
 * the supervisor can object.
 */
export function relationRoutes(app: FastifyInstance, registry: Registry): void {
  const { relations, supervisors, schools } = registry
  const tags = ['回避']

  async function requireSupervisor(id: string, context: CommandContext, scope: DataScope): Promise<void> {
    requireInScope(scope, { office: context.office, supervisorId: id })
    await supervisors.get(context.office, id)
  }

  async function declare(
    supervisorId: string,
    body: z.output<typeof Relation>,
    source: RelationSource,
    context: CommandContext,
  ) {
    const { state: school } = await schools.load(context.office, body.schoolId)
    if (school.stage === 'unknown') throw registryError('SCHOOL_UNKNOWN', {}, { pointer: '/schoolId' })
    const { kind, schoolId, description, relativeName = null, from = null, to = null } = body
    const factId = deterministicId(context.commandId, 'relation')
    const fact = { factId, kind, schoolId, schoolName: school.school.name, description, from, to }
    const done = await relations.execute(supervisorId, context, {
      decide: (state) => declareRelation({ fact, source, relativeName }, state),
    })
    return { ...done, factId }
  }

  command(app, {
    url: '/supervisors/:id/relations',
    tags,
    permission: 'relation.manage',
    summary: '登记督学的回避关系',
    params: ById,
    body: Relation,
    answer: z.object({ factId: z.string() }),
    precondition: 'none',
    handle: async ({ params, body, context, scope }) => {
      await requireSupervisor(params.id, context, scope)
      return await declare(params.id, body, 'office', context)
    },
  })

  command(app, {
    url: '/supervisors/:id/relations/declare',
    tags,
    permission: 'relation.declare',
    summary: '申报本人的回避关系',
    params: ById,
    body: Relation,
    answer: z.object({ factId: z.string() }),
    precondition: 'none',
    handle: async ({ params, body, context, scope }) => {
      await requireSupervisor(params.id, context, scope)
      return await declare(params.id, body, 'supervisor', context)
    },
  })

  command(app, {
    url: '/supervisors/:id/relations/:factId/contest',
    tags,
    permission: 'relation.declare',
    summary: '对登记的回避关系提出异议',
    description: '督导室核实或撤销之前，这项回避关系仍然有效。',
    params: ByFact,
    body: z.object({ statement: Reason }),
    precondition: 'none',
    handle: async ({ params: { id, factId }, body, context, scope }) => {
      await requireSupervisor(id, context, scope)
      return await relations.execute(id, context, { decide: (state) => contestRelation({ factId, ...body }, state) })
    },
  })

  command(app, {
    url: '/supervisors/:id/relations/:factId/verify',
    tags,
    permission: 'relation.manage',
    summary: '核实回避关系',
    params: ByFact,
    body: z.object({ note: Reason.optional() }),
    precondition: 'none',
    handle: async ({ params: { id, factId }, body, context, scope }) => {
      await requireSupervisor(id, context, scope)
      const note = body.note ?? null
      return await relations.execute(id, context, { decide: (state) => verifyRelation({ factId, note }, state) })
    },
  })

  command(app, {
    url: '/supervisors/:id/relations/:factId/end',
    tags,
    permission: 'relation.manage',
    summary: '登记回避关系结束',
    description: '现任职单位结束后按曾任职单位计算回避年限。',
    params: ByFact,
    body: z.object({ to: InputDay }),
    precondition: 'none',
    handle: async ({ params: { id, factId }, body, context, scope }) => {
      await requireSupervisor(id, context, scope)
      return await relations.execute(id, context, { decide: (state) => endRelation({ factId, ...body }, state) })
    },
  })

  command(app, {
    url: '/supervisors/:id/relations/:factId/withdraw',
    tags,
    permission: 'relation.manage',
    summary: '撤销误登的回避关系',
    params: ByFact,
    body: z.object({ reason: Reason }),
    precondition: 'none',
    handle: async ({ params: { id, factId }, body, context, scope }) => {
      await requireSupervisor(id, context, scope)
      return await relations.execute(id, context, { decide: (state) => withdrawRelation({ factId, ...body }, state) })
    },
  })
}

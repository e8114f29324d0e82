import { chinaDate, InputDay } from '@dulian/calendar'
import { Employment, Id, SupervisorCategory } from '@dulian/contracts'
import { command, newStreamId, requireInScope } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Registry } from '../registry.ts'
import { certify } from './certify.ts'
import { appointSupervisor, correctSupervisor, dismissSupervisor, registerSupervisor } from './decide.ts'
import { DismissalGround } from './events.ts'

const ById = z.object({ id: Id })
const Words = z.string().trim().min(1).max(100)
const Phone = z.string().regex(/^\+?[0-9][0-9 -]{4,18}$/, '电话应为数字，可含空格和连字符')

/** 督学: registration, correction, appointment for a term with its certificate, dismissal. */
export function supervisorRoutes(app: FastifyInstance, registry: Registry): void {
  const { supervisors } = registry
  const tags = ['督学']

  command(app, {
    url: '/supervisors',
    tags,
    permission: 'registry.manage',
    summary: '登记督学',
    body: z.object({
      name: Words,
      category: SupervisorCategory,
      employment: Employment,
      homeUnit: Words,
      field: Words,
      phone: Phone,
    }),
    precondition: 'new',
    handle: async ({ body, context, scope, expected }) => {
      const id = newStreamId(context)
      requireInScope(scope, { office: context.office, supervisorId: id })
      return await supervisors.execute(id, context, { expected, decide: () => registerSupervisor(body) })
    },
  })

  command(app, {
    url: '/supervisors/:id/correct',
    tags,
    permission: 'registry.manage',
    summary: '更正督学的所在单位、专长、电话',
    description: '只填要更正的项目。更换所在单位的，原单位自该日起成为曾任职单位，新单位是在册学校的，自动列入回避。',
    params: ById,
    body: z.object({
      homeUnit: Words.optional(),
      field: Words.optional(),
      phone: Phone.optional(),
      /** Since when it is so; absent: from today. */
      effectiveFrom: InputDay.optional(),
      reason: z.string().trim().min(1).max(200),
    }),
    precondition: 'if-match',
    handle: async ({ params, body, context, scope, expected }) => {
      requireInScope(scope, { office: context.office, supervisorId: params.id })
      await supervisors.get(context.office, params.id)
      return await supervisors.execute(params.id, context, {
        expected,
        decide: (state) => correctSupervisor({ ...body, on: chinaDate(context.at) }, state),
      })
    },
  })

  command(app, {
    url: '/supervisors/:id/appoint',
    tags,
    permission: 'registry.manage',
    summary: '聘任或续聘督学，颁发聘书和督学证',
    description: '不填任期止时按规定年限计算。督学证编号按年连续，在本室唯一。',
    params: ById,
    body: z.object({ termFrom: InputDay, termTo: InputDay.optional(), decidedBy: Words, decidedOn: InputDay }),
    answer: z.object({ certificateNumber: z.string().nullable() }),
    precondition: 'if-match',
    handle: async ({ params, body, context, scope, expected }) => {
      requireInScope(scope, { office: context.office, supervisorId: params.id })
      const appointed = await supervisors.execute(params.id, context, {
        expected,
        decide: (state) => appointSupervisor(body, state),
      })
      // The policy would do it too; done here, the answer already knows the number.
      const certified = await certify(registry, { supervisorId: params.id, ...body }, context)
      const certificate = certified.state.stage === 'appointed' ? certified.state.certificate : null
      return { ...certified, repeated: appointed.repeated, certificateNumber: certificate?.number ?? null }
    },
  })

  command(app, {
    url: '/supervisors/:id/dismiss',
    tags,
    permission: 'registry.manage',
    summary: '解聘或解任督学',
    description: '督学证随之失效，其挂牌督导自该日起结束。',
    params: ById,
    body: z.object({ ground: DismissalGround, on: InputDay, reason: z.string().trim().min(1).max(500) }),
    precondition: 'if-match',
    handle: async ({ params, body, context, scope, expected }) => {
      requireInScope(scope, { office: context.office, supervisorId: params.id })
      return await supervisors.execute(params.id, context, {
        expected,
        decide: (state) => dismissSupervisor(body, state),
      })
    },
  })
}

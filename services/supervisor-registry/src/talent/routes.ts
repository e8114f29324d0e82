import { InputDay } from '@dulian/calendar'
import { Id } from '@dulian/contracts'
import { deterministicId } from '@dulian/event-sourcing'
import { command, newStreamId, requireInScope } from '@dulian/http-kit'
import { awaitHead } from '@dulian/service-host'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { registryError } from '../errors.ts'
import type { Registry } from '../registry.ts'
import { TALENTS } from '../views/talents/projection.ts'
import { delistTalent, listTalent, noteTalentStep } from './decide.ts'
import { TalentAim, TalentDelisted } from './events.ts'

const ById = z.object({ id: Id })
const Words = z.string().trim().min(1).max(100)
const Text = z.string().trim().min(1).max(1_000)

/** 后备人才: who is prepared for which office, step by step. */
export function talentRoutes(app: FastifyInstance, registry: Registry): void {
  const { talents, supervisors, talentsView, store, turns } = registry
  const tags = ['后备人才']
  const permission = 'registry.manage'

  command(app, {
    url: '/talents',
    tags,
    permission,
    summary: '列入后备人才',
    body: z.object({
      name: Words,
      homeUnit: Words,
      field: Words,
      aim: TalentAim,
      supervisorId: Id.optional(),
      recommendedBy: Words,
      plan: Text,
      on: InputDay,
    }),
    precondition: 'new',
    handle: async ({ body: { supervisorId = null, ...body }, context, scope, expected }) => {
      const { office } = context
      requireInScope(scope, { office })
      if (supervisorId !== null && (await supervisors.load(office, supervisorId)).state.stage === 'unknown') {
        throw registryError('SUPERVISOR_UNKNOWN', {}, { pointer: '/supervisorId' })
      }
      const { name, homeUnit } = body
      return await turns.run(`talent ${office} ${name}`, async () => {
        await awaitHead(talentsView, store)
        const isListed = (await talentsView.count(TALENTS, { office, name, homeUnit, state: 'listed' })) > 0
        return await talents.execute(newStreamId(context), context, {
          expected,
          decide: () => listTalent({ ...body, supervisorId, isListed }),
        })
      })
    },
  })

  command(app, {
    url: '/talents/:id/steps',
    tags,
    permission,
    summary: '记录培养过程',
    params: ById,
    body: z.object({ on: InputDay, text: Text }),
    precondition: 'none',
    handle: async ({ params, body, context, scope }) => {
      requireInScope(scope, { office: context.office })
      await talents.get(context.office, params.id)
      const stepId = deterministicId(context.commandId, 'step')
      return await talents.execute(params.id, context, {
        decide: (state) => noteTalentStep({ stepId, ...body }, state),
      })
    },
  })

  command(app, {
    url: '/talents/:id/delist',
    tags,
    permission,
    summary: '后备人才出库',
    params: ById,
    body: z.object({ outcome: TalentDelisted.shape.outcome, on: InputDay, reason: Text }),
    precondition: 'if-match',
    handle: async ({ params, body, context, scope, expected }) => {
      requireInScope(scope, { office: context.office })
      return await talents.execute(params.id, context, { expected, decide: (state) => delistTalent(body, state) })
    },
  })
}

import { Id } from '@dulian/contracts'
import { type CommandContext, deterministicId, eventSourcingError } from '@dulian/event-sourcing'
import { command, type Identity, requireInScope } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { COMMITTEE_ID } from '../committee/committee.ts'
import { bodiesOf } from '../committee/state.ts'
import { registryError } from '../errors.ts'
import type { Registry } from '../registry.ts'
import type { PhoneRevealed } from './events.ts'

const Why = z.object({ reason: z.string().trim().min(2).max(200) })
const Phone = z.object({ phone: z.string() })

/** 查看完整电话: everywhere else a phone is masked. The number is answered once it is recorded that it was asked for. */
export function revealRoutes(app: FastifyInstance, registry: Registry): void {
  const { reveals, supervisors, committee, audit } = registry
  const tags = ['个人信息']
  const permission = 'personal.reveal'

  /** Throws when it cannot be put on record, in the office's audit trail and at the person: the number stays hidden then. */
  async function putOnRecord(data: PhoneRevealed, by: Identity, context: CommandContext) {
    const { subject, subjectId, personName, reason } = data
    await audit.record({
      id: deterministicId(context.commandId, 'audit'),
      action: 'personal-revealed',
      by,
      object: `${subject}/${subjectId}`,
      objectName: `${personName}的电话`,
      reason,
    })
    return await reveals.execute(subjectId, context, { decide: () => [{ type: 'PhoneRevealed', data }] })
  }

  command(app, {
    url: '/supervisors/:id/reveal-phone',
    tags,
    permission,
    summary: '查看督学的完整电话',
    description: '须写明理由；谁在何时因何查看会记录在案。',
    params: z.object({ id: Id }),
    body: Why,
    answer: Phone,
    precondition: 'none',
    handle: async ({ params, body, context, scope, identity }) => {
      requireInScope(scope, { office: context.office, supervisorId: params.id })
      const { state } = await supervisors.get(context.office, params.id)
      if (state.stage === 'unknown') throw eventSourcingError('STREAM_NOT_FOUND')
      const { name: personName, phone } = state.person
      const data = { subject: 'supervisor', subjectId: params.id, personName, reason: body.reason } as const
      return { ...(await putOnRecord(data, identity, context)), phone }
    },
  })

  command(app, {
    url: '/committee/bodies/:bodyId/reveal-phone',
    tags,
    permission,
    summary: '查看联络员的完整电话',
    description: '须写明理由；谁在何时因何查看会记录在案。',
    params: z.object({ bodyId: Id }),
    body: Why,
    answer: Phone,
    precondition: 'none',
    handle: async ({ params: { bodyId }, body, context, scope, identity }) => {
      requireInScope(scope, { office: context.office })
      const found = bodiesOf((await committee.load(context.office, COMMITTEE_ID)).state).get(bodyId)
      if (found === undefined) throw eventSourcingError('STREAM_NOT_FOUND')
      const { liaison } = found
      if (liaison?.held !== true) throw registryError('LIAISON_MISSING')
      const { personName, phone } = liaison
      const data = { subject: 'liaison', subjectId: bodyId, personName, reason: body.reason } as const
      return { ...(await putOnRecord(data, identity, context)), phone }
    },
  })
}

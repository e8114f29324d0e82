import { chinaDate } from '@dulian/calendar'
import { Id } from '@dulian/contracts'
import { command, newStreamId, requireInScope } from '@dulian/http-kit'
import { awaitHead } from '@dulian/service-host'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Registry } from '../registry.ts'
import { ZONES } from '../views/zones/projection.ts'
import { establishZone, nameZoneHead } from './decide.ts'

/** 责任区: establishing one, naming its head. */
export function zoneRoutes(app: FastifyInstance, registry: Registry): void {
  const { zones, supervisors, turns } = registry
  const tags = ['责任区']

  command(app, {
    url: '/zones',
    tags,
    permission: 'registry.manage',
    summary: '设立责任区',
    body: z.object({ name: z.string().trim().min(1).max(50) }),
    precondition: 'new',
    handle: async ({ body, context, scope, expected }) => {
      const id = newStreamId(context)
      const { office } = context
      requireInScope(scope, { office, zoneId: id })
      return await turns.run(`zone name ${office} ${body.name}`, async () => {
        await awaitHead(registry.zonesView, registry.store)
        const nameTaken = (await registry.zonesView.count(ZONES, { office, name: body.name })) > 0
        return await zones.execute(id, context, {
          expected,
          decide: () => establishZone({ name: body.name, nameTaken }),
        })
      })
    },
  })

  command(app, {
    url: '/zones/:id/head',
    tags,
    permission: 'registry.manage',
    summary: '任命责任区组长',
    params: z.object({ id: Id }),
    body: z.object({ supervisorId: Id }),
    precondition: 'if-match',
    handle: async ({ params, body, context, scope, expected }) => {
      requireInScope(scope, { office: context.office, zoneId: params.id })
      const { state: supervisor } = await supervisors.load(context.office, body.supervisorId)
      const on = chinaDate(context.at)
      return await zones.execute(params.id, context, {
        expected,
        decide: (state) => nameZoneHead({ supervisorId: body.supervisorId, supervisor, on }, state),
      })
    },
  })
}

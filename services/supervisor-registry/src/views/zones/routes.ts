import { PageQuery, pageOf, query } from '@dulian/http-kit'
import type { Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Registry } from '../../registry.ts'
import { visibleSchools } from '../visible.ts'
import { ZONES, type ZoneDocument } from './projection.ts'

const ZoneAnswer = z.object({
  zoneId: z.string(),
  name: z.string(),
  headSupervisorId: z.string().nullable(),
  headName: z.string().nullable(),
  /** Open schools. */
  schools: z.number().int(),
  version: z.number().int(),
})

/** Reading 责任区. A narrower scope sees the zones its schools lie in. */
export function zoneViewRoutes(app: FastifyInstance, registry: Registry): void {
  const { zonesView } = registry
  query(app, {
    url: '/zones',
    tags: ['责任区'],
    permission: 'registry.read',
    summary: '责任区列表',
    query: PageQuery,
    answer: pageOf(ZoneAnswer),
    freshness: () => zonesView,
    handle: async ({ query: { limit, cursor }, scope }) => {
      let where: Where = { office: scope.office }
      if (scope.kind === 'zone') where = { ...where, zoneId: scope.value ?? '' }
      else if (scope.kind !== 'office') {
        const zoneIds = (await visibleSchools(registry, scope)).flatMap(({ zoneId }) => zoneId ?? [])
        if (zoneIds.length === 0) return { items: [] }
        where = { ...where, zoneId: { in: [...new Set(zoneIds)] } }
      }
      const page = await zonesView.find<ZoneDocument>(ZONES, {
        where,
        sort: [['name', 'asc']],
        limit,
        cursor,
      })
      return {
        items: page.items.map(({ document: { schoolIds, office: _, ...zone } }) => ({
          ...zone,
          schools: schoolIds.length,
        })),
        nextCursor: page.nextCursor,
      }
    },
  })
}

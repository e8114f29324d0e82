import { freshnessAt, LookBackQuery, pageWithPast, viewAt } from '@dulian/history/http'
import { type DataScope, PageQuery, query } from '@dulian/http-kit'
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
  const { zones } = registry.past
  query(app, {
    url: '/zones',
    tags: ['责任区'],
    permission: 'registry.read',
    summary: '责任区列表',
    query: PageQuery.extend(LookBackQuery),
    answer: pageWithPast(ZoneAnswer),
    freshness: ({ query: days }) => freshnessAt(zones, days),
    handle: async ({ query: { limit, cursor, ...days }, scope }) => {
      const { view, lookedBack } = viewAt(zones, days)
      const where = await zonesWithin(registry, scope)
      const page = await view.find<ZoneDocument>(ZONES, {
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
        lookedBack,
      }
    },
  })
}

/** The zones somebody sees, by the rights of today. */
export async function zonesWithin(registry: Registry, scope: DataScope): Promise<Where> {
  const { office } = scope
  if (scope.kind === 'office') return { office }
  if (scope.kind === 'zone') return { office, zoneId: scope.value ?? '' }
  const zoneIds = (await visibleSchools(registry, scope)).flatMap(({ zoneId }) => zoneId ?? [])
  return { office, zoneId: { in: [...new Set(zoneIds)] } }
}

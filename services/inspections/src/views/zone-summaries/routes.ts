import { inScope, PageQuery, pageOf, query, scopedWhere, versioned } from '@dulian/http-kit'
import type { ViewReader } from '@dulian/service-host'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { inspectionsError } from '../../errors.ts'
import { Period } from '../../self-check/events.ts'
import { Gap, Negatives, ZoneCounts } from '../../zone-summary/events.ts'
import type { ZoneSummaryDocument } from './projection.ts'

export const ZoneSummaryAnswer = z.object({
  summaryId: z.string(),
  office: z.string(),
  period: z.string(),
  zoneId: z.string(),
  zoneName: z.string(),
  state: z.enum(['submitted', 'returned']),
  text: z.string(),
  counts: ZoneCounts,
  negatives: z.array(Negatives),
  gaps: z.array(Gap),
  gapsReason: z.string().nullable(),
  submittedOn: z.string(),
  submittedBy: z.string(),
  returnReason: z.string().nullable(),
  returnedBy: z.string().nullable(),
  version: z.number().int(),
})

/** A zone's summary is its own and the county's; supervisors and schools read the bulletin. */
export function zoneSummaryViewRoutes(app: FastifyInstance, view: ViewReader) {
  query(app, {
    url: '/zone-summaries',
    permission: 'visit.read',
    summary: '责任区汇总列表',
    tags: ['督导检查'],
    query: z.object({
      ...PageQuery.shape,
      period: Period.optional(),
      state: z.enum(['submitted', 'returned']).optional(),
      zoneId: z.uuid().optional(),
    }),
    answer: pageOf(ZoneSummaryAnswer),
    freshness: () => view,
    handle: async ({ query: { limit, cursor, ...filters }, scope }) => {
      if (scope.kind !== 'office' && scope.kind !== 'zone') return { items: [], nextCursor: undefined }
      const page = await view.find<ZoneSummaryDocument>('summaries', {
        where: scopedWhere(scope, filters),
        sort: [['period', 'desc']],
        limit,
        cursor,
      })
      return { items: page.items.map(({ document }) => answerOf(document)), nextCursor: page.nextCursor }
    },
  })

  query(app, {
    url: '/zone-summaries/:id',
    permission: 'visit.read',
    summary: '一份责任区汇总',
    tags: ['督导检查'],
    params: z.object({ id: z.uuid() }),
    answer: ZoneSummaryAnswer,
    freshness: () => view,
    handle: async ({ params, scope }) => {
      const found = await view.get<ZoneSummaryDocument>('summaries', params.id)
      if (found === undefined || !inScope(scope, found.document)) throw inspectionsError('ZONE_SUMMARY_NOT_FOUND')
      return versioned(answerOf(found.document), found.document.version)
    },
  })
}

function answerOf(document: ZoneSummaryDocument): z.infer<typeof ZoneSummaryAnswer> {
  return { ...document, negatives: [...document.negatives], gaps: [...document.gaps] }
}

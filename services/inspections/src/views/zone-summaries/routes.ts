import { freshnessAt, LookBackQuery, pageWithPast, type ViewsOverTime, viewAt } from '@dulian/history/http'
import { type DataScope, inScope, PageQuery, query, scopedWhere, versioned } from '@dulian/http-kit'
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
export function zoneSummaryViewRoutes(app: FastifyInstance, past: ViewsOverTime) {
  query(app, {
    url: '/zone-summaries',
    permission: 'visit.read',
    summary: '责任区汇总列表',
    tags: ['督导检查'],
    query: z.object({
      ...PageQuery.shape,
      ...LookBackQuery,
      period: Period.optional(),
      state: z.enum(['submitted', 'returned']).optional(),
      zoneId: z.uuid().optional(),
    }),
    answer: pageWithPast(ZoneSummaryAnswer),
    freshness: ({ query: days }) => freshnessAt(past, days),
    handle: async ({ query: { limit, cursor, asOf, validOn, ...filters }, scope }) => {
      const { view, lookedBack } = viewAt(past, { asOf, validOn })
      if (!readsSummaries(scope)) return { items: [], nextCursor: undefined, lookedBack }
      const page = await view.find<ZoneSummaryDocument>('summaries', {
        where: scopedWhere(scope, filters),
        sort: [['period', 'desc']],
        limit,
        cursor,
      })
      return { items: page.items.map(({ document }) => answerOf(document)), nextCursor: page.nextCursor, lookedBack }
    },
  })

  query(app, {
    url: '/zone-summaries/:id',
    permission: 'visit.read',
    summary: '一份责任区汇总',
    tags: ['督导检查'],
    params: z.object({ id: z.uuid() }),
    answer: ZoneSummaryAnswer,
    freshness: () => past.live,
    handle: async ({ params, scope }) => {
      const found = await past.live.get<ZoneSummaryDocument>('summaries', params.id)
      if (found === undefined || !inScope(scope, found.document)) throw inspectionsError('ZONE_SUMMARY_NOT_FOUND')
      return versioned(answerOf(found.document), found.document.version)
    },
  })
}

export function readsSummaries({ kind }: DataScope): boolean {
  return kind === 'office' || kind === 'zone'
}

function answerOf(document: ZoneSummaryDocument): z.infer<typeof ZoneSummaryAnswer> {
  return { ...document, negatives: [...document.negatives], gaps: [...document.gaps] }
}

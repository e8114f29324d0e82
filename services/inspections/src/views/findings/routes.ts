import { EvidenceRef, FindingSeverity } from '@dulian/contracts'
import { freshnessAt, LookBackQuery, pageWithPast, type ViewsOverTime, viewAt } from '@dulian/history/http'
import { PageQuery, query, scopedWhere } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { FindingDocument } from './projection.ts'

const FindingState = z.enum(['proposed', 'confirmed', 'dismissed'])

export const Finding = z.object({
  findingId: z.string(),
  visitId: z.string(),
  office: z.string(),
  schoolId: z.string(),
  schoolName: z.string(),
  zoneId: z.string().nullable(),
  zoneName: z.string().nullable(),
  supervisorId: z.string(),
  supervisorName: z.string(),
  itemCode: z.string(),
  itemTitle: z.string(),
  clause: z.string().nullable(),
  description: z.string(),
  severity: FindingSeverity,
  evidence: z.array(EvidenceRef),
  foundOn: z.string(),
  state: FindingState,
  reason: z.string().nullable(),
  decidedAt: z.string().nullable(),
  problemId: z.string().nullable(),
  problemState: z.enum(['open', 'cancelled', 'rebounded']).nullable(),
})

export function findingRoutes(app: FastifyInstance, past: ViewsOverTime) {
  query(app, {
    url: '/findings',
    permission: 'visit.read',
    summary: '督查发现的问题',
    tags: ['督导检查'],
    query: z.object({
      ...PageQuery.shape,
      ...LookBackQuery,
      state: FindingState.optional(),
      schoolId: z.uuid().optional(),
      zoneId: z.uuid().optional(),
      supervisorId: z.uuid().optional(),
      itemCode: z.string().max(32).optional(),
    }),
    answer: pageWithPast(Finding),
    freshness: ({ query: days }) => freshnessAt(past, days),
    handle: async ({ query: { limit, cursor, asOf, validOn, ...filters }, scope }) => {
      const { view, lookedBack } = viewAt(past, { asOf, validOn })
      const page = await view.find<FindingDocument>('findings', {
        where: scopedWhere(scope, filters),
        sort: [['foundOn', 'desc']],
        limit,
        cursor,
      })
      const items = page.items.map(({ document }) => ({ ...document, evidence: [...document.evidence] }))
      return { items, nextCursor: page.nextCursor, lookedBack }
    },
  })
}

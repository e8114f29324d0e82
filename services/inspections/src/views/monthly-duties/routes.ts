import { SchoolKind } from '@dulian/contracts'
import { RuleReference } from '@dulian/dated-rules'
import { freshnessAt, LookBackQuery, pageWithPast, type ViewsOverTime, viewAt } from '@dulian/history/http'
import { PageQuery, query, scopedWhere } from '@dulian/http-kit'
import type { Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Month } from '../visits/routes.ts'
import { DUTIES, type DutyDocument } from './projection.ts'

const State = z.enum(['due', 'met', 'missed', 'waived'])

export const MonthlyDuty = z.object({
  dutyId: z.string(),
  month: z.string(),
  schoolId: z.string(),
  schoolName: z.string(),
  kind: SchoolKind,
  zoneId: z.string().nullable(),
  zoneName: z.string().nullable(),
  supervisorId: z.string().nullable(),
  supervisorName: z.string().nullable(),
  state: State,
  dueOn: z.string(),
  required: z.number().int(),
  visits: z.number().int(),
  lastVisitOn: z.string().nullable(),
  rule: RuleReference,
})

export function monthlyDutyRoutes(app: FastifyInstance, past: ViewsOverTime) {
  query(app, {
    url: '/monthly-duties',
    permission: 'visit.read',
    summary: '每月进校任务',
    description: '每月每校一项；unvisited=true 只列还没有走访的（进行中的月份为待走访，月末以后为未走访）。',
    tags: ['督导检查'],
    query: z.object({
      ...PageQuery.shape,
      ...LookBackQuery,
      month: Month.optional(),
      state: State.optional(),
      unvisited: z.enum(['true', 'false']).optional(),
      schoolId: z.uuid().optional(),
      /** `none`: schools in no zone. */
      zoneId: z.union([z.uuid(), z.literal('none')]).optional(),
      /** `none`: schools that nobody is posted at. */
      supervisorId: z.union([z.uuid(), z.literal('none')]).optional(),
    }),
    answer: pageWithPast(MonthlyDuty),
    freshness: ({ query: days }) => freshnessAt(past, days),
    handle: async ({ query: { limit, cursor, asOf, validOn, month, state, unvisited, ...asked }, scope }) => {
      const { view, day, lookedBack } = viewAt(past, { asOf, validOn })
      const filters = Object.fromEntries(
        Object.entries(asked).map(([field, value]) => [field, value === 'none' ? null : value]),
      )
      const wanted: Where =
        state !== undefined ? { state } : unvisited === 'true' ? { state: { in: ['due', 'missed'] } } : {}
      const page = await view.find<DutyDocument>(DUTIES, {
        where: { ...scopedWhere(scope, filters), ...wanted, month: month ?? day.slice(0, 7) },
        sort: [['schoolName', 'asc']],
        limit,
        cursor,
      })
      const items = page.items.map(({ document: { office: _, ...duty } }) => duty)
      return { items, nextCursor: page.nextCursor, lookedBack }
    },
  })
}

import { chinaDate } from '@dulian/calendar'
import { SchoolKind } from '@dulian/contracts'
import { RuleReference } from '@dulian/dated-rules'
import type { Clock } from '@dulian/event-sourcing'
import { PageQuery, pageOf, query, scopedWhere } from '@dulian/http-kit'
import type { ViewReader } from '@dulian/service-host'
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

export function monthlyDutyRoutes(app: FastifyInstance, { view, clock }: { view: ViewReader; clock: Clock }) {
  query(app, {
    url: '/monthly-duties',
    permission: 'visit.read',
    summary: '每月进校任务',
    description: '每月每校一项；unvisited=true 只列还没有走访的（进行中的月份为待走访，月末以后为未走访）。',
    tags: ['督导检查'],
    query: z.object({
      ...PageQuery.shape,
      month: Month.optional(),
      state: State.optional(),
      unvisited: z.enum(['true', 'false']).optional(),
      schoolId: z.uuid().optional(),
      /** `none`: schools in no zone. */
      zoneId: z.union([z.uuid(), z.literal('none')]).optional(),
      /** `none`: schools that nobody is posted at. */
      supervisorId: z.union([z.uuid(), z.literal('none')]).optional(),
    }),
    answer: pageOf(MonthlyDuty),
    freshness: () => view,
    handle: async ({ query: { limit, cursor, month, state, unvisited, ...asked }, scope }) => {
      const filters = Object.fromEntries(
        Object.entries(asked).map(([field, value]) => [field, value === 'none' ? null : value]),
      )
      const wanted: Where =
        state !== undefined ? { state } : unvisited === 'true' ? { state: { in: ['due', 'missed'] } } : {}
      const page = await view.find<DutyDocument>(DUTIES, {
        where: { ...scopedWhere(scope, filters), ...wanted, month: month ?? chinaDate(clock.now()).slice(0, 7) },
        sort: [['schoolName', 'asc']],
        limit,
        cursor,
      })
      return { items: page.items.map(({ document: { office: _, ...duty } }) => duty), nextCursor: page.nextCursor }
    },
  })
}

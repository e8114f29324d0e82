import { RuleReference } from '@dulian/dated-rules'
import { freshnessAt, LookBackQuery, LookedBack, viewAt } from '@dulian/history/http'
import { query, scopedWhere } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Past } from '../past.ts'
import { Month } from '../visits/routes.ts'
import { coverageOf } from './queries.ts'

const Group = z.object({
  id: z.string().nullable(),
  name: z.string().nullable(),
  schools: z.number().int(),
  covered: z.number().int(),
})

export const CoverageAnswer = z.object({
  month: z.string(),
  lookedBack: LookedBack.optional(),
  rule: RuleReference.extend({ perMonth: z.number().int() }),
  items: z.array(
    z.object({
      schoolId: z.string(),
      name: z.string(),
      kind: z.string(),
      zoneId: z.string().nullable(),
      zoneName: z.string().nullable(),
      supervisorId: z.string().nullable(),
      supervisorName: z.string().nullable(),
      visits: z.number().int(),
      lastVisitOn: z.string().nullable(),
      covered: z.boolean(),
    }),
  ),
  totals: z.object({
    schools: z.number().int(),
    covered: z.number().int(),
    uncovered: z.number().int(),
    visits: z.number().int(),
    unposted: z.number().int(),
  }),
  byZone: z.array(Group),
  bySupervisor: z.array(Group),
})

export function coverageRoutes(app: FastifyInstance, past: Past) {
  query(app, {
    url: '/coverage',
    permission: 'visit.read',
    summary: '每月进校摸排覆盖情况',
    tags: ['督导检查'],
    query: z.object({
      ...LookBackQuery,
      month: Month.optional(),
      zoneId: z.uuid().optional(),
      supervisorId: z.uuid().optional(),
    }),
    answer: CoverageAnswer,
    freshness: ({ query: days }) => freshnessAt(past.duties, days),
    handle: async ({ query: { month, asOf, validOn, ...filters }, scope }) => {
      const { view: duties, day: today, lookedBack } = viewAt(past.duties, { asOf, validOn })
      const coverage = await coverageOf(month ?? today.slice(0, 7), scopedWhere(scope, filters), {
        duties,
        today,
      })
      return {
        month: coverage.month,
        lookedBack,
        rule: coverage.rule,
        items: [...coverage.schools],
        totals: coverage.totals,
        byZone: [...coverage.byZone],
        bySupervisor: [...coverage.bySupervisor],
      }
    },
  })
}

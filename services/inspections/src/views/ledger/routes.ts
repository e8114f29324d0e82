import { chinaDate } from '@dulian/calendar'
import type { Clock } from '@dulian/event-sourcing'
import { PageQuery, pageOf, query, scopedWhere } from '@dulian/http-kit'
import type { ViewReader } from '@dulian/service-host'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { standingChecklistAt } from '../../rules/standing-checklist.ts'
import type { KnownSchools } from '../known-schools/queries.ts'
import { type LedgerSchool, ledgerOf, unsettledLedger } from './queries.ts'

export const LedgerSchoolAnswer = z.object({
  schoolId: z.string(),
  schoolName: z.string(),
  zoneName: z.string().nullable(),
  lines: z.array(
    z.object({
      itemCode: z.string(),
      itemTitle: z.string(),
      answer: z.enum(['yes', 'no', 'not-applicable']).nullable(),
      visitId: z.string().nullable(),
      visitedOn: z.string().nullable(),
      unsettled: z.boolean(),
      unsettledFindings: z.number().int(),
    }),
  ),
})

export function ledgerRoutes(
  app: FastifyInstance,
  { view, schools, clock }: { view: ViewReader; schools: KnownSchools; clock: Clock },
) {
  query(app, {
    url: '/ledger',
    permission: 'visit.read',
    summary: '逐校逐项督导台账',
    description: '每页若干所学校，每校列出清单的全部条目；unsettled=true 只列未了结的行，不分页。',
    tags: ['督导检查'],
    query: z.object({
      ...PageQuery.shape,
      limit: z.coerce.number().int().min(1).max(100).default(20),
      unsettled: z.enum(['true', 'false']).optional(),
      schoolId: z.uuid().optional(),
      zoneId: z.uuid().optional(),
      supervisorId: z.uuid().optional(),
    }),
    answer: pageOf(LedgerSchoolAnswer),
    freshness: () => view,
    handle: async ({ query: { limit, cursor, unsettled, ...filters }, scope }) => {
      const where = scopedWhere(scope, filters)
      if (unsettled === 'true') return { items: (await unsettledLedger(where, view)).map(shown) }
      const page = await schools.pageOfSchools({ ...where, status: 'open' }, { limit, cursor })
      const checklist = standingChecklistAt(scope.office, chinaDate(clock.now()))
      const items = await ledgerOf(page, checklist, view)
      return { items: items.map(shown), nextCursor: page.nextCursor }
    },
  })
}

function shown(school: LedgerSchool): z.infer<typeof LedgerSchoolAnswer> {
  return { ...school, lines: [...school.lines] }
}

import { freshnessAt, LookBackQuery, pageWithPast, viewAt } from '@dulian/history/http'
import { PageQuery, query, scopedWhere } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { standingChecklistAt } from '../../rules/standing-checklist.ts'
import { type Past, schoolsAt } from '../past.ts'
import { type LedgerSchool, ledgerOf, unsettledLedger } from './queries.ts'

export const LedgerSchoolAnswer = z.object({
  schoolId: z.string(),
  schoolName: z.string(),
  zoneName: z.string().nullable(),
  lines: z.array(
    z.object({
      checklistId: z.string(),
      checklistTitle: z.string(),
      itemCode: z.string(),
      itemTitle: z.string(),
      itemGroup: z.string().nullable(),
      answer: z.enum(['yes', 'no', 'not-applicable']).nullable(),
      visitId: z.string().nullable(),
      visitedOn: z.string().nullable(),
      unsettled: z.boolean(),
      unsettledFindings: z.number().int(),
      /** All that was found under the item, with what became of each. */
      findings: z.array(
        z.object({
          findingId: z.string(),
          problemId: z.string().nullable(),
          state: z.enum(['proposed', 'confirmed', 'open', 'dismissed', 'cancelled', 'rebounded']),
        }),
      ),
    }),
  ),
})

export function ledgerRoutes(app: FastifyInstance, past: Past) {
  query(app, {
    url: '/ledger',
    permission: 'visit.read',
    summary: '逐校逐项督导台账',
    description:
      '每页若干所学校，每校列出清单的全部条目；unsettled=true 只列未了结的行，每页若干行，一所学校的行可能接到下一页。',
    tags: ['督导检查'],
    query: z.object({
      ...PageQuery.shape,
      ...LookBackQuery,
      limit: z.coerce.number().int().min(1).max(100).default(20),
      unsettled: z.enum(['true', 'false']).optional(),
      schoolId: z.uuid().optional(),
      zoneId: z.uuid().optional(),
      supervisorId: z.uuid().optional(),
    }),
    answer: pageWithPast(LedgerSchoolAnswer),
    freshness: ({ query: days }) => freshnessAt(past.ledger, days),
    handle: async ({ query: { limit, cursor, unsettled, asOf, validOn, ...filters }, scope }) => {
      const { view, day, lookedBack } = viewAt(past.ledger, { asOf, validOn })
      const schools = schoolsAt(past, { asOf, validOn })
      const where = scopedWhere(scope, filters)
      if (unsettled === 'true') {
        const narrowed = scope.kind !== 'office' || Object.values(filters).some((value) => value !== undefined)
        const open = await unsettledLedger(
          scope.office,
          narrowed ? where : undefined,
          { limit, cursor },
          { view, schools },
        )
        return { items: open.items.map(shown), nextCursor: open.nextCursor, lookedBack }
      }
      const page = await schools.pageOfSchools({ ...where, status: 'open' }, { limit, cursor })
      const items = await ledgerOf(page, (kind) => standingChecklistAt(scope.office, day, kind), view)
      return { items: items.map(shown), nextCursor: page.nextCursor, lookedBack }
    },
  })
}

function shown(school: LedgerSchool): z.infer<typeof LedgerSchoolAnswer> {
  return { ...school, lines: school.lines.map((line) => ({ ...line, findings: [...line.findings] })) }
}

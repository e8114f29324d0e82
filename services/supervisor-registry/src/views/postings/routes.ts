import { InputDay } from '@dulian/calendar'
import { Id } from '@dulian/contracts'
import { freshnessAt, LookBackQuery, LookedBack, pageWithPast, viewAt } from '@dulian/history/http'
import { type DataScope, PageQuery, query, scopedWhere } from '@dulian/http-kit'
import { findAll, type Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { uncoveredDays } from '../../posting/coverage.ts'
import type { Registry } from '../../registry.ts'
import { SCHOOLS, type SchoolDocument } from '../schools/projection.ts'
import { visibleSchools } from '../visible.ts'
import { POSTINGS, type PostingDocument } from './projection.ts'

const PostingAnswer = z.object({
  schoolId: z.string(),
  schoolName: z.string(),
  supervisorId: z.string(),
  supervisorName: z.string(),
  from: z.string(),
  to: z.string().nullable(),
})
const Period = z.object({ from: z.string(), to: z.string() })
const GapsAnswer = z.object({
  lookedBack: LookedBack.optional(),
  from: z.string(),
  to: z.string(),
  schools: z.number().int(),
  items: z.array(
    z.object({
      schoolId: z.string(),
      name: z.string(),
      zoneName: z.string().nullable(),
      uncovered: z.array(Period),
    }),
  ),
})

const CoverageAnswer = z.object({
  lookedBack: LookedBack.optional(),
  from: z.string(),
  to: z.string(),
  schools: z.number().int(),
  /** Schools with somebody on every day. */
  covered: z.number().int(),
  /** Schools where somebody took over within the time asked for. */
  replaced: z.number().int(),
  items: z.array(
    z.object({
      schoolId: z.string(),
      name: z.string(),
      zoneName: z.string().nullable(),
      /** Who answered when, within the time asked for. */
      periods: z.array(Period.extend({ supervisorId: z.string(), supervisorName: z.string() })),
      uncovered: z.array(Period),
    }),
  ),
})

/** Reading 挂牌督导: the dated history, and the days on which nobody answered for a school. */
export function postingViewRoutes(app: FastifyInstance, registry: Registry): void {
  const { past } = registry
  const tags = ['挂牌督导']

  query(app, {
    url: '/postings',
    tags,
    permission: 'registry.read',
    summary: '挂牌督导历史',
    query: PageQuery.extend({ ...LookBackQuery, schoolId: Id.optional(), supervisorId: Id.optional() }),
    answer: pageWithPast(PostingAnswer),
    freshness: ({ query: days }) => freshnessAt(past.postings, days),
    handle: async ({ query: { limit, cursor, asOf, validOn, ...filters }, scope }) => {
      const { view, lookedBack } = viewAt(past.postings, { asOf, validOn })
      const { view: schoolsView } = viewAt(past.schools, { asOf, validOn })
      const where = await postingsWithin(registry, scope, filters)
      const page = await view.find<PostingDocument>(POSTINGS, {
        where,
        sort: [['from', 'desc']],
        limit,
        cursor,
      })
      const rows = page.items.map(({ document }) => document)
      const schools = await schoolsView.getMany<SchoolDocument>(SCHOOLS, [...new Set(rows.map((row) => row.schoolId))])
      return {
        items: rows.map(({ office: _, ...row }) => ({
          ...row,
          schoolName: schools.get(row.schoolId)?.document.name ?? '',
        })),
        nextCursor: page.nextCursor,
        lookedBack,
      }
    },
  })

  query(app, {
    url: '/postings/gaps',
    tags,
    permission: 'registry.read',
    summary: '某段时间内没有挂牌督学的学校和日期',
    query: z.object({ ...LookBackQuery, from: InputDay, to: InputDay, zoneId: Id.optional() }),
    answer: GapsAnswer,
    freshness: ({ query: days }) => freshnessAt([past.postings, past.schools], days),
    handle: async ({ query: { from, to, zoneId, ...days }, scope }) => {
      const { view, lookedBack } = viewAt(past.postings, days)
      const { view: schoolsView } = viewAt(past.schools, days)
      const where = scopedWhere(scope, { zoneId, status: 'open' })
      const schools = await findAll<SchoolDocument>(schoolsView, SCHOOLS, { where, sort: [['code', 'asc']] })
      const rows = await findAll<PostingDocument>(view, POSTINGS, {
        where: { office: scope.office, from: { lte: to } },
      })
      const bySchool = Map.groupBy(rows, ({ schoolId }) => schoolId)
      const items = schools.flatMap(({ schoolId, name, zoneName }) => {
        const uncovered = uncoveredDays(bySchool.get(schoolId) ?? [], from, to)
        return uncovered.length === 0 ? [] : [{ schoolId, name, zoneName, uncovered }]
      })
      return { from, to, schools: schools.length, items, lookedBack }
    },
  })

  query(app, {
    url: '/postings/coverage',
    tags,
    permission: 'registry.read',
    summary: '挂牌覆盖：某段时间内各校由谁负责、有无空档',
    query: z.object({ ...LookBackQuery, from: InputDay, to: InputDay, zoneId: Id.optional() }),
    answer: CoverageAnswer,
    freshness: ({ query: days }) => freshnessAt([past.postings, past.schools], days),
    handle: async ({ query: { from, to, zoneId, ...days }, scope }) => {
      const { view, lookedBack } = viewAt(past.postings, days)
      const { view: schoolsView } = viewAt(past.schools, days)
      const where = scopedWhere(scope, { zoneId, status: 'open' })
      const schools = await findAll<SchoolDocument>(schoolsView, SCHOOLS, { where, sort: [['code', 'asc']] })
      const rows = await findAll<PostingDocument>(view, POSTINGS, {
        where: { office: scope.office, from: { lte: to } },
      })
      const bySchool = Map.groupBy(rows, ({ schoolId }) => schoolId)
      const items = schools.map(({ schoolId, name, zoneName }) => {
        const own = bySchool.get(schoolId) ?? []
        return { schoolId, name, zoneName, periods: within(own, from, to), uncovered: uncoveredDays(own, from, to) }
      })
      return {
        ...{ from, to, schools: schools.length, items, lookedBack },
        covered: items.filter(({ uncovered }) => uncovered.length === 0).length,
        replaced: items.filter(({ periods }) => periods.length > 1).length,
      }
    },
  })
}

/** A school's or supervisor's scope is a field of the row; a zone's is its schools. */
export async function postingsWithin(
  registry: Registry,
  scope: DataScope,
  filters: { readonly schoolId?: string | undefined; readonly supervisorId?: string | undefined },
): Promise<Where> {
  if (scope.kind !== 'zone') return scopedWhere(scope, filters)
  const { schoolId: asked } = filters
  const schoolIds = (await visibleSchools(registry, scope)).map(({ schoolId }) => schoolId)
  const wanted = asked === undefined ? schoolIds : schoolIds.filter((schoolId) => schoolId === asked)
  return { ...filters, office: scope.office, schoolId: { in: wanted } }
}

/** The rows that touch the time asked for, cut to it, oldest first. */
function within(rows: readonly PostingDocument[], from: string, to: string) {
  return rows
    .filter((row) => row.from <= to && (row.to === null || row.to >= from))
    .toSorted((one, other) => (one.from < other.from ? -1 : 1))
    .map(({ supervisorId, supervisorName, ...row }) => ({
      supervisorId,
      supervisorName,
      from: row.from < from ? from : row.from,
      to: row.to === null || row.to > to ? to : row.to,
    }))
}

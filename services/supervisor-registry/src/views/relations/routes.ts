import { Id } from '@dulian/contracts'
import { freshnessAt, LookBackQuery, pageWithPast, viewAt } from '@dulian/history/http'
import { type DataScope, PageQuery, pageOf, query, scopedWhere } from '@dulian/http-kit'
import { queryTokens, type Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Registry } from '../../registry.ts'
import { RelationKind, RelationSource } from '../../relation/events.ts'
import { SCHOOLS, type SchoolDocument } from '../schools/projection.ts'
import { SUPERVISORS, type SupervisorDocument } from '../supervisors/projection.ts'
import { RELATIONS, type RelationDocument } from './projection.ts'

const Standing = z.enum(['declared', 'verified', 'contested', 'withdrawn'])
const RelationAnswer = z.object({
  factId: z.string(),
  supervisorId: z.string(),
  supervisorName: z.string(),
  kind: RelationKind,
  schoolId: z.string(),
  schoolName: z.string(),
  description: z.string(),
  relativeName: z.string().nullable(),
  from: z.string().nullable(),
  /** Last day it holds; null while it lasts. */
  to: z.string().nullable(),
  /** `declared` 已申报, `verified` 已核实, `contested` 有异议, `withdrawn` 已撤销. */
  standing: Standing,
  source: RelationSource,
  remark: z.string().nullable(),
  declaredAt: z.string(),
})

type Asked = { readonly limit: number; readonly cursor?: string | undefined } & LookBackQuery

/** Reading 回避关系: the office all of them, a supervisor the own ones. */
export function relationViewRoutes(app: FastifyInstance, registry: Registry): void {
  const { past, supervisorsView, schoolsView } = registry
  const tags = ['回避']

  async function list(scope: DataScope, filters: Where, { limit, cursor, ...days }: Asked) {
    const { view, lookedBack } = viewAt(past.relations, days)
    const where = scopedWhere(scope, filters)
    const sort = [['declaredAt', 'desc']] as const
    const page = await view.find<RelationDocument>(RELATIONS, { where, sort, limit, cursor })
    const rows = page.items.map(({ document }) => document)
    const ids = [...new Set(rows.map(({ supervisorId }) => supervisorId))]
    // Names do not change, and a tie may reach further back than the person's entry in the register.
    const people = await supervisorsView.getMany<SupervisorDocument>(SUPERVISORS, ids)
    return {
      items: rows.map(({ office: _, version: __, ...row }) => ({
        ...row,
        supervisorName: people.get(row.supervisorId)?.document.name ?? '',
      })),
      nextCursor: page.nextCursor,
      lookedBack,
    }
  }

  query(app, {
    url: '/relations',
    tags,
    permission: 'relation.manage',
    summary: '回避关系列表',
    query: PageQuery.extend({
      ...LookBackQuery,
      supervisorId: Id.optional(),
      schoolId: Id.optional(),
      kind: RelationKind.optional(),
      standing: Standing.optional(),
    }),
    answer: pageWithPast(RelationAnswer),
    freshness: ({ query: days }) => freshnessAt(past.relations, days),
    handle: ({ query: { limit, cursor, asOf, validOn, ...filters }, scope }) =>
      list(scope, filters, { limit, cursor, asOf, validOn }),
  })

  query(app, {
    url: '/relations/mine',
    tags,
    permission: 'relation.declare',
    summary: '本人申报和被登记的回避关系',
    query: PageQuery.extend(LookBackQuery),
    answer: pageWithPast(RelationAnswer),
    freshness: ({ query: days }) => freshnessAt(past.relations, days),
    handle: ({ query: asked, scope }) => list(scope, {}, asked),
  })

  query(app, {
    url: '/relations/schools',
    tags,
    permission: 'relation.declare',
    summary: '申报时可选的学校（名称）',
    description: '回避关系可以指向本室任何一所学校，因此不限于本人负责的学校；只给出名称。',
    query: PageQuery.extend({ q: z.string().max(100).optional() }),
    answer: pageOf(z.object({ schoolId: z.string(), name: z.string() })),
    freshness: () => schoolsView,
    handle: async ({ query: { q, limit, cursor }, scope }) => {
      const tokens = q === undefined ? [] : queryTokens(q)
      const where: Where = { office: scope.office, status: 'open' }
      const page = await schoolsView.find<SchoolDocument>(SCHOOLS, {
        where: tokens.length === 0 ? where : { ...where, tokens: { all: tokens } },
        sort: [['code', 'asc']],
        limit,
        cursor,
      })
      return {
        items: page.items.map(({ document: { schoolId, name } }) => ({ schoolId, name })),
        nextCursor: page.nextCursor,
      }
    },
  })
}

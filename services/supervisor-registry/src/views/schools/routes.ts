import { chinaDate } from '@dulian/calendar'
import { Id, Ownership, SchoolKind, SchoolStage } from '@dulian/contracts'
import { ruleAt } from '@dulian/dated-rules'
import { eventSourcingError } from '@dulian/event-sourcing'
import { freshnessAt, LookBackQuery, pageWithPast, viewAt } from '@dulian/history/http'
import { HistoryEntry, historyOf, inScope, linesOf, PageQuery, query, scopedWhere, versioned } from '@dulian/http-kit'
import { queryTokens } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { describePostingEvent } from '../../posting/describe.ts'
import type { Registry } from '../../registry.ts'
import { largeSchoolPupils } from '../../rules/supervision-rules.ts'
import { schoolChanges } from '../../school/changes.ts'
import { describeSchoolEvent } from '../../school/describe.ts'
import { SCHOOLS, type SchoolDocument } from './projection.ts'

const ChangesAnswer = z.object({
  enrolments: z.array(
    z.object({ year: z.string(), asOf: z.string(), enrolment: z.number().int(), reportedAt: z.string() }),
  ),
  corrections: z.array(
    z.object({
      at: z.string(),
      actor: z.string(),
      reason: z.string(),
      fields: z.array(
        z.object({
          field: z.enum(['name', 'kind', 'stage', 'ownership', 'address', 'zoneName']),
          before: z.string().nullable(),
          after: z.string().nullable(),
        }),
      ),
    }),
  ),
  closure: z.object({ closedOn: z.string(), reason: z.string() }).nullable(),
})
const SchoolAnswer = z.object({
  schoolId: z.string(),
  office: z.string(),
  code: z.string(),
  name: z.string(),
  kind: SchoolKind,
  stage: SchoolStage,
  ownership: Ownership,
  address: z.string().nullable(),
  zoneId: z.string().nullable(),
  zoneName: z.string().nullable(),
  enrolment: z.number().int().nullable(),
  enrolmentAsOf: z.string().nullable(),
  status: z.enum(['open', 'closed']),
  closedOn: z.string().nullable(),
  supervisorId: z.string().nullable(),
  supervisorName: z.string().nullable(),
  postedFrom: z.string().nullable(),
  /** Large enough to need a supervisor of its own, by the rule of today. */
  large: z.boolean(),
  version: z.number().int(),
})

/** Reading 学校. */
export function schoolViewRoutes(app: FastifyInstance, registry: Registry): void {
  const { schoolsView, past, clock } = registry
  const answerOf = ({ tokens: _, ...school }: SchoolDocument): z.infer<typeof SchoolAnswer> => {
    const { amount } = ruleAt(largeSchoolPupils, chinaDate(clock.now())).value
    return { ...school, large: school.enrolment !== null && school.enrolment >= amount }
  }
  const tags = ['学校']

  query(app, {
    url: '/schools',
    tags,
    permission: 'registry.read',
    summary: '学校列表',
    query: PageQuery.extend({
      ...LookBackQuery,
      q: z.string().max(100).optional(),
      kind: SchoolKind.optional(),
      stage: SchoolStage.optional(),
      ownership: Ownership.optional(),
      zoneId: Id.optional(),
      supervisorId: Id.optional(),
      status: z.enum(['open', 'closed']).optional(),
    }),
    answer: pageWithPast(SchoolAnswer),
    freshness: ({ query: days }) => freshnessAt(past.schools, days),
    handle: async ({ query: { q, limit, cursor, asOf, validOn, ...filters }, scope }) => {
      const { view, lookedBack } = viewAt(past.schools, { asOf, validOn })
      const where = scopedWhere(scope, filters)
      const tokens = q === undefined ? [] : queryTokens(q)
      const page = await view.find<SchoolDocument>(SCHOOLS, {
        where: tokens.length === 0 ? where : { ...where, tokens: { all: tokens } },
        sort: [['code', 'asc']],
        limit,
        cursor,
      })
      const items = page.items.map(({ document }) => answerOf(document))
      return { items, nextCursor: page.nextCursor, lookedBack }
    },
  })

  query(app, {
    url: '/schools/:id',
    tags,
    permission: 'registry.read',
    summary: '一所学校及其经历',
    params: z.object({ id: Id }),
    answer: SchoolAnswer.extend({ history: z.array(HistoryEntry) }),
    freshness: () => schoolsView,
    handle: async ({ params, scope }) => {
      const document = (await schoolsView.get<SchoolDocument>(SCHOOLS, params.id))?.document
      if (document === undefined || !inScope(scope, factsOf(document))) throw eventSourcingError('STREAM_NOT_FOUND')
      const [own, postings] = await Promise.all([
        registry.schools.history(scope.office, params.id),
        registry.postings.history(scope.office, params.id),
      ])
      const history = historyOf(linesOf(own, describeSchoolEvent), linesOf(postings, describePostingEvent))
      return versioned({ ...answerOf(document), history }, document.version)
    },
  })

  query(app, {
    url: '/schools/:id/changes',
    tags,
    permission: 'registry.read',
    summary: '学校变动：历年学生数、信息更正、撤并',
    params: z.object({ id: Id }),
    answer: ChangesAnswer,
    freshness: () => schoolsView,
    handle: async ({ params, scope }) => {
      const document = (await schoolsView.get<SchoolDocument>(SCHOOLS, params.id))?.document
      if (document === undefined || !inScope(scope, factsOf(document))) throw eventSourcingError('STREAM_NOT_FOUND')
      const { enrolments, corrections, closure } = schoolChanges(
        await registry.schools.history(scope.office, params.id),
      )
      return {
        enrolments: [...enrolments],
        corrections: corrections.map((one) => ({ ...one, fields: [...one.fields] })),
        closure,
      }
    },
  })
}

function factsOf({ office, schoolId, zoneId, supervisorId }: SchoolDocument) {
  return { office, schoolId, zoneId, supervisorId }
}

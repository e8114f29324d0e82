import {
  differenceRoute,
  freshnessAt,
  LookBackQuery,
  pageWithPast,
  type ViewsOverTime,
  viewAt,
} from '@dulian/history/http'
import { PageQuery, query, scopedWhere, scopeWhere } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { NoticeDocument } from './projection.ts'

export const NoticeAnswer = z.object({
  noticeId: z.string(),
  office: z.string(),
  documentNumber: z.string(),
  problemId: z.string(),
  problemNumber: z.string(),
  title: z.string(),
  schoolId: z.string(),
  schoolName: z.string(),
  text: z.string(),
  formerDueOn: z.string(),
  newDueOn: z.string(),
  workingDaysOverdue: z.number().int(),
  issuedOn: z.string(),
  issuedBy: z.string(),
})

export function noticeRoutes(app: FastifyInstance, past: ViewsOverTime) {
  query(app, {
    url: '/notices',
    permission: 'problem.read',
    summary: '督办通知列表',
    tags: ['整改问责'],
    query: z.object({
      ...PageQuery.shape,
      ...LookBackQuery,
      problemId: z.uuid().optional(),
      schoolId: z.uuid().optional(),
    }),
    answer: pageWithPast(NoticeAnswer),
    freshness: ({ query: days }) => freshnessAt(past, days),
    handle: async ({ query: { limit, cursor, asOf, validOn, ...filters }, scope }) => {
      const { view, lookedBack } = viewAt(past, { asOf, validOn })
      const page = await view.find<NoticeDocument>('notices', {
        where: scopedWhere(scope, filters),
        sort: [
          ['issuedOn', 'desc'],
          ['documentNumber', 'desc'],
        ],
        limit,
        cursor,
      })
      const items = page.items.map(({ document }) => ({ ...document, issuedBy: document.issuedBy.name }))
      return { items, nextCursor: page.nextCursor, lookedBack }
    },
  })

  differenceRoute(app, {
    url: '/notices/differences',
    permission: 'problem.read',
    summary: '督办通知：当时所知与当日实情的差异',
    tags: ['整改问责'],
    views: past,
    collection: 'notices',
    namesOf:
      () =>
      ({ documentNumber, title }) =>
        `${String(documentNumber)} ${String(title)}`,
    where: (scope) => scopeWhere(scope),
    fields: { schoolName: '学校', issuedOn: '发出日期', newDueOn: '新的期限' },
  })
}

import { PageQuery, pageOf, query, scopedWhere } from '@dulian/http-kit'
import type { ViewReader } from '@dulian/service-host'
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

export function noticeRoutes(app: FastifyInstance, view: ViewReader) {
  query(app, {
    url: '/notices',
    permission: 'problem.read',
    summary: '督办通知列表',
    tags: ['整改问责'],
    query: z.object({ ...PageQuery.shape, problemId: z.uuid().optional(), schoolId: z.uuid().optional() }),
    answer: pageOf(NoticeAnswer),
    freshness: () => view,
    handle: async ({ query: { limit, cursor, ...filters }, scope }) => {
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
      return { items, nextCursor: page.nextCursor }
    },
  })
}

import { chinaDate } from '@dulian/calendar'
import type { Streams } from '@dulian/event-sourcing'
import {
  differenceRoute,
  freshnessAt,
  LookBackQuery,
  pageWithPast,
  type ViewsOverTime,
  viewAt,
} from '@dulian/history/http'
import {
  command,
  inScope,
  PageQuery,
  query,
  requireInScope,
  scopedWhere,
  scopeWhere,
  versioned,
} from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { rectificationError } from '../../errors.ts'
import { scopeFactsOf } from '../../problem/scope-facts.ts'
import { receiveUrgingNotice } from '../../urging-notice/decide.ts'
import type { UrgingNoticeEvent } from '../../urging-notice/events.ts'
import type { UrgingNotice } from '../../urging-notice/state.ts'
import type { NoticeDocument } from './projection.ts'

export const NoticeAnswer = z.object({
  noticeId: z.string(),
  office: z.string(),
  documentNumber: z.string(),
  /** 督办级别, what it is called and what follows when nothing happens. */
  level: z.number().int(),
  levelName: z.string(),
  consequence: z.string(),
  decisionNumber: z.string().nullable(),
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
  receivedOn: z.string().nullable(),
  receivedBy: z.string().nullable(),
  version: z.number().int(),
})

export interface NoticeRoutesOptions {
  readonly past: ViewsOverTime
  readonly notices: Streams<UrgingNotice, UrgingNoticeEvent>
}

export function noticeRoutes(app: FastifyInstance, { past, notices }: NoticeRoutesOptions) {
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

  query(app, {
    url: '/notices/:id',
    permission: 'problem.read',
    summary: '一份督办通知',
    tags: ['整改问责'],
    params: z.object({ id: z.uuid() }),
    answer: NoticeAnswer,
    freshness: () => past.live,
    handle: async ({ params, scope }) => {
      const found = await past.live.get<NoticeDocument>('notices', params.id)
      if (found === undefined || !inScope(scope, scopeFactsOf(found.document))) {
        throw rectificationError('NOTICE_NOT_FOUND')
      }
      const { document } = found
      return versioned({ ...document, issuedBy: document.issuedBy.name }, document.version)
    },
  })

  command(app, {
    url: '/notices/:id/receive',
    permission: 'problem.report',
    summary: '签收督办通知',
    description: '由学校签收一次；重复签收不改变任何内容。',
    tags: ['整改问责'],
    precondition: 'none',
    params: z.object({ id: z.uuid() }),
    handle: async ({ params, context, identity, scope }) => {
      const { office } = context
      const { state } = await notices.get(office, params.id)
      if (state.stage === 'none') throw rectificationError('NOTICE_NOT_FOUND')
      requireInScope(scope, scopeFactsOf({ ...state.issued, office }))
      const receivedBy = { subject: identity.subject, name: identity.name }
      return await notices.execute(params.id, context, {
        decide: (current) => receiveUrgingNotice({ receivedOn: chinaDate(context.at), receivedBy }, current),
      })
    },
  })
}

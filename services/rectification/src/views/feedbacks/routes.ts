import { EvidenceRef } from '@dulian/contracts'
import { PageQuery, pageOf, query, versioned } from '@dulian/http-kit'
import type { ViewReader } from '@dulian/service-host'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { rectificationError } from '../../errors.ts'
import { SourceKind, SourceLevel } from '../../problem/events.ts'
import type { FeedbackDocument } from './projection.ts'

const FeedbackAnswer = z.object({
  feedbackId: z.string(),
  office: z.string(),
  source: z.object({
    kind: SourceKind,
    title: z.string(),
    level: SourceLevel,
    year: z.number().int(),
    documentNumber: z.string().nullable(),
  }),
  receivedOn: z.string(),
  registeredOn: z.string(),
  registeredBy: z.string(),
  files: z.array(EvidenceRef),
  problems: z.number().int(),
  version: z.number().int(),
})

/** Only for those who enter them: a document names every school it is about. */
export function feedbackViewRoutes(app: FastifyInstance, view: ViewReader) {
  query(app, {
    url: '/feedbacks',
    permission: 'problem.open',
    summary: '反馈文件列表',
    tags: ['整改问责'],
    query: PageQuery,
    answer: pageOf(FeedbackAnswer),
    freshness: () => view,
    handle: async ({ query: { limit, cursor }, scope }) => {
      const page = await view.find<FeedbackDocument>('feedbacks', {
        where: { office: scope.office },
        sort: [['registeredOn', 'desc']],
        limit,
        cursor,
      })
      return { items: page.items.map(({ document }) => answerOf(document)), nextCursor: page.nextCursor }
    },
  })

  query(app, {
    url: '/feedbacks/:id',
    permission: 'problem.open',
    summary: '一份反馈文件',
    tags: ['整改问责'],
    params: z.object({ id: z.uuid() }),
    answer: FeedbackAnswer,
    freshness: () => view,
    handle: async ({ params, scope }) => {
      const found = await view.get<FeedbackDocument>('feedbacks', params.id)
      if (found?.document.office !== scope.office) throw rectificationError('FEEDBACK_NOT_FOUND')
      return versioned(answerOf(found.document), found.document.version)
    },
  })
}

function answerOf({ registeredBy, problems, files, ...document }: FeedbackDocument): z.infer<typeof FeedbackAnswer> {
  return { ...document, files: [...files], registeredBy: registeredBy.name, problems: problems.length }
}

import { type Calendar, chinaDate, InputDay } from '@dulian/calendar'
import type { Clock, Streams } from '@dulian/event-sourcing'
import { type DataScope, download, grantOf, inScope, query, securedRoute } from '@dulian/http-kit'
import { LetterPreview, letterFile, letterPreview, wordMediaType } from '@dulian/official-documents'
import type { ViewReader } from '@dulian/service-host'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { rectificationError } from '../errors.ts'
import type { ProblemEvent } from '../problem/events.ts'
import { scopeFactsOf } from '../problem/scope-facts.ts'
import { type Problem, stageNames } from '../problem/state.ts'
import { urgingLevelAt } from '../rules/aftercare-rules.ts'
import { officeNameAt } from '../rules/document-codes.ts'
import type { NoticeDocument } from '../views/notices/projection.ts'
import type { ProblemViews } from '../views/problems/queries.ts'
import { noticeLetter } from './notice-letter.ts'
import { noticeText } from './notice-text.ts'

export interface NoticeLetterRoutesOptions {
  readonly notices: ViewReader
  readonly problems: Streams<Problem, ProblemEvent>
  readonly views: Pick<ProblemViews, 'findProblem'>
  readonly calendar: Calendar
  readonly clock: Clock
}

const Id = z.object({ id: z.uuid() })
const Draft = z.object({
  newDueOn: InputDay,
  text: z.string().trim().max(4000).optional(),
  consequence: z.string().trim().max(4000).optional(),
})

/** 督办通知 on paper: before its number is taken, as it was issued, and as a Word file. */
export function noticeLetterRoutes(
  app: FastifyInstance,
  { notices, problems, views, calendar, clock }: NoticeLetterRoutesOptions,
) {
  const issued = async (id: string, scope: DataScope) => {
    const found = await notices.get<NoticeDocument>('notices', id)
    if (found === undefined || !inScope(scope, scopeFactsOf(found.document)))
      throw rectificationError('NOTICE_NOT_FOUND')
    const { document } = found
    return { document, letter: noticeLetter(document, officeNameAt(scope.office, document.issuedOn)) }
  }

  securedRoute(app, {
    method: 'POST',
    url: '/problems/:id/urge/preview',
    permission: 'problem.urge',
    summary: '预览：督办通知的正文，不取文号、不保存任何内容',
    tags: ['整改问责'],
    params: Id,
    body: Draft,
    answer: LetterPreview,
    handler: async (request) => {
      const { scope } = grantOf(request)
      const { id } = request.params as z.infer<typeof Id>
      const { newDueOn, text, consequence: given } = request.body as z.infer<typeof Draft>
      const known = await views.findProblem(scope.office, id)
      if (known === undefined || !inScope(scope, scopeFactsOf(known))) throw rectificationError('PROBLEM_NOT_FOUND')
      const { state } = await problems.load(scope.office, id)
      if (!('demand' in state)) {
        throw rectificationError('PROBLEM_HAS_NO_DEADLINE', { stage: stageNames[state.stage] })
      }
      const today = chinaDate(clock.now())
      const { past, facts, demand } = state
      const level = urgingLevelAt(past.notices.length + past.occurrences.length + 1, today)
      const consequence = given || level.consequence
      const draft = {
        schoolName: facts.schoolName,
        title: facts.title,
        problemNumber: facts.number,
        decisionNumber: demand.documentNumber,
        levelName: level.levelName,
        text: text || noticeText(state, { today, newDueOn, consequence, calendar }),
        consequence,
        formerDueOn: demand.dueOn,
        newDueOn,
        workingDaysOverdue: Math.max(0, calendar.workingDaysBetween(demand.dueOn, today)),
        body: facts.body,
        documentNumber: null,
        issuedOn: today,
      }
      return letterPreview(noticeLetter(draft, officeNameAt(scope.office, today)))
    },
  })

  query(app, {
    url: '/notices/:id/letter',
    permission: 'problem.read',
    summary: '督办通知的正文',
    tags: ['整改问责'],
    params: Id,
    answer: LetterPreview,
    freshness: () => notices,
    handle: async ({ params, scope }) => letterPreview((await issued(params.id, scope)).letter),
  })

  download(app, {
    url: '/notices/:id/letter.docx',
    permission: 'problem.read',
    summary: '督办通知（Word）',
    tags: ['整改问责'],
    params: Id,
    mediaType: wordMediaType,
    handle: async ({ params, scope }) => {
      const { document, letter } = await issued(params.id, scope)
      return { name: `督办通知 ${document.documentNumber}.docx`, bytes: await letterFile(letter) }
    },
  })
}

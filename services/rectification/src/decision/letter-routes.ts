import { chinaDate } from '@dulian/calendar'
import type { Clock, Streams } from '@dulian/event-sourcing'
import { type DataScope, download, grantOf, query, requireInScope, securedRoute } from '@dulian/http-kit'
import { LetterPreview, letterFile, letterPreview, wordMediaType } from '@dulian/official-documents'
import type { ViewReader } from '@dulian/service-host'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { rectificationError } from '../errors.ts'
import type { ProblemEvent } from '../problem/events.ts'
import { scopeFactsOf } from '../problem/scope-facts.ts'
import type { Problem } from '../problem/state.ts'
import { officeNameAt } from '../rules/document-codes.ts'
import type { DecisionDocument } from '../views/decisions/projection.ts'
import { visiblePart } from '../views/decisions/routes.ts'
import { type DecisionToWrite, decisionLetter } from './decision-letter.ts'
import { GivenDecision, meetingOf } from './given-decision.ts'

export interface DecisionLetterRoutesOptions {
  readonly decisions: ViewReader
  readonly problems: Streams<Problem, ProblemEvent>
  readonly clock: Clock
}

const Id = z.object({ id: z.uuid() })

/** 整改决定 on paper: before its number is taken, as it was issued, and as a Word file. */
export function decisionLetterRoutes(
  app: FastifyInstance,
  { decisions, problems, clock }: DecisionLetterRoutesOptions,
) {
  const today = (): string => chinaDate(clock.now())
  /** A school has only its own part in hand, as it has it in the list. */
  const issued = async (id: string, scope: DataScope) => {
    const found = await decisions.get<DecisionDocument>('decisions', id)
    const part = found === undefined ? undefined : visiblePart(found.document, scope)
    if (part === undefined) throw rectificationError('DECISION_NOT_FOUND')
    return { part, letter: decisionLetter(part, officeNameAt(scope.office, part.issuedOn)) }
  }

  securedRoute(app, {
    method: 'POST',
    url: '/decisions/preview',
    permission: 'problem.decide',
    summary: '预览：整改决定的正文，不取文号、不保存任何内容',
    tags: ['整改问责'],
    body: GivenDecision,
    answer: LetterPreview,
    handler: async (request) => {
      const { scope } = grantOf(request)
      const body = request.body as z.infer<typeof GivenDecision>
      const listed: DecisionToWrite['problems'][number][] = []
      for (const { problemId, demand, dueOn } of body.problems) {
        const { state } = await problems.load(scope.office, problemId)
        if (state.stage === 'none') throw rectificationError('PROBLEM_NOT_FOUND')
        requireInScope(scope, scopeFactsOf({ ...state.facts, office: scope.office }))
        listed.push({ ...state.facts, demand: demand ?? undefined, dueOn: dueOn ?? undefined })
      }
      const draft = { ...body, meeting: meetingOf(body), note: body.note || null, problems: listed }
      const unnumbered = { ...draft, documentNumber: null, issuedOn: today() }
      return letterPreview(decisionLetter(unnumbered, officeNameAt(scope.office, today())))
    },
  })

  query(app, {
    url: '/decisions/:id/letter',
    permission: 'problem.read',
    summary: '整改决定的正文',
    tags: ['整改问责'],
    params: Id,
    answer: LetterPreview,
    freshness: () => decisions,
    handle: async ({ params, scope }) => letterPreview((await issued(params.id, scope)).letter),
  })

  download(app, {
    url: '/decisions/:id/letter.docx',
    permission: 'problem.read',
    summary: '整改决定（Word）',
    tags: ['整改问责'],
    params: Id,
    mediaType: wordMediaType,
    handle: async ({ params, scope }) => {
      const { part, letter } = await issued(params.id, scope)
      return { name: `整改决定 ${part.documentNumber}.docx`, bytes: await letterFile(letter) }
    },
  })
}

import {
  differenceRoute,
  freshnessAt,
  LookBackQuery,
  pageWithPast,
  type ViewsOverTime,
  viewAt,
} from '@dulian/history/http'
import { type DataScope, inScope, PageQuery, query, scopedWhere, scopeWhere, versioned } from '@dulian/http-kit'
import type { ViewReader } from '@dulian/service-host'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { DecidedProblem, FeedbackMeeting } from '../../decision/events.ts'
import { rectificationError } from '../../errors.ts'
import { scopeFactsOf } from '../../problem/scope-facts.ts'
import type { DecidedItem, DecisionDocument } from './projection.ts'

export const DecisionAnswer = z.object({
  decisionId: z.string(),
  office: z.string(),
  documentNumber: z.string(),
  form: z.enum(['writing', 'meeting']),
  meeting: FeedbackMeeting.nullable(),
  note: z.string().nullable(),
  issuedOn: z.string(),
  issuedBy: z.string(),
  problems: z.array(DecidedProblem),
  /** Which schools have acknowledged it. */
  receipts: z.array(
    z.object({ schoolId: z.string(), schoolName: z.string(), receivedOn: z.string(), receivedBy: z.string() }),
  ),
  termRule: z.object({ id: z.string(), version: z.number().int(), workingDays: z.number().int() }),
  version: z.number().int(),
})

export function decisionViewRoutes(app: FastifyInstance, past: ViewsOverTime) {
  query(app, {
    url: '/decisions',
    permission: 'problem.read',
    summary: '整改决定列表',
    tags: ['整改问责'],
    query: PageQuery.extend(LookBackQuery),
    answer: pageWithPast(DecisionAnswer),
    freshness: ({ query: days }) => freshnessAt(past, days),
    handle: async ({ query: { limit, cursor, ...days }, scope }) => {
      const { view, lookedBack } = viewAt(past, days)
      const page = { limit, cursor }
      const found =
        scope.kind === 'office' ? await wholeDecisions(view, scope, page) : await ownPartOf(view, scope, page)
      return { ...found, lookedBack }
    },
  })

  differenceRoute(app, {
    url: '/decisions/differences',
    permission: 'problem.read',
    summary: '整改决定：当时所知与当日实情的差异',
    tags: ['整改问责'],
    views: past,
    // By single problems, so that a narrower right finds its own part.
    collection: 'items',
    namesOf:
      () =>
      ({ number, title, schoolName }) =>
        `${String(number)} ${String(title)} · ${String(schoolName)}`,
    where: (scope) => scopeWhere(scope),
    fields: { demand: '整改要求', dueOn: '整改期限', issuedOn: '下达日期' },
  })

  query(app, {
    url: '/decisions/:id',
    permission: 'problem.read',
    summary: '一份整改决定',
    tags: ['整改问责'],
    params: z.object({ id: z.uuid() }),
    answer: DecisionAnswer,
    freshness: () => past.live,
    handle: async ({ params, scope }) => {
      const found = await past.live.get<DecisionDocument>('decisions', params.id)
      const answer = found === undefined ? undefined : visiblePart(found.document, scope)
      if (answer === undefined) throw rectificationError('DECISION_NOT_FOUND')
      return versioned(answer, answer.version)
    },
  })
}

type Answer = z.infer<typeof DecisionAnswer>

async function wholeDecisions(view: ViewReader, scope: DataScope, page: PageQuery) {
  const found = await view.find<DecisionDocument>('decisions', {
    where: { office: scope.office },
    sort: [
      ['issuedOn', 'desc'],
      ['documentNumber', 'desc'],
    ],
    ...page,
  })
  return answerOf(
    found.items.map(({ document }) => visiblePart(document, scope)),
    found.nextCursor,
  )
}

/** By way of the single problems: a narrower scope sees its own part of a decision and nothing of the rest. */
async function ownPartOf(view: ViewReader, scope: DataScope, page: PageQuery) {
  const found = await view.find<DecidedItem>('items', {
    where: scopedWhere(scope, {}),
    sort: [['issuedOn', 'desc']],
    ...page,
  })
  const ids = [...new Set(found.items.map(({ document }) => document.decisionId))]
  const decisions = await view.getMany<DecisionDocument>('decisions', ids)
  const parts = ids.map((id) => {
    const decision = decisions.get(id)
    return decision === undefined ? undefined : visiblePart(decision.document, scope)
  })
  return answerOf(parts, found.nextCursor)
}

function answerOf(parts: readonly (Answer | undefined)[], nextCursor: string | undefined) {
  const items = parts.filter((part) => part !== undefined)
  return { items, nextCursor }
}

/** The decision as far as this person may see it; undefined when nothing of it is theirs. */
export function visiblePart(decision: DecisionDocument, scope: DataScope): Answer | undefined {
  const { office } = decision
  const problems = decision.problems.filter((problem) => inScope(scope, scopeFactsOf({ ...problem, office })))
  if (problems.length === 0) return undefined
  return {
    decisionId: decision.decisionId,
    office,
    documentNumber: decision.documentNumber,
    form: decision.form,
    meeting: decision.meeting,
    note: decision.note,
    issuedOn: decision.issuedOn,
    issuedBy: decision.issuedBy.name,
    problems,
    receipts: decision.receipts
      .filter(({ schoolId }) => problems.some((problem) => problem.schoolId === schoolId))
      .map(({ schoolId, schoolName, receivedOn, receivedBy }) => ({
        schoolId,
        schoolName,
        receivedOn,
        receivedBy: receivedBy.name,
      })),
    termRule: decision.termRule,
    version: decision.version,
  }
}

import { chinaDate } from '@dulian/calendar'
import { Employment, Id, SupervisorCategory } from '@dulian/contracts'
import { eventSourcingError } from '@dulian/event-sourcing'
import { freshnessAt, LookBackQuery, pageWithPast, viewAt } from '@dulian/history/http'
import { type DataScope, HistoryEntry, historyOf, linesOf, PageQuery, query, versioned } from '@dulian/http-kit'
import { queryTokens, type Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Registry } from '../../registry.ts'
import { describeSupervisorEvent } from '../../supervisor/describe.ts'
import { type PaperState, paperStateOn } from '../../supervisor/papers.ts'
import { visibleSupervisorIds } from '../visible.ts'
import { SUPERVISORS, type SupervisorDocument, type TermPapers } from './projection.ts'

const Status = z.enum(['registered', 'appointed', 'dismissed'])
const TermState = z.enum(['none', 'running', 'near-end', 'ended'])
const SupervisorAnswer = z.object({
  supervisorId: z.string(),
  name: z.string(),
  category: SupervisorCategory,
  employment: Employment,
  homeUnit: z.string(),
  field: z.string(),
  phoneMasked: z.string(),
  status: Status,
  dismissedOn: z.string().nullable(),
  termFrom: z.string().nullable(),
  termTo: z.string().nullable(),
  /** `near-end` 将到期, `ended` 任期届满. */
  termState: TermState,
  consecutiveTerms: z.number().int(),
  /** Of the papers that count on the day asked about; the last ones when none do. */
  certificateNumber: z.string().nullable(),
  /** First day of the term they are for. */
  certificateTermFrom: z.string().nullable(),
  /** `upcoming` 未生效, `valid` 有效, `expired` 已届满, `void` 已失效; as of the day asked about. */
  certificateState: z.enum(['none', 'upcoming', 'valid', 'expired', 'void']),
  schools: z.number().int(),
  version: z.number().int(),
})

/** Reading the 督学库. A narrower scope sees the supervisors of its schools, and oneself. */
export function supervisorViewRoutes(app: FastifyInstance, registry: Registry): void {
  const { supervisorsView, past, clock } = registry
  const tags = ['督学']

  query(app, {
    url: '/supervisors',
    tags,
    permission: 'registry.read',
    summary: '督学列表',
    query: PageQuery.extend({
      ...LookBackQuery,
      category: SupervisorCategory.optional(),
      employment: Employment.optional(),
      status: Status.optional(),
      termState: TermState.optional(),
      q: z.string().max(100).optional(),
    }),
    answer: pageWithPast(SupervisorAnswer),
    freshness: ({ query: days }) => freshnessAt(past.supervisors, days),
    handle: async ({ query: { q, limit, cursor, asOf, validOn, ...filters }, scope }) => {
      const { view, day, lookedBack } = viewAt(past.supervisors, { asOf, validOn })
      let where: Where = { ...filters, ...(await supervisorsWithin(registry, scope)) }
      const tokens = q === undefined ? [] : queryTokens(q)
      if (tokens.length > 0) where = { ...where, tokens: { all: tokens } }
      const page = await view.find<SupervisorDocument>(SUPERVISORS, {
        where,
        sort: [['name', 'asc']],
        limit,
        cursor,
      })
      return {
        items: page.items.map(({ document }) => answerOf(document, day)),
        nextCursor: page.nextCursor,
        lookedBack,
      }
    },
  })

  query(app, {
    url: '/supervisors/:id',
    tags,
    permission: 'registry.read',
    summary: '一位督学及其经历',
    params: z.object({ id: Id }),
    answer: SupervisorAnswer.extend({ history: z.array(HistoryEntry) }),
    freshness: () => supervisorsView,
    handle: async ({ params, scope }) => {
      const document = (await supervisorsView.get<SupervisorDocument>(SUPERVISORS, params.id))?.document
      const visible = await visibleSupervisorIds(registry, scope)
      if (document?.office !== scope.office || visible?.includes(params.id) === false) {
        throw eventSourcingError('STREAM_NOT_FOUND')
      }
      const events = await registry.supervisors.history(scope.office, params.id)
      const history = historyOf(linesOf(events, describeSupervisorEvent))
      return versioned({ ...answerOf(document, chinaDate(clock.now())), history }, document.version)
    },
  })
}

/** The supervisors somebody sees, by the rights of today. */
export async function supervisorsWithin(registry: Registry, scope: DataScope): Promise<Where> {
  const visible = await visibleSupervisorIds(registry, scope)
  return { office: scope.office, ...(visible === undefined ? {} : { supervisorId: { in: [...visible] } }) }
}

function answerOf(document: SupervisorDocument, day: string): z.infer<typeof SupervisorAnswer> {
  const { tokens: _, office: __, nextTermDay: ___, schoolIds, papers, ...answer } = document
  const shown = papersOn(papers, day)
  return {
    ...answer,
    schools: schoolIds.length,
    certificateNumber: shown?.certificateNumber ?? null,
    certificateTermFrom: shown?.termFrom ?? null,
    certificateState: shown === undefined ? 'none' : stateOn(day, shown, document.dismissedOn),
  }
}

/** Those in force on the day; without any, the last that were, or the first that will be. */
function papersOn(papers: readonly TermPapers[], day: string): TermPapers | undefined {
  const issued = papers.filter(({ certificateNumber }) => certificateNumber !== null)
  return issued.findLast(({ termFrom }) => termFrom <= day) ?? issued[0]
}

function stateOn(day: string, { termFrom, termTo }: TermPapers, voidedOn: string | null): PaperState {
  return paperStateOn(day, { termFrom, termTo, voidedOn })
}

import { chinaDate } from '@dulian/calendar'
import { Employment, Id, SupervisorCategory } from '@dulian/contracts'
import { eventSourcingError } from '@dulian/event-sourcing'
import { freshnessAt, LookBackQuery, pageWithPast, viewAt } from '@dulian/history/http'
import { PageQuery, query } from '@dulian/http-kit'
import { queryTokens, type Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Registry } from '../../registry.ts'
import { paperStateOn } from '../../supervisor/papers.ts'
import { visibleSupervisorIds } from '../visible.ts'
import { CERTIFICATES, type CertificateDocument, certificateIdOf } from './projection.ts'

const CertificateAnswer = z.object({
  supervisorId: z.string(),
  name: z.string(),
  category: SupervisorCategory,
  employment: Employment,
  certificateNumber: z.string(),
  letterNumber: z.string(),
  termFrom: z.string(),
  termTo: z.string(),
  consecutiveTerm: z.number().int(),
  decidedBy: z.string(),
  decidedOn: z.string(),
  issuedOn: z.string(),
  voidedOn: z.string().nullable(),
  voidedBecause: z.string().nullable(),
  /** `upcoming` 未生效, `valid` 有效, `expired` 已届满, `void` 已失效; as of the day asked about. */
  state: z.enum(['upcoming', 'valid', 'expired', 'void']),
})

/** Reading 聘书 and 督学证: the register, and the papers of one term for printing. */
export function certificateViewRoutes(app: FastifyInstance, registry: Registry): void {
  const { certificatesView, past, clock } = registry
  const tags = ['督学']

  query(app, {
    url: '/certificates',
    tags,
    permission: 'registry.read',
    summary: '聘书与督学证登记簿',
    query: PageQuery.extend({
      ...LookBackQuery,
      supervisorId: Id.optional(),
      q: z.string().max(100).optional(),
    }),
    answer: pageWithPast(CertificateAnswer),
    freshness: ({ query: days }) => freshnessAt(past.certificates, days),
    handle: async ({ query: { q, limit, cursor, supervisorId, ...days }, scope }) => {
      const { view, day, lookedBack } = viewAt(past.certificates, days)
      const visible = await visibleSupervisorIds(registry, scope)
      const asked =
        supervisorId === undefined ? visible : [supervisorId].filter((id) => visible?.includes(id) !== false)
      if (asked?.length === 0) return { items: [], lookedBack }
      let where: Where = { office: scope.office }
      if (asked !== undefined) where = { ...where, supervisorId: { in: asked } }
      const tokens = q === undefined ? [] : queryTokens(q)
      if (tokens.length > 0) where = { ...where, tokens: { all: tokens } }
      const page = await view.find<CertificateDocument>(CERTIFICATES, {
        where,
        // Behind `supervisorId in …` only what the index names next is in order.
        sort: asked === undefined ? [['issuedOn', 'desc']] : [],
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
    url: '/supervisors/:id/certificates/:termFrom',
    tags,
    permission: 'registry.read',
    summary: '一届任期的聘书和督学证',
    // Any text: what is no first day of a term has no papers, and is not found rather than wrong.
    params: z.object({ id: Id, termFrom: z.string().min(1).max(40) }),
    answer: CertificateAnswer,
    freshness: () => certificatesView,
    handle: async ({ params, scope }) => {
      const key = certificateIdOf(params.id, params.termFrom)
      const papers = (await certificatesView.get<CertificateDocument>(CERTIFICATES, key))?.document
      const visible = await visibleSupervisorIds(registry, scope)
      if (papers?.office !== scope.office || visible?.includes(params.id) === false) {
        throw eventSourcingError('STREAM_NOT_FOUND')
      }
      return answerOf(papers, chinaDate(clock.now()))
    },
  })
}

function answerOf(document: CertificateDocument, day: string): z.infer<typeof CertificateAnswer> {
  const { office: _, tokens: __, ...papers } = document
  return { ...papers, state: paperStateOn(day, papers) }
}

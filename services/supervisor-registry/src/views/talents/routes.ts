import { Id } from '@dulian/contracts'
import { eventSourcingError } from '@dulian/event-sourcing'
import { freshnessAt, LookBackQuery, pageWithPast, viewAt } from '@dulian/history/http'
import {
  type DataScope,
  HistoryEntry,
  historyOf,
  inScope,
  linesOf,
  PageQuery,
  query,
  requireInScope,
  versioned,
} from '@dulian/http-kit'
import { queryTokens, type Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Registry } from '../../registry.ts'
import { describeTalentEvent } from '../../talent/describe.ts'
import { TalentAim, TalentDelisted } from '../../talent/events.ts'
import { TALENTS, type TalentDocument } from './projection.ts'

const State = z.enum(['listed', 'delisted'])
const TalentAnswer = z.object({
  talentId: z.string(),
  name: z.string(),
  homeUnit: z.string(),
  field: z.string(),
  aim: TalentAim,
  supervisorId: z.string().nullable(),
  recommendedBy: z.string(),
  plan: z.string(),
  listedOn: z.string(),
  state: State,
  outcome: TalentDelisted.shape.outcome.nullable(),
  delistedOn: z.string().nullable(),
  steps: z.number().int(),
  lastStepOn: z.string().nullable(),
  version: z.number().int(),
})

/** Reading 后备人才: for the office alone, being judged for an office is nobody else's matter. */
export function talentViewRoutes(app: FastifyInstance, registry: Registry): void {
  const { talentsView, past } = registry
  const tags = ['后备人才']
  const permission = 'registry.manage'

  query(app, {
    url: '/talents',
    tags,
    permission,
    summary: '后备人才名单',
    query: PageQuery.extend({
      ...LookBackQuery,
      state: State.optional(),
      aim: TalentAim.optional(),
      q: z.string().max(100).optional(),
    }),
    answer: pageWithPast(TalentAnswer),
    freshness: ({ query: days }) => freshnessAt(past.talents, days),
    handle: async ({ query: { q, limit, cursor, asOf, validOn, ...filters }, scope }) => {
      const where: Where = { ...filters, ...talentsWithin(scope) }
      const { view, lookedBack } = viewAt(past.talents, { asOf, validOn })
      const tokens = q === undefined ? [] : queryTokens(q)
      const page = await view.find<TalentDocument>(TALENTS, {
        where: tokens.length === 0 ? where : { ...where, tokens: { all: tokens } },
        sort: [['listedOn', 'desc']],
        limit,
        cursor,
      })
      return {
        items: page.items.map(({ document }) => answerOf(document)),
        nextCursor: page.nextCursor,
        lookedBack,
      }
    },
  })

  query(app, {
    url: '/talents/:id',
    tags,
    permission,
    summary: '一名后备人才及其培养过程',
    params: z.object({ id: Id }),
    answer: TalentAnswer.extend({ history: z.array(HistoryEntry) }),
    freshness: () => talentsView,
    handle: async ({ params, scope }) => {
      const document = (await talentsView.get<TalentDocument>(TALENTS, params.id))?.document
      if (document === undefined || !inScope(scope, { office: document.office })) {
        throw eventSourcingError('STREAM_NOT_FOUND')
      }
      const events = await registry.talents.history(scope.office, params.id)
      const history = historyOf(linesOf(events, describeTalentEvent))
      return versioned({ ...answerOf(document), history }, document.version)
    },
  })
}

/** All of the office, for those who see the whole office; anybody else is refused. */
export function talentsWithin(scope: DataScope): Where {
  requireInScope(scope, { office: scope.office })
  return { office: scope.office }
}

function answerOf({ office: _, tokens: __, ...talent }: TalentDocument): z.infer<typeof TalentAnswer> {
  return talent
}

import type { Calendar } from '@dulian/calendar'
import { FindingSeverity } from '@dulian/contracts'
import { freshnessAt, LookedBack } from '@dulian/history/http'
import { query } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { lamps } from '../problems/lamp.ts'
import { ProblemState } from '../problems/problem-answer.ts'
import type { ProblemViews } from '../problems/queries.ts'
import { ProblemFilters, whereOf } from '../problems/routes.ts'
import { boardOf } from './queries.ts'

const Unit = z.object({
  id: z.string(),
  name: z.string(),
  open: z.number().int(),
  dueSoon: z.number().int(),
  overdue: z.number().int(),
})

export const BoardAnswer = z.object({
  /** The day that is shown. */
  asOf: z.string(),
  lookedBack: LookedBack.optional(),
  totals: z.object({
    open: z.number().int(),
    onTime: z.number().int(),
    dueSoon: z.number().int(),
    overdue: z.number().int(),
    awaitingVerification: z.number().int(),
    cancelled: z.number().int(),
  }),
  tiles: z.array(
    z.object({
      problemId: z.string(),
      number: z.string(),
      title: z.string(),
      severity: FindingSeverity,
      schoolId: z.string(),
      schoolName: z.string(),
      zoneName: z.string().nullable(),
      unit: z.string(),
      body: z.string().nullable(),
      state: ProblemState,
      lamp: z.enum(lamps),
      workingDaysLeft: z.number().int().nullable(),
      dueOn: z.string().nullable(),
      urgings: z.number().int(),
    }),
  ),
  more: z.number().int(),
  funnel: z.array(z.object({ state: ProblemState, count: z.number().int() })),
  ageing: z.array(
    z.object({ days: z.string(), openedFrom: z.string().nullable(), openedTo: z.string(), count: z.number().int() }),
  ),
  byUnit: z.array(Unit),
  byZone: z.array(Unit),
  byBody: z.array(Unit),
})

export function boardRoutes(
  app: FastifyInstance,
  { problems, calendar }: { problems: ProblemViews; calendar: Calendar },
) {
  query(app, {
    url: '/board',
    permission: 'problem.read',
    summary: '挂图作战',
    description:
      '按单位逐项列出未销号的问题和剩余工作日；asOf 为过去某日时，答当日终了时所知的情形；validOn 答按今日所知该日的实情。',
    tags: ['整改问责'],
    query: ProblemFilters.omit({ state: true }),
    answer: BoardAnswer,
    freshness: ({ query: days }) => freshnessAt(problems.overTime, days),
    handle: async ({ query: filters, scope }) => {
      const source = problems.at(filters)
      const board = await boardOf(source, whereOf(scope, filters), calendar)
      return {
        asOf: board.asOf,
        lookedBack: source.lookedBack,
        totals: board.totals,
        tiles: [...board.tiles],
        more: board.more,
        funnel: [...board.funnel],
        ageing: [...board.ageing],
        byUnit: [...board.byUnit],
        byZone: [...board.byZone],
        byBody: [...board.byBody],
      }
    },
  })
}

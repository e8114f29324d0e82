import { type Calendar, chinaDate, InputDay } from '@dulian/calendar'
import { FindingSeverity } from '@dulian/contracts'
import type { Clock } from '@dulian/event-sourcing'
import { freshnessAt, LookBackQuery, pageWithPast } from '@dulian/history/http'
import { type DataScope, inScope, PageQuery, query, scopedWhere, versioned } from '@dulian/http-kit'
import { type Query, queryTokens, type Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { rectificationError } from '../../errors.ts'
import { SourceKind, SourceLevel } from '../../problem/events.ts'
import { scopeFactsOf } from '../../problem/scope-facts.ts'
import { firstDayNotSoon, lamps } from './lamp.ts'
import { ProblemAnswer, ProblemDetail, ProblemState, problemAnswer, problemDetail } from './problem-answer.ts'
import type { ProblemViews } from './queries.ts'
import { reCheckStates, reCheckWhere } from './re-check.ts'

/** The filters that list and board share. */
export const ProblemFilters = z.object({
  state: ProblemState.optional(),
  /** A kind of source, or a source's exact title such as 2024年国家义务教育质量监测. */
  source: z.string().trim().min(1).max(200).optional(),
  /** A source by its name, with its year before it when there were several: 2024 国家义务教育质量监测. */
  sourceTitle: z.string().trim().min(1).max(210).optional(),
  level: SourceLevel.optional(),
  year: z.coerce.number().int().min(2000).max(2100).optional(),
  schoolId: z.uuid().optional(),
  zoneId: z.uuid().optional(),
  supervisorId: z.uuid().optional(),
  taskId: z.uuid().optional(),
  body: z.string().trim().min(1).max(100).optional(),
  severity: FindingSeverity.optional(),
  feedbackId: z.uuid().optional(),
  /** Whether it has come back. */
  rebounded: z.enum(['true', 'false']).optional(),
  /** First and last day of opening. */
  openedFrom: InputDay.optional(),
  openedTo: InputDay.optional(),
  ...LookBackQuery,
})
export type ProblemFilters = z.infer<typeof ProblemFilters>

export interface ProblemViewRoutesOptions {
  readonly problems: ProblemViews
  readonly clock: Clock
  readonly calendar: Calendar
}

export function problemViewRoutes(app: FastifyInstance, { problems, clock, calendar }: ProblemViewRoutesOptions) {
  query(app, {
    url: '/problems',
    permission: 'problem.read',
    summary: '问题台账',
    description: '按期限排序。asOf 为过去某日时，答当日终了时所知的情形；validOn 答按今日所知该日的实情。',
    tags: ['整改问责'],
    query: z.object({
      ...PageQuery.shape,
      ...ProblemFilters.shape,
      /** Whether it is still to be cancelled. */
      open: z.enum(['true', 'false']).optional(),
      overdue: z.enum(['true', 'false']).optional(),
      /** Waits for a decision: newly opened, or come back. */
      undecided: z.enum(['true']).optional(),
      /** 回头看: cancelled problems by how their re-check stands. */
      reCheck: z.enum(reCheckStates).optional(),
      /** 整改成效: cancelled problems of which nobody has confirmed yet that it lasts, or somebody has. */
      effect: z.enum(['unconfirmed', 'confirmed']).optional(),
      lamp: z.enum(lamps).optional(),
      q: z.string().trim().min(1).max(100).optional(),
      sort: z.enum(['due', 'opened', 're-check']).default('due'),
    }),
    answer: pageWithPast(ProblemAnswer),
    freshness: ({ query: days }) => freshnessAt(problems.overTime, days),
    handle: async ({
      query: { limit, cursor, open, overdue, undecided, reCheck, effect, lamp, q, sort, ...filters },
      scope,
    }) => {
      const source = problems.at(filters)
      const where: Where = {
        ...whereOf(scope, filters),
        ...(open === undefined ? {} : { open: open === 'true' }),
        ...(overdue === 'true' ? lampWhere('overdue', source.day, calendar) : {}),
        ...(undecided === undefined ? {} : { state: { in: ['opened', 'rebounded'] } }),
        ...(reCheck === undefined ? {} : reCheckWhere(reCheck, source.day)),
        ...(effect === undefined ? {} : { open: false, effectOpen: effect === 'unconfirmed' }),
        ...(lamp === undefined ? {} : lampWhere(lamp, source.day, calendar)),
        ...(q === undefined ? {} : { words: { all: wordsOf(q) } }),
      }
      const page = await source.list(where, {
        sort: sorts[sort],
        limit,
        cursor,
      })
      const viewer = { day: source.day, calendar, school: scope.kind === 'school' }
      const items = page.items.map((problem) => problemAnswer(problem, viewer))
      return { items, nextCursor: page.nextCursor, lookedBack: source.lookedBack }
    },
  })

  query(app, {
    url: '/sources',
    permission: 'problem.read',
    summary: '问题来源及各来源的问题数',
    tags: ['整改问责'],
    query: PageQuery,
    answer: z.object({
      items: z.array(
        z.object({
          kind: SourceKind,
          level: SourceLevel,
          year: z.number().int(),
          title: z.string(),
          problems: z.number().int(),
        }),
      ),
    }),
    freshness: () => problems.view,
    handle: async ({ scope }) => {
      const source = problems.at({})
      const groups = await source.group(
        ['sourceKind', 'sourceLevel', 'sourceYear', 'sourceTitle'],
        scopedWhere(scope, {}),
      )
      const items = groups.map(({ key: [kind, level, year, title], count }) => ({
        kind: SourceKind.parse(kind),
        level: SourceLevel.parse(level),
        year: Number(year),
        title: String(title),
        problems: count,
      }))
      return { items: items.sort((one, other) => other.year - one.year || (one.title < other.title ? -1 : 1)) }
    },
  })

  query(app, {
    url: '/problems/:id',
    permission: 'problem.read',
    summary: '一个问题及其全过程',
    tags: ['整改问责'],
    params: z.object({ id: z.uuid() }),
    answer: ProblemDetail,
    freshness: () => problems.view,
    handle: async ({ params, scope }) => {
      const problem = await problems.findProblem(scope.office, params.id)
      if (problem === undefined || !inScope(scope, scopeFactsOf(problem))) throw rectificationError('PROBLEM_NOT_FOUND')
      const viewer = { day: chinaDate(clock.now()), calendar, school: scope.kind === 'school' }
      return versioned(problemDetail(problem, viewer), problem.version)
    },
  })
}

const sorts = {
  due: [['sortDue', 'asc']],
  opened: [['openedOn', 'desc']],
  're-check': [['reCheckDueOn', 'asc']],
} as const satisfies Record<string, Query['sort']>

/** Signs alone name no word: then nothing is found rather than everything. */
function wordsOf(q: string): string[] {
  const tokens = queryTokens(q)
  return tokens.length === 0 ? ['\u0001'] : tokens
}

/** The scope with the shared filters inside it. */
export function whereOf(scope: DataScope, filters: ProblemFilters): Where {
  const { asOf: _, validOn: __, source, sourceTitle, level, year, openedFrom, openedTo, rebounded, ...fields } = filters
  const kind = SourceKind.safeParse(source)
  return {
    ...scopedWhere(scope, {
      ...fields,
      ...(source === undefined ? {} : kind.success ? { sourceKind: kind.data } : { sourceTitle: source }),
      ...(level === undefined ? {} : { sourceLevel: level }),
    }),
    ...(sourceTitle === undefined ? {} : namedSource(sourceTitle)),
    ...(rebounded === undefined ? {} : { rebounds: rebounded === 'true' ? { gt: 0 } : 0 }),
    ...(year === undefined ? {} : { sourceYear: year }),
    ...(openedFrom === undefined && openedTo === undefined ? {} : { openedOn: between(openedFrom, openedTo) }),
  }
}

/** The year in front narrows; it may as well be part of the name. */
function namedSource(named: string): Where {
  const [, year, title] = /^(\d{4})年?\s*(.+)$/.exec(named) ?? []
  if (year === undefined || title === undefined) return { sourceTitle: named }
  return { sourceTitle: { in: [named, title] }, sourceYear: Number(year) }
}

function between(from: string | undefined, to: string | undefined): { gte?: string; lte?: string } {
  return { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lte: to }) }
}

/** A lamp as a condition on stored fields: the same border as `standingOn`. */
export function lampWhere(lamp: (typeof lamps)[number], day: string, calendar: Calendar): Where {
  switch (lamp) {
    case 'closed':
      return { open: false }
    case 'overdue':
      return { running: true, sortDue: { lt: day } }
    case 'due-soon':
      return { running: true, sortDue: { gte: day, lt: firstDayNotSoon(day, calendar) } }
    case 'on-time':
      return { open: true, sortDue: { gte: firstDayNotSoon(day, calendar) } }
    default: {
      const unknown: never = lamp
      return unknown
    }
  }
}

import type { Calendar } from '@dulian/calendar'
import { freshnessAt } from '@dulian/history/http'
import { query } from '@dulian/http-kit'
import { MAX_LIMIT } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { rectificationError } from '../../errors.ts'
import { MOST_ROWS } from '../lists/routes.ts'
import { PartyName, ProblemState } from '../problems/problem-answer.ts'
import type { ProblemFacts } from '../problems/problem-document.ts'
import type { ProblemViews } from '../problems/queries.ts'
import { ProblemFilters, whereOf } from '../problems/routes.ts'
import { waitingOf } from '../problems/waiting.ts'

const Parties = z.array(z.object({ party: PartyName, workingDays: z.number().int() }))
const Share = z.object({ id: z.string(), name: z.string(), workingDays: z.number().int(), problems: z.number().int() })

const WaitingAnswer = z.object({
  asOf: z.string(),
  problems: z.number().int(),
  total: z.number().int(),
  /** Working days by party; they add up to the total. */
  parties: Parties,
  /** Whom exactly was waited for: each department, each school. */
  bodies: z.array(Share),
  schools: z.array(Share),
  /** The slowest first. */
  items: z.array(
    z.object({
      problemId: z.string(),
      number: z.string(),
      title: z.string(),
      schoolName: z.string(),
      body: z.string().nullable(),
      state: ProblemState,
      total: z.number().int(),
      parties: Parties,
      waitingFor: PartyName.nullable(),
    }),
  ),
})

/** So many single problems are shown; the sums are of all. */
const SHOWN = 100

/** 为何迟滞: the waiting time of many problems, split by whom it was waited for [N16]. Nothing for a school's eyes. */
export function waitingRoutes(
  app: FastifyInstance,
  { problems, calendar }: { problems: ProblemViews; calendar: Calendar },
) {
  query(app, {
    url: '/waiting',
    permission: 'problem.read',
    summary: '为何迟滞：等待时间按责任方汇总',
    description: '按工作日计；各方之和等于合计。学校查询时不给出任何内容。',
    tags: ['整改问责'],
    query: ProblemFilters.extend({ open: z.enum(['true', 'false']).optional() }),
    answer: WaitingAnswer,
    freshness: ({ query: days }) => freshnessAt(problems.overTime, days),
    handle: async ({ query: { open, ...filters }, scope }) => {
      const source = problems.at(filters)
      if (scope.kind === 'school') return emptyAnswer(source.day)
      const where = { ...whereOf(scope, filters), ...(open === undefined ? {} : { open: open === 'true' }) }
      const count = await source.count(where)
      if (count > MOST_ROWS) throw rectificationError('LIST_TOO_LONG', { count, most: MOST_ROWS })
      const rows: (ReturnType<typeof waitingOf> & { readonly problem: ProblemFacts })[] = []
      for (let cursor: string | undefined; ; ) {
        const page = await source.list(where, { sort: [['sortDue', 'asc']], limit: MAX_LIMIT, cursor })
        for (const problem of page.items) rows.push({ problem, ...waitingOf(problem.waits, source.day, calendar) })
        cursor = page.nextCursor
        if (cursor === undefined) break
      }
      const days = (row: (typeof rows)[number], party: string): number =>
        row.parties.find((one) => one.party === party)?.workingDays ?? 0
      const shares = (party: string, of: (problem: ProblemFacts) => readonly [id: string, name: string]) =>
        [...Map.groupBy(rows, ({ problem }) => of(problem)[0])]
          .map(([id, own]) => ({
            id,
            name: own[0] === undefined ? '' : of(own[0].problem)[1],
            workingDays: own.reduce((sum, row) => sum + days(row, party), 0),
            problems: own.filter((row) => days(row, party) > 0).length,
          }))
          .filter(({ workingDays }) => workingDays > 0)
          .sort((one, other) => other.workingDays - one.workingDays)
      return {
        asOf: source.day,
        problems: rows.length,
        total: rows.reduce((sum, { total }) => sum + total, 0),
        parties: PartyName.options.map((party) => ({
          party,
          workingDays: rows.reduce((sum, row) => sum + days(row, party), 0),
        })),
        bodies: shares('body', ({ body }) => [body ?? '', body ?? '']),
        schools: shares('school', ({ schoolId, schoolName }) => [schoolId, schoolName]),
        items: rows
          .sort((one, other) => other.total - one.total)
          .slice(0, SHOWN)
          .map(({ problem, total, parties }) => ({
            problemId: problem.problemId,
            number: problem.number,
            title: problem.title,
            schoolName: problem.schoolName,
            body: problem.body,
            state: problem.state,
            total,
            parties: [...parties],
            waitingFor: problem.waits.findLast(({ to }) => to === null)?.party ?? null,
          })),
      }
    },
  })
}

function emptyAnswer(asOf: string): z.infer<typeof WaitingAnswer> {
  return { asOf, problems: 0, total: 0, parties: [], bodies: [], schools: [], items: [] }
}

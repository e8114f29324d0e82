import { type AuditRecorder, watermarkOf } from '@dulian/audit'
import type { Calendar } from '@dulian/calendar'
import { FindingSeverity } from '@dulian/contracts'
import { freshnessAt } from '@dulian/history/http'
import { type DataScope, download, query } from '@dulian/http-kit'
import { MAX_LIMIT } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { rectificationError } from '../../errors.ts'
import { officeNameAt } from '../../rules/document-codes.ts'
import { ProblemState } from '../problems/problem-answer.ts'
import type { ProblemFacts } from '../problems/problem-document.ts'
import type { ProblemViews } from '../problems/queries.ts'
import { ProblemFilters, whereOf } from '../problems/routes.ts'
import { listsWorkbook } from './lists-workbook.ts'
import { type ThreeLists, threeLists } from './three-lists.ts'

const listed = {
  problemId: z.string(),
  number: z.string(),
  zoneName: z.string(),
  unit: z.string(),
  item: z.string(),
  state: ProblemState,
}
const Count = z.object({
  name: z.string(),
  problems: z.number().int(),
  tasks: z.number().int(),
  responsibilities: z.number().int(),
})

const ListsAnswer = z.object({
  asOf: z.string(),
  /** Counted on the documents themselves. */
  total: z.number().int(),
  problems: z.array(
    z.object({
      ...listed,
      title: z.string(),
      description: z.string(),
      severity: FindingSeverity,
      sourceTitle: z.string(),
      sourceYear: z.number().int(),
      openedOn: z.string(),
    }),
  ),
  tasks: z.array(
    z.object({
      ...listed,
      demand: z.string().nullable(),
      dueOn: z.string().nullable(),
      documentNumber: z.string().nullable(),
      workingDaysLeft: z.number().int().nullable(),
      overdue: z.boolean(),
    }),
  ),
  responsibilities: z.array(
    z.object({
      zoneName: z.string(),
      unit: z.string(),
      body: z.string().nullable(),
      supervisorName: z.string().nullable(),
      items: z.array(z.object({ item: z.string(), problems: z.number().int() })),
      problems: z.number().int(),
      open: z.number().int(),
      overdue: z.number().int(),
      cancelled: z.number().int(),
    }),
  ),
  byZone: z.array(Count),
  byUnit: z.array(Count),
  byItem: z.array(Count),
})

/** More rows nobody prints at once. */
export const MOST_ROWS = 5_000

const Filters = ProblemFilters.extend({ open: z.enum(['true', 'false']).optional() })

export function listRoutes(
  app: FastifyInstance,
  { problems, calendar, audit }: { problems: ProblemViews; calendar: Calendar; audit: AuditRecorder },
) {
  const listsOf = async (
    { open, ...filters }: z.infer<typeof Filters>,
    scope: DataScope,
  ): Promise<{ readonly day: string; readonly total: number; readonly lists: ThreeLists }> => {
    const source = problems.at(filters)
    const where = { ...whereOf(scope, filters), ...(open === undefined ? {} : { open: open === 'true' }) }
    const total = await source.count(where)
    if (total > MOST_ROWS) throw rectificationError('LIST_TOO_LONG', { count: total, most: MOST_ROWS })
    const rows: ProblemFacts[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await source.list(where, { sort: [['sortDue', 'asc']], limit: MAX_LIMIT, cursor })
      rows.push(...page.items)
      cursor = page.nextCursor
      if (cursor === undefined) break
    }
    return { day: source.day, total, lists: threeLists(rows, source.day, calendar) }
  }

  query(app, {
    url: '/lists',
    permission: 'problem.read',
    summary: '问题清单、任务清单、责任清单',
    description: '同一批问题按责任区、单位、条目列成三张清单，各清单的数目一致。',
    tags: ['整改问责'],
    query: Filters,
    answer: ListsAnswer,
    freshness: ({ query: days }) => freshnessAt(problems.overTime, days),
    handle: async ({ query: filters, scope }) => {
      const { day, total, lists } = await listsOf(filters, scope)
      const school = scope.kind === 'school'
      return {
        asOf: day,
        total,
        problems: [...lists.problems],
        tasks: [...lists.tasks],
        responsibilities: lists.responsibilities.map(({ items, supervisorName, ...row }) => ({
          ...row,
          supervisorName: school ? null : supervisorName,
          items: [...items],
        })),
        byZone: [...lists.byZone],
        byUnit: [...lists.byUnit],
        byItem: [...lists.byItem],
      }
    },
  })

  download(app, {
    url: '/lists.xlsx',
    permission: 'data.export',
    summary: '三张清单（Excel）',
    description: '先登记导出，再给出文件；文件中写明导出人、时间和审计编号。',
    tags: ['整改问责'],
    query: Filters,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    handle: async ({ query: filters, scope, identity }) => {
      // Nobody takes half a past home.
      await freshnessAt(problems.overTime, filters).lag()
      const { day, total, lists } = await listsOf(filters, scope)
      const officeName = officeNameAt(scope.office, day)
      const entry = await audit.record({
        action: 'data-exported',
        by: identity,
        object: 'problems/lists.xlsx',
        objectName: '整改三张清单（Excel）',
        details: { rows: total, filters: wordsOf(filters) },
      })
      const bytes = await listsWorkbook(lists, { day, officeName, watermark: watermarkOf(entry) })
      return { name: `整改三张清单 ${day}.xlsx`, bytes }
    },
  })
}

/** The conditions as they were asked, e.g. `zoneId=… open=true`. */
function wordsOf(filters: z.infer<typeof Filters>): string {
  return Object.entries(filters)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${String(value)}`]))
    .join(' ')
}

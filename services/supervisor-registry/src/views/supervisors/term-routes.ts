import { addDays, addYears } from '@dulian/calendar'
import { Employment, SupervisorCategory } from '@dulian/contracts'
import { ruleAt } from '@dulian/dated-rules'
import { freshnessAt, LookBackQuery, pageWithPast, viewAt } from '@dulian/history/http'
import { type DataScope, PageQuery, query } from '@dulian/http-kit'
import type { Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Registry } from '../../registry.ts'
import { consecutiveGapDays, consecutiveTerms, termYears } from '../../rules/supervision-rules.ts'
import { SUPERVISORS, type SupervisorDocument } from './projection.ts'
import { supervisorsWithin } from './routes.ts'

const DueState = z.enum(['near-end', 'ended'])
const TermAnswer = z.object({
  supervisorId: z.string(),
  name: z.string(),
  category: SupervisorCategory,
  employment: Employment,
  termFrom: z.string(),
  termTo: z.string(),
  termState: DueState,
  consecutiveTerms: z.number().int(),
  /** Days until the last day; negative once it is over. */
  daysLeft: z.number().int(),
  schools: z.number().int(),
  /** Another term may follow: not for a part-time supervisor after the last consecutive one. */
  renewable: z.boolean(),
  /** Consecutive terms a part-time supervisor may serve. */
  limit: z.number().int(),
  /** The next term as the rules propose it. */
  nextFrom: z.string(),
  nextTo: z.string(),
  version: z.number().int(),
})

/** 到期选聘: whose term nears its end or is over, and what the next one would be. */
export function termViewRoutes(app: FastifyInstance, registry: Registry): void {
  const { past } = registry
  query(app, {
    url: '/terms',
    tags: ['督学'],
    permission: 'registry.read',
    summary: '将到期与任期届满的督学',
    query: PageQuery.extend({
      ...LookBackQuery,
      termState: DueState.optional(),
      category: SupervisorCategory.optional(),
    }),
    answer: pageWithPast(TermAnswer),
    freshness: ({ query: days }) => freshnessAt(past.supervisors, days),
    handle: async ({ query: { limit, cursor, termState, category, ...days }, scope }) => {
      const { view, day, lookedBack } = viewAt(past.supervisors, days)
      const due = await dueWithin(registry, scope)
      const where: Where = {
        ...due,
        ...(termState === undefined ? {} : { termState }),
        ...(category === undefined ? {} : { category }),
      }
      const page = await view.find<SupervisorDocument>(SUPERVISORS, {
        where,
        sort: [['name', 'asc']],
        limit,
        cursor,
      })
      return {
        items: page.items.flatMap(({ document }) => dueTerm(document, day)),
        nextCursor: page.nextCursor,
        lookedBack,
      }
    },
  })
}

/** The supervisors on the list of 到期选聘 whom somebody sees, by the rights of today. */
export async function dueWithin(registry: Registry, scope: DataScope): Promise<Where> {
  const visible = await supervisorsWithin(registry, scope)
  return { ...visible, status: 'appointed', termState: { in: DueState.options } }
}

function dueTerm(person: SupervisorDocument, day: string): z.infer<typeof TermAnswer>[] {
  const { termFrom, termTo, termState, consecutiveTerms: served } = person
  if (termFrom === null || termTo === null || (termState !== 'near-end' && termState !== 'ended')) return []
  const { supervisorId, name, category, employment, version, schoolIds } = person
  const nextFrom = termState === 'ended' ? later(day, addDays(termTo, 1)) : addDays(termTo, 1)
  const limit = ruleAt(consecutiveTerms, nextFrom).value.amount
  const isConsecutive = nextFrom <= addDays(termTo, ruleAt(consecutiveGapDays, nextFrom).value.amount)
  return [
    {
      ...{ supervisorId, name, category, employment, termFrom, termTo, termState, version, limit, nextFrom },
      consecutiveTerms: served,
      schools: schoolIds.length,
      daysLeft: daysBetween(day, termTo),
      renewable: employment === 'full-time' || !isConsecutive || served < limit,
      nextTo: addDays(addYears(nextFrom, ruleAt(termYears, nextFrom).value.amount), -1),
    },
  ]
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

function later(one: string, other: string): string {
  return one > other ? one : other
}

import { addDays, addYears, chinaDate } from '@dulian/calendar'
import { Employment, SupervisorCategory } from '@dulian/contracts'
import { ruleAt } from '@dulian/dated-rules'
import { PageQuery, pageOf, query } from '@dulian/http-kit'
import type { Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Registry } from '../../registry.ts'
import { consecutiveGapDays, consecutiveTerms, termYears } from '../../rules/supervision-rules.ts'
import { visibleSupervisorIds } from '../visible.ts'
import { SUPERVISORS, type SupervisorDocument } from './projection.ts'

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
  const { supervisorsView, clock } = registry
  query(app, {
    url: '/terms',
    tags: ['督学'],
    permission: 'registry.read',
    summary: '将到期与任期届满的督学',
    query: PageQuery.extend({ termState: DueState.optional(), category: SupervisorCategory.optional() }),
    answer: pageOf(TermAnswer),
    freshness: () => supervisorsView,
    handle: async ({ query: { limit, cursor, termState, category }, scope }) => {
      const visible = await visibleSupervisorIds(registry, scope)
      if (visible?.length === 0) return { items: [] }
      const where: Where = {
        office: scope.office,
        status: 'appointed',
        termState: termState ?? { in: ['near-end', 'ended'] },
        ...(category === undefined ? {} : { category }),
        ...(visible === undefined ? {} : { supervisorId: { in: visible } }),
      }
      const page = await supervisorsView.find<SupervisorDocument>(SUPERVISORS, {
        where,
        sort: [['name', 'asc']],
        limit,
        cursor,
      })
      const today = chinaDate(clock.now())
      return { items: page.items.flatMap(({ document }) => dueTerm(document, today)), nextCursor: page.nextCursor }
    },
  })
}

function dueTerm(person: SupervisorDocument, today: string): z.infer<typeof TermAnswer>[] {
  const { termFrom, termTo, termState, consecutiveTerms: served } = person
  if (termFrom === null || termTo === null || (termState !== 'near-end' && termState !== 'ended')) return []
  const { supervisorId, name, category, employment, version, schoolIds } = person
  const nextFrom = termState === 'ended' ? later(today, addDays(termTo, 1)) : addDays(termTo, 1)
  const limit = ruleAt(consecutiveTerms, nextFrom).value.amount
  const isConsecutive = nextFrom <= addDays(termTo, ruleAt(consecutiveGapDays, nextFrom).value.amount)
  return [
    {
      ...{ supervisorId, name, category, employment, termFrom, termTo, termState, version, limit, nextFrom },
      consecutiveTerms: served,
      schools: schoolIds.length,
      daysLeft: daysBetween(today, termTo),
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

import { Id } from '@dulian/contracts'
import { freshnessAt, LookBackQuery, LookedBack, pageWithPast, viewAt } from '@dulian/history/http'
import { PageQuery, query } from '@dulian/http-kit'
import { findAll, type Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ActivityKind } from '../../activity-sheet/events.ts'
import type { Registry } from '../../registry.ts'
import { SUPERVISORS, type SupervisorDocument } from '../supervisors/projection.ts'
import { visibleSupervisorIds } from '../visible.ts'
import { ACTIVITIES, type ActivityDocument } from './projection.ts'

const Year = z.string().regex(/^(19|20|21)\d{2}$/, '年份为四位数字')
const ActivityAnswer = z.object({
  activityId: z.string(),
  supervisorId: z.string(),
  supervisorName: z.string(),
  on: z.string(),
  kind: ActivityKind,
  title: z.string(),
  text: z.string(),
})
const SheetLine = z.object({
  supervisorId: z.string(),
  name: z.string(),
  homeUnit: z.string(),
  majorSupervision: z.number().int(),
  guidanceResearch: z.number().int(),
  policyAdvice: z.number().int(),
  total: z.number().int(),
  lastOn: z.string().nullable(),
})

/** Reading 履职活动: every one of a year, and the yearly sheet of all government supervisors, idle ones included. */
export function activityViewRoutes(app: FastifyInstance, registry: Registry): void {
  const { past } = registry
  const tags = ['政府督学']
  const permission = 'registry.read'

  query(app, {
    url: '/activities',
    tags,
    permission,
    summary: '政府督学履职活动列表',
    query: PageQuery.extend({
      ...LookBackQuery,
      year: Year.optional(),
      supervisorId: Id.optional(),
      kind: ActivityKind.optional(),
    }),
    answer: pageWithPast(ActivityAnswer),
    freshness: ({ query: days }) => freshnessAt(past.activities, days),
    handle: async ({ query: { limit, cursor, supervisorId, asOf, validOn, ...filters }, scope }) => {
      const { view, lookedBack } = viewAt(past.activities, { asOf, validOn })
      const visible = await visibleSupervisorIds(registry, scope)
      const asked =
        supervisorId === undefined ? visible : [supervisorId].filter((id) => visible?.includes(id) !== false)
      if (asked?.length === 0) return { items: [], lookedBack }
      const where: Where = {
        office: scope.office,
        ...filters,
        ...(asked === undefined ? {} : { supervisorId: asked.length === 1 ? asked[0] : { in: asked } }),
      }
      const page = await view.find<ActivityDocument>(ACTIVITIES, {
        where,
        sort: filters.year === undefined ? [] : [['on', 'desc']],
        limit,
        cursor,
      })
      return {
        items: page.items.map(({ document: { office: _, year: __, ...activity } }) => activity),
        nextCursor: page.nextCursor,
        lookedBack,
      }
    },
  })

  query(app, {
    url: '/activities/sheet',
    tags,
    permission,
    summary: '政府督学年度履职情况表',
    description: '列出全部在库的政府督学，没有活动的也列出。',
    query: z.object({ ...LookBackQuery, year: Year }),
    answer: z.object({ lookedBack: LookedBack.optional(), year: z.string(), items: z.array(SheetLine) }),
    freshness: ({ query: days }) => freshnessAt([past.activities, past.supervisors], days),
    handle: async ({ query: { year, ...days }, scope }) => {
      const { view, lookedBack } = viewAt(past.activities, days)
      const { view: supervisorsView } = viewAt(past.supervisors, days)
      const visible = await visibleSupervisorIds(registry, scope)
      const registered = await findAll<SupervisorDocument>(supervisorsView, SUPERVISORS, {
        where: { office: scope.office, category: 'government' },
        sort: [['name', 'asc']],
      })
      const all = await findAll<ActivityDocument>(view, ACTIVITIES, {
        where: { office: scope.office, year },
        sort: [['on', 'asc']],
      })
      const byPerson = Map.groupBy(all, ({ supervisorId }) => supervisorId)
      // An activity may lie before the day on which its person was registered.
      const late = byPerson.keys().filter((id) => registered.every(({ supervisorId }) => supervisorId !== id))
      const added = await past.supervisors.live.getMany<SupervisorDocument>(SUPERVISORS, [...late])
      const people = [...registered, ...added.values().map(({ document }) => document)]
      const items = people.flatMap(({ supervisorId, name, homeUnit, status }) => {
        const own = byPerson.get(supervisorId) ?? []
        // Who has left stays on the sheets of the years in which they did something.
        if (visible?.includes(supervisorId) === false || (status === 'dismissed' && own.length === 0)) return []
        const of = (kind: ActivityDocument['kind']) => own.filter((activity) => activity.kind === kind).length
        return [
          {
            ...{ supervisorId, name, homeUnit, total: own.length, lastOn: own.at(-1)?.on ?? null },
            majorSupervision: of('major-supervision'),
            guidanceResearch: of('guidance-research'),
            policyAdvice: of('policy-advice'),
          },
        ]
      })
      return { year, items, lookedBack }
    },
  })
}

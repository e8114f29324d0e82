import { Id } from '@dulian/contracts'
import { PageQuery, pageOf, query } from '@dulian/http-kit'
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
  const { activitiesView, supervisorsView } = registry
  const tags = ['政府督学']
  const permission = 'registry.read'

  query(app, {
    url: '/activities',
    tags,
    permission,
    summary: '政府督学履职活动列表',
    query: PageQuery.extend({
      year: Year.optional(),
      supervisorId: Id.optional(),
      kind: ActivityKind.optional(),
    }),
    answer: pageOf(ActivityAnswer),
    freshness: () => activitiesView,
    handle: async ({ query: { limit, cursor, supervisorId, ...filters }, scope }) => {
      const visible = await visibleSupervisorIds(registry, scope)
      const asked =
        supervisorId === undefined ? visible : [supervisorId].filter((id) => visible?.includes(id) !== false)
      if (asked?.length === 0) return { items: [] }
      const where: Where = {
        office: scope.office,
        ...filters,
        ...(asked === undefined ? {} : { supervisorId: asked.length === 1 ? asked[0] : { in: asked } }),
      }
      const page = await activitiesView.find<ActivityDocument>(ACTIVITIES, {
        where,
        sort: filters.year === undefined ? [] : [['on', 'desc']],
        limit,
        cursor,
      })
      return {
        items: page.items.map(({ document: { office: _, year: __, ...activity } }) => activity),
        nextCursor: page.nextCursor,
      }
    },
  })

  query(app, {
    url: '/activities/sheet',
    tags,
    permission,
    summary: '政府督学年度履职情况表',
    description: '列出全部在库的政府督学，没有活动的也列出。',
    query: z.object({ year: Year }),
    answer: z.object({ year: z.string(), items: z.array(SheetLine) }),
    freshness: () => activitiesView,
    handle: async ({ query: { year }, scope }) => {
      const visible = await visibleSupervisorIds(registry, scope)
      const people = await findAll<SupervisorDocument>(supervisorsView, SUPERVISORS, {
        where: { office: scope.office, category: 'government' },
        sort: [['name', 'asc']],
      })
      const all = await findAll<ActivityDocument>(activitiesView, ACTIVITIES, {
        where: { office: scope.office, year },
        sort: [['on', 'asc']],
      })
      const byPerson = Map.groupBy(all, ({ supervisorId }) => supervisorId)
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
      return { year, items }
    },
  })
}

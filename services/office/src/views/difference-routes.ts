import { differenceRoute } from '@dulian/history/http'
import type { FastifyInstance } from 'fastify'
import type { Office } from '../office.ts'
import { PLANS } from './plans/projection.ts'
import { plansWithin } from './plans/routes.ts'
import { TASKS } from './tasks/projection.ts'
import { tasksWithin } from './tasks/routes.ts'

/** What of each list was known otherwise on a day than it was by today's knowledge [N10]. */
export function differenceRoutes(app: FastifyInstance, { past }: Office): void {
  differenceRoute(app, {
    url: '/tasks/differences',
    permission: 'plan.read',
    summary: '任务：当时所知与当日实情的差异',
    tags: ['任务'],
    views: past.tasks,
    collection: TASKS,
    namesOf:
      () =>
      ({ itemPath, title }) =>
        `${String(itemPath)} ${String(title)}`,
    where: tasksWithin,
    fields: {
      lead: '牵头单位',
      dueOn: '时限',
      state: '状态',
      progressPercent: '进度（%）',
      evidence: '印证材料',
      linkedVisits: '督查',
      linkedProblems: '问题',
      openProblems: '未销号问题',
    },
  })

  differenceRoute(app, {
    url: '/plans/differences',
    permission: 'plan.read',
    summary: '年度计划：当时所知与当日实情的差异',
    tags: ['计划'],
    views: past.plans,
    collection: PLANS,
    namesOf:
      () =>
      ({ title }) =>
        String(title),
    where: plansWithin,
    fields: { title: '计划', documentNumber: '文号', state: '状态', tasks: '任务', done: '已办结' },
  })
}

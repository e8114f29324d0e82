import { differenceRoute, type ViewsOverTime } from '@dulian/history/http'
import { scopeWhere } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'

/** What of the ledger was known otherwise on a day than it was by today's knowledge [N10]. */
export function problemDifferenceRoute(app: FastifyInstance, views: ViewsOverTime): void {
  differenceRoute(app, {
    url: '/problems/differences',
    permission: 'problem.read',
    summary: '问题台账：当时所知与当日实情的差异',
    tags: ['整改问责'],
    views,
    collection: 'problems',
    namesOf:
      () =>
      ({ number, title }) =>
        `${String(number)} ${String(title)}`,
    where: (scope) => scopeWhere(scope),
    fields: {
      title: '问题',
      schoolName: '学校',
      zoneName: '责任区',
      supervisorName: '责任督学',
      body: '成员单位',
      severity: '程度',
      state: '办理状态',
      demand: '整改要求',
      dueOn: '整改期限',
      urgings: '督办次数',
      cancelledOn: '销号日期',
    },
  })
}

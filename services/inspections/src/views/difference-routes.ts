import { differenceRoute, sizeOf } from '@dulian/history/http'
import { scopeWhere } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { knownSchools } from './known-schools/queries.ts'
import { DUTIES } from './monthly-duties/projection.ts'
import type { Past } from './past.ts'
import { schoolSeesRecorded } from './visits/routes.ts'

/** What of each list was known otherwise on a day than it was by today's knowledge [N10]. */
export function differenceRoutes(app: FastifyInstance, past: Past): void {
  const permission = 'visit.read'
  const tags = ['督导检查']

  differenceRoute(app, {
    url: '/checklists/differences',
    permission,
    summary: '督查清单：当时所知与当日实情的差异',
    tags,
    views: past.checklists,
    collection: 'checklists',
    namesOf:
      () =>
      ({ title }) =>
        String(title),
    // A checklist is for everybody who visits or is visited.
    where: ({ office }) => ({ office }),
    fields: { title: '名称', state: '状态', edition: '版次' },
  })

  differenceRoute(app, {
    url: '/visits/differences',
    permission,
    summary: '进校督查：当时所知与当日实情的差异',
    tags,
    views: past.visits,
    collection: 'visits',
    namesOf:
      () =>
      ({ schoolName, supervisorName, day }) =>
        `${String(schoolName)} · ${String(supervisorName)}（${String(day)}）`,
    where: (scope) => schoolSeesRecorded(scope, scopeWhere(scope)),
    fields: {
      schoolName: '学校',
      supervisorName: '督学',
      scheduledFor: '安排日期',
      visitedOn: '到校日期',
      state: '状态',
      negatives: '答“否”',
    },
  })

  differenceRoute(app, {
    url: '/findings/differences',
    permission,
    summary: '督查发现的问题：当时所知与当日实情的差异',
    tags,
    views: past.findings,
    collection: 'findings',
    namesOf:
      () =>
      ({ schoolName, itemTitle }) =>
        `${String(schoolName)} · ${String(itemTitle)}`,
    where: (scope) => scopeWhere(scope),
    fields: {
      itemTitle: '条目',
      description: '情况',
      severity: '程度',
      foundOn: '发现日期',
      state: '处理',
      reason: '理由',
      problemState: '销号',
    },
  })

  differenceRoute(app, {
    url: '/ledger/differences',
    permission,
    summary: '督导台账：当时所知与当日实情的差异',
    tags,
    views: past.ledger,
    collection: 'rows',
    namesOf:
      () =>
      ({ schoolName, itemTitle }) =>
        `${String(schoolName)} · ${String(itemTitle)}`,
    // The lines of the ledger name their school; its zone and supervisor are the school's of today.
    async where(scope) {
      const { office } = scope
      if (scope.kind === 'office') return { office }
      const schools = await knownSchools(past.schools.live).listSchools(scopeWhere(scope))
      return { office, schoolId: { in: schools.map(({ schoolId }) => schoolId) } }
    },
    fields: {
      answer: '查看结果',
      visitedOn: '查看日期',
      supervisorName: '督学',
      findings: { title: '发现的问题', show: sizeOf },
    },
  })

  differenceRoute(app, {
    url: '/coverage/differences',
    permission,
    summary: '每月进校摸排：当时所知与当日实情的差异',
    tags,
    views: past.duties,
    collection: DUTIES,
    namesOf:
      () =>
      ({ schoolName, month }) =>
        `${String(schoolName)}（${String(month)}）`,
    where: (scope) => scopeWhere(scope),
    fields: { visits: '走访次数', lastVisitOn: '最近走访', supervisorName: '责任督学', zoneName: '责任区' },
  })
}

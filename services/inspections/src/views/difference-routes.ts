import { differenceRoute, sizeOf } from '@dulian/history/http'
import { type DataScope, scopeWhere } from '@dulian/http-kit'
import type { Json, Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { bulletinsOpenTo } from './bulletins/routes.ts'
import { CAMPAIGNS, type CampaignDocument, SCHOOLS } from './campaigns/projection.ts'
import { campaignSchoolsWithin, reachedCampaigns } from './campaigns/queries.ts'
import { knownSchools } from './known-schools/queries.ts'
import { DUTIES } from './monthly-duties/projection.ts'
import type { Past } from './past.ts'
import { checksInSight } from './self-checks/routes.ts'
import { schoolSeesRecorded } from './visits/routes.ts'
import { readsSummaries } from './zone-summaries/routes.ts'

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
  differenceRoute(app, {
    url: '/self-checks/differences',
    permission,
    summary: '学校自查：当时所知与当日实情的差异',
    tags,
    views: past.selfChecks,
    collection: 'checks',
    namesOf:
      () =>
      ({ schoolName, period }) =>
        `${String(schoolName)}（${String(period)}）`,
    where: async (scope) => await checksInSight(scope, {}, knownSchools(past.schools.live)),
    fields: { state: '状态', dueOn: '截止日期', submittedOn: '提交日期', negatives: '答“否”', zoneName: '责任区' },
  })

  differenceRoute(app, {
    url: '/zone-summaries/differences',
    permission,
    summary: '责任区汇总：当时所知与当日实情的差异',
    tags,
    views: past.zoneSummaries,
    collection: 'summaries',
    namesOf:
      () =>
      ({ zoneName, period }) =>
        `${String(zoneName)}（${String(period)}）`,
    where: (scope) => (readsSummaries(scope) ? scopeWhere(scope) : nothingOf(scope)),
    fields: { state: '状态', submittedOn: '提交日期', submittedBy: '提交人', gaps: { title: '未完成', show: sizeOf } },
  })

  differenceRoute(app, {
    url: '/bulletins/differences',
    permission,
    summary: '督导通报：当时所知与当日实情的差异',
    tags,
    views: past.bulletins,
    collection: 'bulletins',
    namesOf:
      () =>
      ({ wording, period }) =>
        titleOf(wording) ?? String(period),
    where: (scope) => bulletinsOpenTo(scope, {}),
    fields: {
      state: '状态',
      documentNumber: '文号',
      approver: '签发人',
      issuedOn: '印发日期',
      summaries: { title: '责任区', show: sizeOf },
    },
  })

  differenceRoute(app, {
    url: '/campaigns/differences',
    permission,
    summary: '专项与综合督导：当时所知与当日实情的差异',
    tags,
    views: past.campaigns,
    collection: CAMPAIGNS,
    namesOf:
      () =>
      ({ title }) =>
        String(title),
    async where(scope) {
      const { office } = scope
      const reached = await reachedCampaigns(past.campaigns.live, scope)
      return reached === undefined ? { office } : { office, campaignId: { in: reached } }
    },
    fields: { title: '名称', topic: '主题', from: '开始日期', to: '结束日期', stage: '状态' },
  })

  differenceRoute(app, {
    url: '/campaign-schools/differences',
    permission,
    summary: '督导活动的学校：当时所知与当日实情的差异',
    tags,
    views: past.campaigns,
    collection: SCHOOLS,
    async namesOf(rows) {
      const ids = [...new Set(rows.map(({ campaignId }) => String(campaignId)))]
      const campaigns = await past.campaigns.live.getMany<CampaignDocument>(CAMPAIGNS, ids)
      return ({ campaignId, schoolName }) =>
        `${campaigns.get(String(campaignId))?.document.title ?? ''} · ${String(schoolName)}`
    },
    where: campaignSchoolsWithin,
    fields: { supervisorName: '督学', state: '进度', visitedOn: '到校日期', negatives: '答“否”' },
  })
}

/** The words of a bulletin begin with its title. */
function titleOf(wording: Json | undefined): string | undefined {
  const { title }: { title?: Json } = Object(wording)
  return typeof title === 'string' ? title : undefined
}

/** For those who read the bulletin instead. */
function nothingOf({ office }: DataScope): Where {
  return { office, zoneId: { in: [] } }
}

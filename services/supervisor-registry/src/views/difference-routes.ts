import { differenceRoute, sizeOf } from '@dulian/history/http'
import { scopeWhere } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import type { Registry } from '../registry.ts'
import { POSTINGS } from './postings/projection.ts'
import { postingsWithin } from './postings/routes.ts'
import { SCHOOLS, type SchoolDocument } from './schools/projection.ts'
import { SUPERVISORS } from './supervisors/projection.ts'
import { supervisorsWithin } from './supervisors/routes.ts'
import { ZONES } from './zones/projection.ts'
import { zonesWithin } from './zones/routes.ts'

/** What of each list was known otherwise on a day than it was by today's knowledge [N10]. */
export function differenceRoutes(app: FastifyInstance, registry: Registry): void {
  const { past } = registry
  const permission = 'registry.read'

  differenceRoute(app, {
    url: '/schools/differences',
    permission,
    summary: '学校：当时所知与当日实情的差异',
    tags: ['学校'],
    views: past.schools,
    collection: SCHOOLS,
    namesOf:
      () =>
      ({ name }) =>
        String(name),
    where: (scope) => scopeWhere(scope),
    fields: {
      name: '学校名称',
      kind: '类型',
      stage: '学段',
      ownership: '举办者',
      address: '地址',
      zoneName: '责任区',
      supervisorName: '责任督学',
      postedFrom: '挂牌时间',
      enrolment: '在校人数',
      enrolmentAsOf: '人数截至',
      status: '办学状态',
      closedOn: '撤并日期',
    },
  })

  differenceRoute(app, {
    url: '/supervisors/differences',
    permission,
    summary: '督学：当时所知与当日实情的差异',
    tags: ['督学'],
    views: past.supervisors,
    collection: SUPERVISORS,
    namesOf:
      () =>
      ({ name }) =>
        String(name),
    where: (scope) => supervisorsWithin(registry, scope),
    fields: {
      name: '姓名',
      homeUnit: '所在单位',
      field: '专长',
      status: '聘任状态',
      termFrom: '任期起',
      termTo: '任期止',
      termState: '任期状态',
      consecutiveTerms: '连续任期',
      certificateNumber: '督学证号',
      certificateState: '证书状态',
      dismissedOn: '解聘（解任）日期',
      schoolIds: { title: '负责学校数', show: sizeOf },
    },
  })

  differenceRoute(app, {
    url: '/postings/differences',
    permission,
    summary: '挂牌督导：当时所知与当日实情的差异',
    tags: ['挂牌督导'],
    views: past.postings,
    collection: POSTINGS,
    async namesOf(postings) {
      const ids = [...new Set(postings.map(({ schoolId }) => String(schoolId)))]
      const schools = await past.schools.live.getMany<SchoolDocument>(SCHOOLS, ids)
      return ({ schoolId, supervisorName, from }) =>
        `${schools.get(String(schoolId))?.document.name ?? ''} · ${String(supervisorName)}（${String(from)} 起）`
    },
    where: (scope) => postingsWithin(registry, scope, {}),
    fields: { supervisorName: '责任督学', from: '挂牌起', to: '挂牌止' },
  })

  differenceRoute(app, {
    url: '/zones/differences',
    permission,
    summary: '责任区：当时所知与当日实情的差异',
    tags: ['责任区'],
    views: past.zones,
    collection: ZONES,
    namesOf:
      () =>
      ({ name }) =>
        String(name),
    where: (scope) => zonesWithin(registry, scope),
    fields: { name: '责任区', headName: '组长', schoolIds: { title: '学校数', show: sizeOf } },
  })
}

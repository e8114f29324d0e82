import { differenceRoute, type NameOf, sizeOf } from '@dulian/history/http'
import { scopeWhere } from '@dulian/http-kit'
import type { Document } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { seatTitles } from '../committee/describe.ts'
import type { Registry } from '../registry.ts'
import { ACTIVITIES } from './activities/projection.ts'
import { CERTIFICATES } from './certificates/projection.ts'
import { BODIES, TENURES } from './committee/projection.ts'
import { RELATIONS, type RelationDocument } from './relations/projection.ts'
import { SUPERVISORS, type SupervisorDocument } from './supervisors/projection.ts'
import { supervisorsWithin } from './supervisors/routes.ts'
import { dueWithin } from './supervisors/term-routes.ts'
import { TALENTS } from './talents/projection.ts'
import { talentsWithin } from './talents/routes.ts'

const roleTitles: Readonly<Record<string, string>> = { ...seatTitles, liaison: '联络员' }

const byName =
  (): NameOf =>
  ({ name }) =>
    String(name)

/** What of the lists about people was known otherwise on a day than it was by today's knowledge [N10]. */
export function peopleDifferenceRoutes(app: FastifyInstance, registry: Registry): void {
  const { past } = registry
  const permission = 'registry.read'

  differenceRoute(app, {
    url: '/terms/differences',
    permission,
    summary: '到期选聘：当时所知与当日实情的差异',
    tags: ['督学'],
    views: past.supervisors,
    collection: SUPERVISORS,
    namesOf: byName,
    where: (scope) => dueWithin(registry, scope),
    fields: {
      termState: '任期',
      termTo: '任期至',
      consecutiveTerms: '连续任职',
      schoolIds: { title: '负责学校', show: sizeOf },
    },
  })

  differenceRoute(app, {
    url: '/certificates/differences',
    permission,
    summary: '聘书与督学证：当时所知与当日实情的差异',
    tags: ['督学'],
    views: past.certificates,
    collection: CERTIFICATES,
    namesOf:
      () =>
      ({ certificateNumber, name }) =>
        `${String(certificateNumber)} ${String(name)}`,
    where: (scope) => supervisorsWithin(registry, scope),
    fields: {
      termFrom: '任期起',
      termTo: '任期止',
      decidedBy: '决定机关',
      decidedOn: '决定日期',
      issuedOn: '颁发日期',
      voidedOn: '失效日期',
      voidedBecause: '失效原因',
    },
  })

  const relations = {
    tags: ['回避'],
    views: past.relations,
    collection: RELATIONS,
    async namesOf(documents: readonly Document[]): Promise<NameOf> {
      const ties = documents as readonly RelationDocument[]
      const ids = [...new Set(ties.map(({ supervisorId }) => supervisorId))]
      const people = await past.supervisors.live.getMany<SupervisorDocument>(SUPERVISORS, ids)
      return ({ supervisorId, schoolName }) =>
        `${people.get(String(supervisorId))?.document.name ?? ''} · ${String(schoolName)}`
    },
    where: scopeWhere,
    fields: {
      kind: '类别',
      description: '情况说明',
      from: '起',
      to: '止',
      standing: '状态',
      source: '来源',
      remark: '备注',
    },
  }
  differenceRoute(app, {
    ...relations,
    url: '/relations/differences',
    permission: 'relation.manage',
    summary: '回避关系：当时所知与当日实情的差异',
  })
  differenceRoute(app, {
    ...relations,
    url: '/relations/mine/differences',
    permission: 'relation.declare',
    summary: '本人的回避关系：当时所知与当日实情的差异',
  })

  differenceRoute(app, {
    url: '/talents/differences',
    permission: 'registry.manage',
    summary: '后备人才：当时所知与当日实情的差异',
    tags: ['后备人才'],
    views: past.talents,
    collection: TALENTS,
    namesOf: byName,
    where: talentsWithin,
    fields: {
      homeUnit: '所在单位',
      field: '专长',
      aim: '培养方向',
      steps: '培养记录',
      lastStepOn: '最近一次',
      listedOn: '列入日期',
      state: '状态',
      outcome: '结果',
      delistedOn: '出库日期',
    },
  })

  differenceRoute(app, {
    url: '/activities/differences',
    permission,
    summary: '政府督学履职活动：当时所知与当日实情的差异',
    tags: ['政府督学'],
    views: past.activities,
    collection: ACTIVITIES,
    namesOf:
      () =>
      ({ supervisorName, title }) =>
        `${String(supervisorName)} · ${String(title)}`,
    where: (scope) => supervisorsWithin(registry, scope),
    fields: { on: '日期', kind: '类别', text: '内容' },
  })

  differenceRoute(app, {
    url: '/committee/differences',
    permission,
    summary: '委员会任职：当时所知与当日实情的差异',
    tags: ['教育督导委员会'],
    views: past.committee,
    collection: TENURES,
    namesOf:
      () =>
      ({ role, personName }) =>
        `${roleTitles[String(role)] ?? ''} · ${String(personName)}`,
    where: ({ office }) => ({ office }),
    fields: { bodyName: '成员单位', personTitle: '现任职务', from: '任职起', to: '任职止', reason: '原因' },
  })

  differenceRoute(app, {
    url: '/committee/bodies/differences',
    permission,
    summary: '成员单位与联络员：当时所知与当日实情的差异',
    tags: ['教育督导委员会'],
    views: past.committee,
    collection: BODIES,
    namesOf: byName,
    where: ({ office }) => ({ office }),
    fields: {
      name: '成员单位',
      from: '加入日期',
      to: '退出日期',
      liaisonName: '联络员',
      liaisonSection: '具体科室',
      liaisonPhoneMasked: '联络员电话',
      liaisonFrom: '联络员起',
    },
  })
}

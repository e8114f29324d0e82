import { chinaDate } from '@dulian/calendar'
import type { Clock } from '@dulian/event-sourcing'
import { type DataScope, PageQuery, pageOf, query, scopedWhere, scopeWhere, versioned } from '@dulian/http-kit'
import type { ViewReader } from '@dulian/service-host'
import type { Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { CampaignSchool } from '../../campaign/events.ts'
import { CampaignType, Season } from '../../campaign/events.ts'
import { campaignSchoolsOf, schoolsInReach } from '../../campaign/reach.ts'
import { inspectionsError } from '../../errors.ts'
import type { KnownSchools } from '../known-schools/queries.ts'
import {
  CampaignDetail,
  CampaignSchoolAnswer,
  CampaignSchoolState,
  CampaignStage,
  CampaignSummary,
  Comparison,
  detailOf,
  schoolAnswerOf,
  summaryOf,
} from './campaign-answer.ts'
import { compareRuns } from './comparison.ts'
import { type CampaignDocument, type CampaignSchoolDocument, SCHOOLS } from './projection.ts'
import { findCampaign, findFormer, listCampaignSchools, pageOfCampaigns, progressOf } from './queries.ts'

const Id = z.object({ id: z.uuid() })

export interface CampaignViewRoutesOptions {
  readonly view: ViewReader
  readonly schools: KnownSchools
  readonly clock: Clock
}

export function campaignViewRoutes(app: FastifyInstance, { view, schools, clock }: CampaignViewRoutesOptions) {
  const getCampaign = async (scope: DataScope, id: string): Promise<CampaignDocument> => {
    const campaign = await findCampaign(view, scope, id)
    if (campaign === undefined) throw inspectionsError('CAMPAIGN_NOT_FOUND')
    return campaign
  }
  const summariesOf = async (scope: DataScope, campaigns: readonly CampaignDocument[]) => {
    const progress = await progressOf(
      view,
      scope,
      campaigns.map(({ campaignId }) => campaignId),
    )
    return campaigns.map((campaign) => summaryOf(campaign, progress.get(campaign.campaignId)))
  }

  query(app, {
    url: '/campaigns',
    permission: 'visit.read',
    summary: '督导活动列表',
    description: '专项督导、综合督导，新的在前。责任区组长、责任督学只看到涉及本人学校的。',
    tags: ['督导检查'],
    query: z.object({
      ...PageQuery.shape,
      stage: CampaignStage.optional(),
      type: CampaignType.optional(),
      season: Season.optional(),
      year: z.coerce.number().int().min(2000).max(2100).optional(),
      taskId: z.uuid().optional(),
    }),
    answer: pageOf(CampaignSummary),
    freshness: () => view,
    handle: async ({ query: { limit, cursor, ...filters }, scope }) => {
      const page = await pageOfCampaigns(view, scope, filters, { limit, cursor })
      return { items: await summariesOf(scope, page.items), nextCursor: page.nextCursor }
    },
  })

  query(app, {
    url: '/campaigns/seasons',
    permission: 'visit.read',
    summary: '一年的春秋两季开学专项督导',
    tags: ['督导检查'],
    query: z.object({ year: z.coerce.number().int().min(2000).max(2100).optional() }),
    answer: z.object({
      year: z.number().int(),
      spring: z.array(CampaignSummary),
      autumn: z.array(CampaignSummary),
      /** The seasons without a run that was not given up. */
      missing: z.array(Season),
    }),
    freshness: () => view,
    handle: async ({ query, scope }) => {
      const year = query.year ?? Number(chinaDate(clock.now()).slice(0, 4))
      const runs = async (season: z.infer<typeof Season>) => {
        const page = await pageOfCampaigns(view, scope, { year, season }, { limit: 200 })
        return await summariesOf(
          scope,
          page.items.filter(({ stage }) => stage !== 'cancelled'),
        )
      }
      const [spring, autumn] = [await runs('spring'), await runs('autumn')]
      const found = { spring, autumn }
      return { year, ...found, missing: Season.options.filter((season) => found[season].length === 0) }
    },
  })

  query(app, {
    url: '/campaigns/:id/comparison',
    permission: 'visit.read',
    summary: '与另一次督导的分组比较',
    description:
      '按清单的分组比较答“否”的比例（“不适用”不计），列出两次都督查过、情况有变化的学校。with 为前一次督导，不给时取同一主题的上一次。',
    tags: ['督导检查'],
    params: Id,
    query: z.object({ with: z.uuid().optional() }),
    answer: Comparison,
    freshness: () => view,
    handle: async ({ params, query: { with: earlier }, scope }) => {
      if (earlier === params.id) throw inspectionsError('CAMPAIGNS_NOT_COMPARABLE', {}, { pointer: '/with' })
      const later = await getCampaign(scope, params.id)
      const former = earlier === undefined ? await findFormer(view, scope, later) : await getCampaign(scope, earlier)
      if (former === undefined) throw inspectionsError('CAMPAIGN_NOTHING_TO_COMPARE', { topic: later.topic })
      const runOf = async (campaign: CampaignDocument) => {
        const where: Where = { ...scopeWhere(scope), campaignId: campaign.campaignId }
        return { campaign, schools: await listCampaignSchools(view, where) }
      }
      const [before, after] = [await runOf(former), await runOf(later)]
      const [first, second] = await summariesOf(scope, [former, later])
      if (first === undefined || second === undefined) throw inspectionsError('CAMPAIGN_NOT_FOUND')
      const groups = compareRuns(before, after).map((group) => ({
        ...group,
        improved: [...group.improved],
        worsened: [...group.worsened],
      }))
      return { first, second, groups }
    },
  })

  query(app, {
    url: '/campaigns/:id',
    permission: 'visit.read',
    summary: '一次督导活动',
    tags: ['督导检查'],
    params: Id,
    answer: CampaignDetail,
    freshness: () => view,
    handle: async ({ params, scope }) => {
      const campaign = await getCampaign(scope, params.id)
      const progress = await progressOf(view, scope, [campaign.campaignId])
      return versioned(detailOf(campaign, progress.get(campaign.campaignId)), campaign.version)
    },
  })

  query(app, {
    url: '/campaign-schools',
    permission: 'visit.read',
    summary: '督导活动的学校',
    description:
      '启动前为拟督查的学校，启动后为确定的学校及督查进度；不给 campaignId 时为所有已启动的；unvisited=true 只列没有督查记录的。',
    tags: ['督导检查'],
    query: z.object({
      ...PageQuery.shape,
      campaignId: z.uuid().optional(),
      state: CampaignSchoolState.optional(),
      unvisited: z.enum(['true', 'false']).optional(),
      zoneId: z.uuid().optional(),
      supervisorId: z.uuid().optional(),
    }),
    answer: pageOf(CampaignSchoolAnswer),
    freshness: () => view,
    handle: async ({ query: { limit, cursor, campaignId, state, unvisited, ...filters }, scope }) => {
      const campaign = campaignId === undefined ? undefined : await findCampaign(view, scope, campaignId)
      if (campaignId !== undefined && campaign === undefined) return { items: [] }
      if (campaign?.stage === 'planned') {
        const reached = campaignSchoolsOf(await schoolsInReach(scope.office, campaign, schools))
        return { items: reached.map((school) => schoolAnswerOf(expected(campaign, school))) }
      }
      const wanted: Where =
        state !== undefined
          ? { state }
          : unvisited === 'true'
            ? { state: { in: ['waiting', 'scheduled', 'started', 'cancelled', 'missed'] } }
            : {}
      const page = await view.find<CampaignSchoolDocument>(SCHOOLS, {
        where: { ...scopedWhere(scope, filters), ...wanted, ...(campaignId === undefined ? {} : { campaignId }) },
        sort: [['schoolName', 'asc']],
        limit,
        cursor,
      })
      return { items: page.items.map(({ document }) => schoolAnswerOf(document)), nextCursor: page.nextCursor }
    },
  })
}

/** A school as it would stand in the campaign once opened. */
function expected({ office, campaignId }: CampaignDocument, school: CampaignSchool): CampaignSchoolDocument {
  return {
    ...school,
    office,
    campaignId,
    attempt: 1,
    visitId: '',
    state: 'waiting',
    visitedOn: null,
    negatives: 0,
    answers: [],
    refusal: null,
    unvisitedReason: null,
  }
}

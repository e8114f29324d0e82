import { freshnessAt, LookBackQuery, LookedBack, pageWithPast, viewAt } from '@dulian/history/http'
import { type DataScope, PageQuery, query, scopedWhere, scopeWhere, versioned } from '@dulian/http-kit'
import type { ViewReader } from '@dulian/service-host'
import type { Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { CampaignSchool } from '../../campaign/events.ts'
import { CampaignType, Season } from '../../campaign/events.ts'
import { campaignSchoolsOf, schoolsInReach } from '../../campaign/reach.ts'
import { inspectionsError } from '../../errors.ts'
import { type Past, schoolsAt } from '../past.ts'
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
import { CAMPAIGNS, type CampaignDocument, type CampaignSchoolDocument, SCHOOLS } from './projection.ts'
import { findCampaign, findFormer, listCampaignSchools, pageOfCampaigns, progressOf } from './queries.ts'

const Id = z.object({ id: z.uuid() })

interface Run {
  readonly campaign: CampaignDocument
  readonly schools: readonly CampaignSchoolDocument[]
}

export function campaignViewRoutes(app: FastifyInstance, past: Past) {
  const views = past.campaigns
  const { live } = views
  const getCampaign = async (view: ViewReader, scope: DataScope, id: string): Promise<CampaignDocument> => {
    const campaign = await findCampaign(view, scope, id)
    if (campaign === undefined) throw inspectionsError('CAMPAIGN_NOT_FOUND')
    return campaign
  }
  const summariesOf = async (view: ViewReader, scope: DataScope, campaigns: readonly CampaignDocument[]) => {
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
      ...LookBackQuery,
      stage: CampaignStage.optional(),
      type: CampaignType.optional(),
      season: Season.optional(),
      year: z.coerce.number().int().min(2000).max(2100).optional(),
      taskId: z.uuid().optional(),
    }),
    answer: pageWithPast(CampaignSummary),
    freshness: ({ query: days }) => freshnessAt(views, days),
    handle: async ({ query: { limit, cursor, asOf, validOn, ...filters }, scope }) => {
      const { view, lookedBack } = viewAt(views, { asOf, validOn })
      const page = await pageOfCampaigns(view, scope, filters, { limit, cursor })
      return { items: await summariesOf(view, scope, page.items), nextCursor: page.nextCursor, lookedBack }
    },
  })

  query(app, {
    url: '/campaigns/seasons',
    permission: 'visit.read',
    summary: '一年的春秋两季开学专项督导',
    tags: ['督导检查'],
    query: z.object({ ...LookBackQuery, year: z.coerce.number().int().min(2000).max(2100).optional() }),
    answer: z.object({
      year: z.number().int(),
      spring: z.array(CampaignSummary),
      autumn: z.array(CampaignSummary),
      /** The seasons without a run that was not given up. */
      missing: z.array(Season),
      lookedBack: LookedBack.optional(),
    }),
    freshness: ({ query: days }) => freshnessAt(views, days),
    handle: async ({ query: { year: asked, ...days }, scope }) => {
      const { view, day, lookedBack } = viewAt(views, days)
      const year = asked ?? Number(day.slice(0, 4))
      const runs = async (season: z.infer<typeof Season>) => {
        const page = await pageOfCampaigns(view, scope, { year, season }, { limit: 200 })
        return await summariesOf(
          view,
          scope,
          page.items.filter(({ stage }) => stage !== 'cancelled'),
        )
      }
      const [spring, autumn] = [await runs('spring'), await runs('autumn')]
      const found = { spring, autumn }
      return { year, ...found, missing: Season.options.filter((season) => found[season].length === 0), lookedBack }
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
    query: z.object({ ...LookBackQuery, with: z.uuid().optional() }),
    answer: Comparison,
    freshness: ({ query: days }) => freshnessAt(views, days),
    handle: async ({ params, query: { with: earlier, ...days }, scope }) => {
      const { view, lookedBack } = viewAt(views, days)
      if (earlier === params.id) throw inspectionsError('CAMPAIGNS_NOT_COMPARABLE', {}, { pointer: '/with' })
      const later = await getCampaign(view, scope, params.id)
      const former =
        earlier === undefined ? await findFormer(view, scope, later) : await getCampaign(view, scope, earlier)
      if (former === undefined) throw inspectionsError('CAMPAIGN_NOTHING_TO_COMPARE', { topic: later.topic })
      const runOf = async (campaign: CampaignDocument) => {
        const where: Where = { ...scopeWhere(scope), campaignId: campaign.campaignId }
        const schools = await listCampaignSchools(view, where)
        return lookedBack === undefined ? { campaign, schools } : await withAnswers(live, { campaign, schools })
      }
      const [before, after] = [await runOf(former), await runOf(later)]
      const [first, second] = await summariesOf(view, scope, [former, later])
      if (first === undefined || second === undefined) throw inspectionsError('CAMPAIGN_NOT_FOUND')
      const groups = compareRuns(before, after).map((group) => ({
        ...group,
        improved: [...group.improved],
        worsened: [...group.worsened],
      }))
      return { first, second, groups, lookedBack }
    },
  })

  query(app, {
    url: '/campaigns/:id',
    permission: 'visit.read',
    summary: '一次督导活动',
    tags: ['督导检查'],
    params: Id,
    answer: CampaignDetail,
    freshness: () => live,
    handle: async ({ params, scope }) => {
      const campaign = await getCampaign(live, scope, params.id)
      const progress = await progressOf(live, scope, [campaign.campaignId])
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
      ...LookBackQuery,
      campaignId: z.uuid().optional(),
      state: CampaignSchoolState.optional(),
      unvisited: z.enum(['true', 'false']).optional(),
      zoneId: z.uuid().optional(),
      supervisorId: z.uuid().optional(),
    }),
    answer: pageWithPast(CampaignSchoolAnswer),
    freshness: ({ query: days }) => freshnessAt(views, days),
    handle: async ({ query: { limit, cursor, asOf, validOn, campaignId, state, unvisited, ...filters }, scope }) => {
      const { view, lookedBack } = viewAt(views, { asOf, validOn })
      if (scope.kind === 'school') return { items: [], lookedBack }
      const campaign = campaignId === undefined ? undefined : await findCampaign(view, scope, campaignId)
      if (campaignId !== undefined && campaign === undefined) return { items: [], lookedBack }
      if (campaign?.stage === 'planned') {
        const schools = schoolsAt(past, { asOf, validOn })
        const reached = campaignSchoolsOf(await schoolsInReach(scope.office, campaign, schools))
        return { items: reached.map((school) => schoolAnswerOf(expected(campaign, school))), lookedBack }
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
      const items = page.items.map(({ document }) => schoolAnswerOf(document))
      return { items, nextCursor: page.nextCursor, lookedBack }
    },
  })
}

/**
 * The past keeps neither the items of lists nor answers. Both stay what they were from the first record on: a list is
 * pinned, a record is never made again.
 */
async function withAnswers(live: ViewReader, { campaign, schools }: Run): Promise<Run> {
  const { office, campaignId } = campaign
  const now = await live.get<CampaignDocument>(CAMPAIGNS, campaignId)
  const rows = await listCampaignSchools(live, { office, campaignId })
  const answersOf = new Map(rows.map(({ visitId, answers }) => [visitId, answers]))
  return {
    campaign: { ...campaign, checklist: now?.document.checklist ?? campaign.checklist },
    schools: schools.map((school) => ({ ...school, answers: answersOf.get(school.visitId) ?? [] })),
  }
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

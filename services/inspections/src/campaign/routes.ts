import { chinaDate, InputDay } from '@dulian/calendar'
import { Ownership, SchoolKind, SchoolStage } from '@dulian/contracts'
import { ruleAt } from '@dulian/dated-rules'
import type { CommandContext, EventStore, Streams } from '@dulian/event-sourcing'
import { command, type Identity, newStreamId } from '@dulian/http-kit'
import { awaitHead, type ViewReader } from '@dulian/service-host'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { chooseChecklist } from '../checklist/choose-checklist.ts'
import type { ChecklistEvent } from '../checklist/events.ts'
import type { Checklist } from '../checklist/state.ts'
import { inspectionsError } from '../errors.ts'
import { inspectionTeam } from '../rules/inspection-team.ts'
import { listCampaignSchools } from '../views/campaigns/queries.ts'
import type { KnownSchools } from '../views/known-schools/queries.ts'
import type { Recusals } from '../views/recusals/queries.ts'
import type { Person, VisitEvent } from '../visit/events.ts'
import { requireNoRecusal } from '../visit/require-no-recusal.ts'
import type { Visit } from '../visit/state.ts'
import { campaignVisitId } from './campaign.ts'
import {
  assignCampaignVisit,
  cancelCampaign,
  closeCampaign,
  openCampaign,
  type PlanCampaign,
  planCampaign,
  replanCampaign,
} from './decide.ts'
import { type CampaignEvent, CampaignType, Season } from './events.ts'
import { campaignSchoolsOf, schoolsInReach } from './reach.ts'
import type { Campaign } from './state.ts'
import { goesAs, tiesOf } from './team-ties.ts'

const Id = z.object({ id: z.uuid() })
const Reason = z.string().trim().min(1).max(500)

const GivenPlan = z.object({
  title: z.string().trim().min(1).max(100),
  topic: z.string().trim().min(1).max(100),
  type: CampaignType,
  season: Season.nullish(),
  /** The calendar year it counts for; that of the first day when absent. */
  year: z.number().int().min(2000).max(2100).optional(),
  scope: z
    .object({
      /** Named schools; with any, the other limits do not matter. */
      schoolIds: z.array(z.uuid()).max(2_000).default([]),
      kinds: z.array(SchoolKind).max(5).default([]),
      stages: z.array(SchoolStage).max(9).default([]),
      ownerships: z.array(Ownership).max(3).default([]),
      zoneIds: z.array(z.uuid()).max(200).default([]),
    })
    .default({ schoolIds: [], kinds: [], stages: [], ownerships: [], zoneIds: [] }),
  from: InputDay,
  to: InputDay,
  checklistId: z.uuid(),
  taskId: z.uuid().nullish(),
  /** Ids of 督学; the first leads. */
  team: z.array(z.uuid()).max(50).default([]),
  teamOverride: Reason.nullish(),
})

export interface CampaignRoutesOptions {
  readonly campaigns: Streams<Campaign, CampaignEvent>
  readonly checklists: Streams<Checklist, ChecklistEvent>
  readonly visits: Streams<Visit, VisitEvent>
  readonly schools: KnownSchools
  readonly recusals: Recusals
  readonly view: ViewReader
  readonly store: Pick<EventStore, 'head'>
}

/** Commands on 专项督导 and 综合督导. */
export function campaignRoutes(app: FastifyInstance, options: CampaignRoutesOptions) {
  const { campaigns, checklists, visits, schools, recusals, view, store } = options

  const planOf = async (
    body: z.infer<typeof GivenPlan>,
    context: CommandContext,
    identity: Identity,
  ): Promise<PlanCampaign> => {
    const { office } = context
    const { checklistId, team, teamOverride, season, year, taskId, ...rest } = body
    if (taskId != null) await schools.getTask(office, taskId)
    for (const [place, schoolId] of rest.scope.schoolIds.entries()) {
      if ((await schools.findSchool(office, schoolId)) === undefined) {
        throw inspectionsError('SCHOOL_NOT_FOUND', { schoolId }, { pointer: `/scope/schoolIds/${place}` })
      }
    }
    const checklist = await chooseChecklist(checklists, {
      office,
      day: rest.from,
      checklistId,
      school: { kind: 'school' },
    })
    const members = await Promise.all(team.map((supervisorId) => schools.getSupervisor(office, supervisorId)))
    const reach = await schoolsInReach(office, { scope: rest.scope, checklist }, schools)
    return {
      ...rest,
      season: season ?? null,
      year: year ?? Number(rest.from.slice(0, 4)),
      taskId: taskId ?? null,
      checklist,
      team: members,
      ties: tiesOf(rest.type, members, reach, await recusals.factsOfAll(office, team)),
      rule: ruleAt(inspectionTeam, rest.from),
      teamOverride: teamOverride ?? null,
      by: personOf(identity),
    }
  }

  command(app, {
    url: '/campaigns',
    permission: 'campaign.manage',
    summary: '拟定督导活动',
    description: '专项督导、综合督导：主题、范围、起止日期、清单（版次固定）与督导小组。',
    tags: ['督导检查'],
    precondition: 'new',
    body: GivenPlan,
    handle: async ({ body, context, identity, expected }) => {
      const plan = await planOf(body, context, identity)
      return await campaigns.execute(newStreamId(context), context, {
        expected,
        decide: (state) => planCampaign(plan, state),
      })
    },
  })

  command(app, {
    url: '/campaigns/:id/replan',
    permission: 'campaign.manage',
    summary: '修改督导方案（启动前）',
    tags: ['督导检查'],
    precondition: 'if-match',
    params: Id,
    body: GivenPlan,
    handle: async ({ params, body, context, identity, expected }) => {
      await campaigns.get(context.office, params.id)
      const plan = await planOf(body, context, identity)
      return await campaigns.execute(params.id, context, { expected, decide: (state) => replanCampaign(plan, state) })
    },
  })

  command(app, {
    url: '/campaigns/:id/open',
    permission: 'campaign.manage',
    summary: '启动督导活动',
    description: '按范围确定学校，给每所学校的挂牌督学安排督查；没有挂牌督学的学校列为待派。',
    tags: ['督导检查'],
    precondition: 'if-match',
    params: Id,
    body: z.object({}).default({}),
    handle: async ({ params, context, identity, expected }) => {
      const { state } = await campaigns.get(context.office, params.id)
      await awaitHead(schools.view, store)
      const { type, team } = state.stage === 'planned' ? state.plan : { type: 'special' as const, team: [] }
      const reach = state.stage === 'planned' ? await schoolsInReach(context.office, state.plan, schools) : []
      const members = team.map(({ supervisorId }) => supervisorId)
      const open = {
        schools: campaignSchoolsOf(reach),
        ties: tiesOf(type, team, reach, await recusals.factsOfAll(context.office, members)),
        by: personOf(identity),
        today: chinaDate(context.at),
      }
      return await campaigns.execute(params.id, context, { expected, decide: (now) => openCampaign(open, now) })
    },
  })

  command(app, {
    url: '/campaigns/:id/assign',
    permission: 'campaign.manage',
    summary: '派督学到一所学校',
    tags: ['督导检查'],
    precondition: 'if-match',
    params: Id,
    body: z.object({ schoolId: z.uuid(), supervisorId: z.uuid() }),
    handle: async ({ params, body, context, identity, expected }) => {
      const { office } = context
      const { state } = await campaigns.get(office, params.id)
      const { supervisorId, name } = await schools.getSupervisor(office, body.supervisorId)
      const school = state.stage === 'opened' ? state.schools.get(body.schoolId) : undefined
      if (state.stage === 'opened' && school !== undefined) {
        const known = await schools.getSchool(office, body.schoolId)
        const day = [state.plan.to, chinaDate(context.at)].toSorted().at(-1) ?? state.plan.to
        const facts = await recusals.factsOf(office, supervisorId, body.schoolId)
        const as = goesAs(known, supervisorId, day, facts)
        requireNoRecusal({ supervisor: { supervisorId, name }, school: known, day, pointer: '/supervisorId', ...as })
      }
      const visitId = campaignVisitId(params.id, body.schoolId, school?.attempt ?? 1)
      const { stage } = (await visits.load(office, visitId)).state
      const assign = {
        schoolId: body.schoolId,
        supervisor: { supervisorId, name },
        visit: stage === 'none' ? undefined : stage,
        by: personOf(identity),
        today: chinaDate(context.at),
      }
      return await campaigns.execute(params.id, context, {
        expected,
        decide: (now) => assignCampaignVisit(assign, now),
      })
    },
  })

  command(app, {
    url: '/campaigns/:id/close',
    permission: 'campaign.manage',
    summary: '结束督导活动',
    description: '没有督查的学校要逐校写明理由；一所学校也没有督查的，不能结束，只能取消。',
    tags: ['督导检查'],
    precondition: 'if-match',
    params: Id,
    body: z.object({
      conclusion: z.string().trim().min(1).max(2000),
      reasons: z
        .array(z.object({ schoolId: z.uuid(), reason: Reason }))
        .max(2_000)
        .default([]),
    }),
    handle: async ({ params, body, context, identity, expected }) => {
      await campaigns.get(context.office, params.id)
      await awaitHead(view, store)
      const recorded = await listCampaignSchools(view, {
        office: context.office,
        campaignId: params.id,
        state: 'recorded',
      })
      const close = {
        visited: new Set(recorded.map(({ schoolId }) => schoolId)),
        reasons: new Map(body.reasons.map(({ schoolId, reason }) => [schoolId, reason])),
        conclusion: body.conclusion,
        by: personOf(identity),
        today: chinaDate(context.at),
      }
      return await campaigns.execute(params.id, context, { expected, decide: (state) => closeCampaign(close, state) })
    },
  })

  command(app, {
    url: '/campaigns/:id/cancel',
    permission: 'campaign.manage',
    summary: '取消督导活动',
    tags: ['督导检查'],
    precondition: 'if-match',
    params: Id,
    body: z.object({ reason: Reason }),
    handle: async ({ params, body, context, identity, expected }) =>
      await campaigns.execute(params.id, context, {
        expected,
        decide: (state) => cancelCampaign({ reason: body.reason, by: personOf(identity) }, state),
      }),
  })
}

function personOf({ subject, name }: Identity): Person {
  return { subject, name }
}

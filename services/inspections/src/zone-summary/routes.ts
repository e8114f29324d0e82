import { chinaDate } from '@dulian/calendar'
import type { Clock, EventStore, Streams } from '@dulian/event-sourcing'
import { command, type DataScope, query, requireInScope } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { bulletinIdOf } from '../bulletin/bulletin.ts'
import type { BulletinEvent } from '../bulletin/events.ts'
import type { Bulletin } from '../bulletin/state.ts'
import { inspectionsError } from '../errors.ts'
import { Period } from '../self-check/events.ts'
import {
  awaitRoutine,
  countsOf,
  gapsOf,
  negativesOf,
  type RoutineMonth,
  type RoutineViews,
  routineMonth,
} from '../views/routine/queries.ts'
import { returnZoneSummary, submitZoneSummary } from './decide.ts'
import { Gap, Negatives, ZoneCounts, type ZoneSummaryEvent } from './events.ts'
import { initialZoneSummary, type ZoneSummary } from './state.ts'
import { zoneSummaryIdOf } from './zone-summary.ts'

/** No zone has it. */
const NO_ZONE = '\u0001'

export interface ZoneSummaryRoutesOptions {
  readonly summaries: Streams<ZoneSummary, ZoneSummaryEvent>
  readonly bulletins: Streams<Bulletin, BulletinEvent>
  readonly views: RoutineViews
  readonly clock: Clock
  readonly store: Pick<EventStore, 'head'>
}

export const ZoneSummaryDraft = z.object({
  summaryId: z.string().nullable(),
  period: z.string(),
  /** Null while the zone has no school: then there is nothing to sum up. */
  zoneId: z.string().nullable(),
  zoneName: z.string().nullable(),
  /** What was submitted or sent back before; else what the counts say, to be written on. */
  text: z.string(),
  counts: ZoneCounts,
  negatives: z.array(Negatives),
  gaps: z.array(Gap),
  state: z.enum(['none', 'submitted', 'returned']),
  returnReason: z.string().nullable(),
})

/** Commands on 责任区汇总, and what a head of a zone starts from. */
export function zoneSummaryRoutes(app: FastifyInstance, options: ZoneSummaryRoutesOptions) {
  const { summaries, bulletins, views, clock, store } = options

  const zoneMonth = async (scope: DataScope, period: string, today: string) => {
    const zoneId = scope.kind === 'zone' ? (scope.value ?? NO_ZONE) : NO_ZONE
    const month = await routineMonth(period, { office: scope.office, zoneId }, { views, today })
    const zoneName = month.schools[0]?.zoneName ?? undefined
    return { month, zone: zoneName === undefined ? undefined : { zoneId, zoneName } }
  }

  const isBulletinIssued = async (office: string, period: string): Promise<boolean> =>
    (await bulletins.load(office, bulletinIdOf(office, period))).state.stage === 'issued'

  query(app, {
    url: '/zone-summary-draft',
    permission: 'zone-summary.submit',
    summary: '责任区汇总的底稿',
    description: '本责任区当月自查、督查、问题的数量，尚未完成的学校，以及可以接着写的情况说明。',
    tags: ['督导检查'],
    query: z.object({ period: Period.optional() }),
    answer: ZoneSummaryDraft,
    freshness: () => views.selfChecks.view,
    handle: async ({ query: { period: asked }, scope }) => {
      const today = chinaDate(clock.now())
      const period = asked ?? today.slice(0, 7)
      const { month, zone } = await zoneMonth(scope, period, today)
      const summaryId = zone === undefined ? null : zoneSummaryIdOf(zone.zoneId, period)
      const { state } =
        summaryId === null ? { state: initialZoneSummary } : await summaries.load(scope.office, summaryId)
      return {
        summaryId,
        period,
        zoneId: zone?.zoneId ?? null,
        zoneName: zone?.zoneName ?? null,
        text: state.stage === 'none' ? firstText(month) : state.submitted.text,
        counts: countsOf(month.schools),
        negatives: negativesOf(month.findings),
        gaps: gapsOf(month.schools),
        state: state.stage,
        returnReason: state.stage === 'returned' ? state.returned.reason : null,
      }
    },
  })

  command(app, {
    url: '/zone-summaries',
    permission: 'zone-summary.submit',
    summary: '提交责任区汇总',
    description: '数量与未完成的学校由系统在提交时清点；有未完成的须说明原因。',
    tags: ['督导检查'],
    precondition: 'none',
    body: z.object({
      period: Period,
      text: z.string().max(8000).default(''),
      gapsReason: z.string().max(1000).nullish(),
    }),
    handle: async ({ body, context, identity, scope }) => {
      const { office } = context
      const today = chinaDate(context.at)
      const { period } = body
      await awaitRoutine(views, store)
      const { month, zone } = await zoneMonth(scope, period, today)
      if (zone === undefined) throw inspectionsError('ZONE_WITHOUT_SCHOOLS')
      const submit = {
        period,
        ...zone,
        text: body.text,
        counts: countsOf(month.schools),
        negatives: negativesOf(month.findings),
        gaps: gapsOf(month.schools),
        gapsReason: body.gapsReason ?? null,
        by: { subject: identity.subject, name: identity.name },
        today,
        bulletinIssued: await isBulletinIssued(office, period),
      }
      return await summaries.execute(zoneSummaryIdOf(zone.zoneId, period), context, {
        decide: (state) => submitZoneSummary(submit, state),
      })
    },
  })

  command(app, {
    url: '/zone-summaries/:id/return',
    permission: 'bulletin.manage',
    summary: '退回责任区汇总',
    tags: ['督导检查'],
    precondition: 'if-match',
    params: z.object({ id: z.uuid() }),
    body: z.object({ reason: z.string().trim().min(1).max(500) }),
    handle: async ({ params, body, context, identity, scope, expected }) => {
      const { office } = context
      const { state } = await summaries.get(office, params.id)
      if (state.stage === 'none') throw inspectionsError('ZONE_SUMMARY_NOT_FOUND')
      const { zoneId, period } = state.submitted
      requireInScope(scope, { office, zoneId })
      const sentBack = {
        reason: body.reason,
        by: { subject: identity.subject, name: identity.name },
        today: chinaDate(context.at),
        bulletinIssued: await isBulletinIssued(office, period),
      }
      return await summaries.execute(params.id, context, {
        expected,
        decide: (current) => returnZoneSummary(sentBack, current),
      })
    },
  })
}

/** What the counts say in words, for the head of the zone to write on. */
function firstText({ schools, findings }: RoutineMonth): string {
  const counts = countsOf(schools)
  const worst = negativesOf(findings).slice(0, 3)
  const seen =
    worst.length === 0 ? '' : `问题较集中的是${worst.map(({ name, count }) => `“${name}”${count}处`).join('、')}。`
  return (
    `本月应自查${counts.schools}所，已提交${counts.selfChecks}所；应进校督查${counts.toVisit}所，` +
    `已督查${counts.visited}所、${counts.visits}次，发现问题${counts.findings}个，确认并转入整改${counts.confirmed}个。${seen}`
  )
}

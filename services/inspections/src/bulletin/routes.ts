import { chinaDate } from '@dulian/calendar'
import type { EventStore, Streams } from '@dulian/event-sourcing'
import { command } from '@dulian/http-kit'
import type { NumberedRegister } from '@dulian/official-documents'
import { awaitHead, type ViewReader } from '@dulian/service-host'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { inspectionsError } from '../errors.ts'
import { bulletinNumber } from '../rules/document-codes.ts'
import { Period } from '../self-check/events.ts'
import { standingSummaries } from '../views/bulletins/routes.ts'
import { awaitRoutine, type RoutineViews, routineMonth, zonesOf } from '../views/routine/queries.ts'
import type { ZoneSummaryEvent } from '../zone-summary/events.ts'
import type { ZoneSummary } from '../zone-summary/state.ts'
import { zoneSummaryIdOf } from '../zone-summary/zone-summary.ts'
import { bulletinIdOf } from './bulletin.ts'
import { firstWording } from './bulletin-letter.ts'
import { draftBulletin, issueBulletin, rewordBulletin } from './decide.ts'
import type { BulletinDrafted, BulletinEvent, BulletinWording, IncludedSummary } from './events.ts'
import type { Bulletin } from './state.ts'

const Id = z.object({ id: z.uuid() })
const Names = z.array(z.string().trim().min(1).max(100)).max(50)
const Wording = z.object({
  title: z.string().trim().min(1).max(100),
  recipients: Names,
  opening: z.string().trim().min(1).max(2000),
  overview: z.string().trim().min(1).max(4000),
  problems: z.string().trim().max(8000),
  requirements: z.string().trim().max(8000),
  copies: Names,
  missingReason: z.string().trim().max(1000).nullish(),
})

export interface BulletinRoutesOptions {
  readonly bulletins: Streams<Bulletin, BulletinEvent>
  readonly numbers: NumberedRegister
  readonly summaries: ViewReader
  readonly zoneSummaries: Streams<ZoneSummary, ZoneSummaryEvent>
  readonly views: RoutineViews
  readonly store: Pick<EventStore, 'head'>
}

/** Commands on 督导通报. */
export function bulletinRoutes(app: FastifyInstance, options: BulletinRoutesOptions) {
  const { bulletins, numbers, summaries, zoneSummaries, views, store } = options

  /** What the zones have handed in, and who has not. */
  const gathered = async (office: string, period: string, today: string) => {
    const [standing, month] = await Promise.all([
      standingSummaries(summaries, office, period),
      routineMonth(period, { office }, { views, today }),
    ])
    const drawn = standing.map(
      ({ summaryId, version, zoneId, zoneName, text, counts, gapsReason, submittedBy }): IncludedSummary => ({
        summaryId,
        version,
        zoneId,
        zoneName,
        text,
        counts,
        gapsReason,
        submittedBy,
      }),
    )
    const handedIn = new Set<string | null>(drawn.map(({ zoneId }) => zoneId))
    const missing = zonesOf(month.schools)
      .filter(({ zoneId }) => !handedIn.has(zoneId))
      .map(({ zoneId, zoneName, schools }) => ({ zoneId, zoneName, schools: schools.length }))
    const negatives = new Map<string, number>()
    for (const { name, count } of standing.flatMap((summary) => summary.negatives)) {
      negatives.set(name, (negatives.get(name) ?? 0) + count)
    }
    const worst = [...negatives].map(([name, count]) => ({ name, count })).toSorted((a, b) => b.count - a.count)
    return { drawn, missing, worst: worst.slice(0, 8) }
  }

  /** The summaries of the draft's zones as they stand in their streams, not in a view that may lag. */
  const standingOf = async (office: string, { period, summaries: drawn, missing }: BulletinDrafted) => {
    const standing = []
    for (const { zoneId, zoneName } of [...drawn, ...missing]) {
      if (zoneId === null) continue
      const summaryId = zoneSummaryIdOf(zoneId, period)
      const { state, version } = await zoneSummaries.load(office, summaryId)
      if (state.stage === 'submitted') standing.push({ summaryId, version, zoneName })
    }
    return standing
  }

  command(app, {
    url: '/bulletins',
    permission: 'bulletin.manage',
    summary: '起草督导通报',
    description: '汇入当月各责任区汇总。再次起草会重新汇入，并保留已经改写的文字。',
    tags: ['督导检查'],
    precondition: 'none',
    body: z.object({ period: Period }),
    handle: async ({ body: { period }, context, identity }) => {
      const { office } = context
      const today = chinaDate(context.at)
      await Promise.all([awaitHead(summaries, store), awaitRoutine(views, store)])
      const { drawn, missing, worst } = await gathered(office, period, today)
      const by = { subject: identity.subject, name: identity.name }
      return await bulletins.execute(bulletinIdOf(office, period), context, {
        decide: (state) => {
          const wording = wordingOf(state, firstWording(period, drawn, worst))
          return draftBulletin({ period, wording, summaries: drawn, missing, by, today }, state)
        },
      })
    },
  })

  command(app, {
    url: '/bulletins/:id/reword',
    permission: 'bulletin.manage',
    summary: '修改督导通报',
    description: '各责任区的汇总原文不在此修改；需要更正的，退回责任区后重新汇入。',
    tags: ['督导检查'],
    precondition: 'if-match',
    params: Id,
    body: Wording,
    handle: async ({ params, body, context, identity, expected }) => {
      const wording = { ...body, missingReason: body.missingReason || null }
      const by = { subject: identity.subject, name: identity.name }
      await bulletins.get(context.office, params.id)
      return await bulletins.execute(params.id, context, {
        expected,
        decide: (state) => rewordBulletin({ wording, by }, state),
      })
    },
  })

  command(app, {
    url: '/bulletins/:id/issue',
    permission: 'bulletin.manage',
    summary: '印发督导通报',
    description: '取得文号后印发；缺少汇总的责任区须已说明原因，并写明签发人。',
    tags: ['督导检查'],
    precondition: 'if-match',
    params: Id,
    body: z.object({ approver: z.string().max(50).default('') }),
    answer: z.object({ documentNumber: z.string() }),
    handle: async ({ params, body, context, identity, expected }) => {
      const { office } = context
      const { state } = await bulletins.get(office, params.id)
      if (state.stage === 'none') throw inspectionsError('BULLETIN_NOT_FOUND')
      const today = chinaDate(context.at)
      const standing = await standingOf(office, state.draft)
      const by = { subject: identity.subject, name: identity.name }
      const wanted = { documentNumber: '—', approver: body.approver, standing, by, today }
      // Everything that can be refused is refused before a number is taken.
      if (state.stage === 'drafted') issueBulletin(wanted, state)
      const documentNumber =
        state.stage === 'issued'
          ? state.issued.documentNumber
          : await numbers.take(context, {
              series: 'bulletin',
              year: Number(today.slice(0, 4)),
              purpose: params.id,
              print: (number) => bulletinNumber(office, today, number),
            })
      const done = await bulletins.execute(params.id, context, {
        expected,
        decide: (current) => issueBulletin({ ...wanted, documentNumber }, current),
      })
      return { ...done, documentNumber }
    },
  })
}

/** What the office has written stays; an overview that only gave the counts gives the new ones. */
function wordingOf(state: Bulletin, first: BulletinWording): BulletinWording {
  if (state.stage === 'none') return first
  const { period, wording, summaries } = state.draft
  const untouched = wording.overview === firstWording(period, summaries, []).overview
  return untouched ? { ...wording, overview: first.overview } : wording
}

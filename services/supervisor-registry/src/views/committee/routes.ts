import { chinaDate, InputDay } from '@dulian/calendar'
import { Id } from '@dulian/contracts'
import { Confidence, ruleAt } from '@dulian/dated-rules'
import type { Decoded } from '@dulian/event-sourcing'
import { freshnessAt, LookBackQuery, LookedBack, pageWithPast, viewAt } from '@dulian/history/http'
import { HistoryEntry, historyOf, linesOf, PageQuery, query, versioned } from '@dulian/http-kit'
import { findAll, type Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { COMMITTEE_ID } from '../../committee/committee.ts'
import { describeCommitteeEvent } from '../../committee/describe.ts'
import { type CommitteeEvent, committeeEvents, SeatRole } from '../../committee/events.ts'
import type { Registry } from '../../registry.ts'
import { memberBodies } from '../../rules/supervision-rules.ts'
import { committeeDating } from '../dating.ts'
import {
  BODIES,
  COMMITTEE_VERSIONS,
  type CommitteeVersion,
  type MemberBodyDocument,
  TENURES,
  type TenureDocument,
  versionKey,
} from './projection.ts'

const Role = z.enum([...SeatRole.options, 'liaison'])
const BodyAnswer = z.object({
  bodyId: z.string(),
  name: z.string(),
  from: z.string(),
  to: z.string().nullable(),
  liaisonName: z.string().nullable(),
  liaisonSection: z.string().nullable(),
  liaisonPhoneMasked: z.string().nullable(),
  liaisonFrom: z.string().nullable(),
  hasLiaison: z.boolean(),
})
const TenureAnswer = z.object({
  seatId: z.string(),
  role: Role,
  bodyId: z.string().nullable(),
  bodyName: z.string().nullable(),
  supervisorId: z.string().nullable(),
  personName: z.string(),
  personTitle: z.string(),
  from: z.string(),
  to: z.string().nullable(),
  reason: z.string().nullable(),
})

/** Reading 教育督导委员会: as it is composed on a day, its member bodies, and who held what when. */
export function committeeViewRoutes(app: FastifyInstance, registry: Registry): void {
  const { committeeView, past } = registry
  const tags = ['教育督导委员会']
  const permission = 'registry.read'

  query(app, {
    url: '/committee',
    tags,
    permission,
    summary: '委员会在某一天的组成',
    description: 'day 缺省为今天，回看时缺省为所看的那一天。',
    query: z.object({ ...LookBackQuery, day: InputDay.optional() }),
    answer: z.object({
      lookedBack: LookedBack.optional(),
      day: z.string(),
      seats: z.array(TenureAnswer.extend({ role: SeatRole })),
      bodies: z.array(BodyAnswer),
      /** How many member bodies the rule names. */
      expectedBodies: z.object({ amount: z.number().int(), source: z.string(), confidence: Confidence }),
      withoutLiaison: z.number().int(),
      version: z.number().int(),
      history: z.array(HistoryEntry),
    }),
    freshness: ({ query: days }) => freshnessAt(past.committee, days),
    handle: async ({ query: { asOf, validOn, ...asked }, scope }) => {
      const { view, day: shown, lookedBack } = viewAt(past.committee, { asOf, validOn })
      const { day = shown } = asked
      const { office } = scope
      const [tenures, bodies, known, events] = await Promise.all([
        findAll<TenureDocument>(view, TENURES, { where: { office }, sort: [['from', 'asc']] }),
        findAll<MemberBodyDocument>(view, BODIES, { where: { office }, sort: [['name', 'asc']] }),
        // For If-Match, which is about the committee as it is now.
        committeeView.get<CommitteeVersion>(COMMITTEE_VERSIONS, versionKey(office)),
        registry.committee.history(office, COMMITTEE_ID),
      ])
      const holds = ({ from, to }: { from: string; to: string | null }) => from <= day && (to === null || day <= to)
      const members = bodies.filter(holds)
      const seats = tenures.flatMap((tenure) =>
        tenure.role === 'liaison' || !holds(tenure) ? [] : [{ ...tenureAnswer(tenure), role: tenure.role }],
      )
      const served = new Set(tenures.flatMap((one) => (one.role === 'liaison' && holds(one) ? [one.bodyId] : [])))
      const rule = ruleAt(memberBodies, day)
      const version = known?.document.version ?? 0
      return versioned(
        {
          lookedBack,
          day,
          seats,
          bodies: members.map(bodyAnswer),
          expectedBodies: { amount: rule.value.amount, source: rule.source, confidence: rule.confidence },
          withoutLiaison: members.filter(({ bodyId }) => !served.has(bodyId)).length,
          version,
          history: historyOf(linesOf(toldAt(events, lookedBack), describeCommitteeEvent)),
        },
        version,
      )
    },
  })

  query(app, {
    url: '/committee/bodies',
    tags,
    permission,
    summary: '成员单位与联络员名录',
    description: '默认列出现任成员单位；hasLiaison=false 只列没有联络员的。',
    query: PageQuery.extend({
      ...LookBackQuery,
      hasLiaison: z.enum(['true', 'false']).optional(),
      status: z.enum(['member', 'left']).default('member'),
    }),
    answer: pageWithPast(BodyAnswer),
    freshness: ({ query: days }) => freshnessAt(past.committee, days),
    handle: async ({ query: { limit, cursor, hasLiaison, status, ...days }, scope }) => {
      const { view, lookedBack } = viewAt(past.committee, days)
      let where: Where = { office: scope.office, to: status === 'member' ? null : { not: null } }
      if (hasLiaison !== undefined) where = { ...where, hasLiaison: hasLiaison === 'true' }
      const page = await view.find<MemberBodyDocument>(BODIES, {
        where,
        sort: [['name', 'asc']],
        limit,
        cursor,
      })
      const items = page.items.map(({ document }) => bodyAnswer(document))
      return { items, nextCursor: page.nextCursor, lookedBack }
    },
  })

  query(app, {
    url: '/committee/tenures',
    tags,
    permission,
    summary: '历任人员',
    query: PageQuery.extend({
      ...LookBackQuery,
      role: Role.optional(),
      bodyId: Id.optional(),
      supervisorId: Id.optional(),
    }),
    answer: pageWithPast(TenureAnswer),
    freshness: ({ query: days }) => freshnessAt(past.committee, days),
    handle: async ({ query: { limit, cursor, asOf, validOn, ...filters }, scope }) => {
      const { view, lookedBack } = viewAt(past.committee, { asOf, validOn })
      const page = await view.find<TenureDocument>(TENURES, {
        where: { office: scope.office, ...filters },
        sort: [['from', 'desc']],
        limit,
        cursor,
      })
      const items = page.items.map(({ document }) => tenureAnswer(document))
      return { items, nextCursor: page.nextCursor, lookedBack }
    },
  })
}

/** The changes behind what a past day shows: recorded by the one day, and holding by the other. */
function toldAt(
  events: readonly Decoded<CommitteeEvent>[],
  lookedBack: LookedBack | undefined,
): readonly Decoded<CommitteeEvent>[] {
  if (lookedBack === undefined) return events
  const { knownOn, validOn } = lookedBack
  return events.filter((event) => {
    const recordedOn = chinaDate(event.envelope.time)
    const dating = committeeDating.find({ ...event.envelope, ...committeeEvents.encode(event) }, recordedOn)
    const from = dating?.from ?? recordedOn
    return (knownOn === null || recordedOn <= knownOn) && (validOn === null || from <= validOn)
  })
}

function bodyAnswer({ office: _, ...body }: MemberBodyDocument): z.infer<typeof BodyAnswer> {
  return body
}

function tenureAnswer({ office: _, ...tenure }: TenureDocument): z.infer<typeof TenureAnswer> {
  return tenure
}

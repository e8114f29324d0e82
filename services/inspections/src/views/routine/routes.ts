import { RuleReference, referenceTo, ruleAt } from '@dulian/dated-rules'
import { freshnessAt, LookBackQuery, LookedBack, viewAt } from '@dulian/history/http'
import { query, scopedWhere } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { bulletinIdOf } from '../../bulletin/bulletin.ts'
import { supervisionLevels } from '../../rules/routine-supervision.ts'
import { Period } from '../../self-check/events.ts'
import { ZoneCounts } from '../../zone-summary/events.ts'
import { zoneSummaryIdOf } from '../../zone-summary/zone-summary.ts'
import type { BulletinDocument } from '../bulletins/projection.ts'
import type { Past } from '../past.ts'
import type { ZoneSummaryDocument } from '../zone-summaries/projection.ts'
import { countsOf, type RoutineSchool, routineAt, routineMonth, zonesOf } from './queries.ts'

const School = z.object({
  schoolId: z.string(),
  name: z.string(),
  kind: z.string(),
  zoneId: z.string().nullable(),
  zoneName: z.string().nullable(),
  supervisorId: z.string().nullable(),
  supervisorName: z.string().nullable(),
  selfCheckId: z.string().nullable(),
  selfCheck: z.enum(['not-opened', 'opened', 'submitted', 'returned']),
  selfCheckNegatives: z.number().int(),
  late: z.boolean(),
  toVisit: z.boolean(),
  visits: z.number().int(),
  findings: z.number().int(),
  confirmed: z.number().int(),
  openProblems: z.number().int(),
})
const SummaryState = z.enum(['none', 'submitted', 'returned'])

export const RoutineAnswer = z.object({
  period: z.string(),
  lookedBack: LookedBack.optional(),
  dueOn: z.string().nullable(),
  counts: ZoneCounts,
  /** Named: who has not handed in a self-check. */
  withoutSelfCheck: z.array(School),
  /** Named: who was not visited. */
  withoutVisit: z.array(School),
  zones: z.array(
    z.object({
      zoneId: z.string().nullable(),
      zoneName: z.string(),
      counts: ZoneCounts,
      summaryId: z.string().nullable(),
      summary: SummaryState,
    }),
  ),
  /** Null while there is none, or while it is the office's draft and the asker is not of the office. */
  bulletin: z
    .object({ bulletinId: z.string(), state: z.enum(['drafted', 'issued']), documentNumber: z.string().nullable() })
    .nullable(),
})

export const LevelsAnswer = z.object({
  period: z.string(),
  lookedBack: LookedBack.optional(),
  rule: RuleReference.extend({ source: z.string() }),
  levels: z.array(
    z.object({
      level: z.enum(['county', 'zone', 'school']),
      title: z.string(),
      answerable: z.string(),
      duties: z.array(z.string()),
    }),
  ),
  /** Only for those who see the whole county. */
  county: ZoneCounts.nullable(),
  zones: z.array(z.object({ zoneId: z.string().nullable(), zoneName: z.string(), counts: ZoneCounts })),
  schools: z.array(School),
})

const filters = z.object({ ...LookBackQuery, period: Period.optional(), zoneId: z.uuid().optional() })

/** What a month is made of: each of its four steps is another view. */
const monthOf = ({ selfChecks, coverage, findings, schools, zoneSummaries, bulletins }: Past) =>
  [selfChecks, coverage, findings, schools, zoneSummaries, bulletins] as const

/** 经常性督导 of a month in its four steps, and the three levels of who answers for what. */
export function routineRoutes(app: FastifyInstance, past: Past) {
  query(app, {
    url: '/routine',
    permission: 'visit.read',
    summary: '经常性督导四步进度',
    description: '学校自查、责任督学督查、责任区汇总、督导室通报各到哪一步，缺少的逐一列名。',
    tags: ['督导检查'],
    query: filters,
    answer: RoutineAnswer,
    freshness: ({ query: days }) => freshnessAt(monthOf(past), days),
    handle: async ({ query: { period: asked, zoneId, ...days }, scope }) => {
      const { day: today, lookedBack } = viewAt(past.selfChecks, days)
      const period = asked ?? today.slice(0, 7)
      const where = scopedWhere(scope, zoneId === undefined ? {} : { zoneId })
      const month = await routineMonth(period, where, { views: routineAt(past, days), today })
      const summaries = viewAt(past.zoneSummaries, days).view
      const bulletins = viewAt(past.bulletins, days).view
      const zones = zonesOf(month.schools)
      const ids = zones.flatMap(({ zoneId: id }) => (id === null ? [] : [zoneSummaryIdOf(id, period)]))
      const handedIn = await summaries.getMany<ZoneSummaryDocument>('summaries', ids)
      const bulletin = (await bulletins.get<BulletinDocument>('bulletins', bulletinIdOf(scope.office, period)))
        ?.document
      const seesBulletin = bulletin !== undefined && (scope.kind === 'office' || bulletin.state === 'issued')
      return {
        period,
        lookedBack,
        dueOn: month.dueOn,
        counts: countsOf(month.schools),
        withoutSelfCheck: month.schools.filter(({ selfCheck }) => selfCheck !== 'submitted').map(shown),
        withoutVisit: month.schools.filter(({ toVisit, visits }) => toVisit && visits === 0).map(shown),
        zones: zones.map((zone) => {
          const summaryId = zone.zoneId === null ? null : zoneSummaryIdOf(zone.zoneId, period)
          const summary = summaryId === null ? undefined : handedIn.get(summaryId)?.document
          return {
            zoneId: zone.zoneId,
            zoneName: zone.zoneName,
            counts: countsOf(zone.schools),
            summaryId: summary === undefined ? null : summaryId,
            summary: summary?.state ?? ('none' as const),
          }
        }),
        bulletin: seesBulletin
          ? { bulletinId: bulletin.bulletinId, state: bulletin.state, documentNumber: bulletin.documentNumber }
          : null,
      }
    },
  })

  query(app, {
    url: '/levels',
    permission: 'visit.read',
    summary: '县、片区、学校三级督导',
    description: '每一级的职责和当月数量；片区只看到本片区，学校只看到本校。',
    tags: ['督导检查'],
    query: filters,
    answer: LevelsAnswer,
    freshness: ({ query: days }) => freshnessAt(monthOf(past), days),
    handle: async ({ query: { period: asked, zoneId, ...days }, scope }) => {
      const { day: today, lookedBack } = viewAt(past.selfChecks, days)
      const period = asked ?? today.slice(0, 7)
      const where = scopedWhere(scope, zoneId === undefined ? {} : { zoneId })
      const { schools } = await routineMonth(period, where, { views: routineAt(past, days), today })
      const rule = ruleAt(supervisionLevels, today)
      return {
        period,
        lookedBack,
        rule: { ...referenceTo(rule), source: rule.source },
        levels: rule.value.levels.map((level) => ({ ...level, duties: [...level.duties] })),
        county: scope.kind === 'office' && zoneId === undefined ? countsOf(schools) : null,
        zones:
          scope.kind === 'office' || scope.kind === 'zone'
            ? zonesOf(schools).map((zone) => ({
                zoneId: zone.zoneId,
                zoneName: zone.zoneName,
                counts: countsOf(zone.schools),
              }))
            : [],
        schools: schools.map(shown),
      }
    },
  })
}

function shown(school: RoutineSchool): z.infer<typeof School> {
  return { ...school }
}

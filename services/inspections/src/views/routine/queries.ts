import type { EventStore } from '@dulian/event-sourcing'
import { type LookBackQuery, viewAt } from '@dulian/history/http'
import { awaitHead, type ViewReader } from '@dulian/service-host'
import { findAll, type Where } from '@dulian/views'
import type { Gap, Negatives, ZoneCounts } from '../../zone-summary/events.ts'
import type { CoveredMonth } from '../coverage/projection.ts'
import type { FindingDocument } from '../findings/projection.ts'
import { type KnownSchool, postingOn } from '../known-schools/known-school.ts'
import type { KnownSchools } from '../known-schools/queries.ts'
import { type Past, schoolsAt } from '../past.ts'
import { type SelfCheckViews, selfCheckViews } from '../self-checks/queries.ts'
import type { SelfCheckDocument } from '../self-checks/self-check-document.ts'

/** One school or institution in one month of routine supervision. */
export interface RoutineSchool {
  readonly schoolId: string
  readonly name: string
  readonly kind: string
  readonly zoneId: string | null
  readonly zoneName: string | null
  readonly supervisorId: string | null
  readonly supervisorName: string | null
  readonly selfCheckId: string | null
  readonly selfCheck: 'not-opened' | 'opened' | 'submitted' | 'returned'
  readonly selfCheckNegatives: number
  readonly late: boolean
  /** Training institutions check themselves but have no monthly visit. */
  readonly toVisit: boolean
  readonly visits: number
  readonly findings: number
  readonly confirmed: number
  readonly openProblems: number
}

export interface RoutineMonth {
  readonly period: string
  readonly dueOn: string | null
  readonly schools: readonly RoutineSchool[]
  readonly findings: readonly FindingDocument[]
}

export interface RoutineViews {
  readonly schools: KnownSchools
  readonly selfChecks: SelfCheckViews
  readonly coverage: ViewReader
  readonly findings: ViewReader
}

/** What a month is counted from, at the time that is asked for. */
export function routineAt(past: Past, days: LookBackQuery): RoutineViews {
  return {
    schools: schoolsAt(past, days),
    selfChecks: selfCheckViews(viewAt(past.selfChecks, days).view),
    coverage: viewAt(past.coverage, days).view,
    findings: viewAt(past.findings, days).view,
  }
}

/** Before a month is counted for good: whatever was acknowledged until now is in the views. Throws `CHECK_BEHIND`. */
export async function awaitRoutine(
  { schools, selfChecks, coverage, findings }: RoutineViews,
  store: Pick<EventStore, 'head'>,
): Promise<void> {
  const read = [schools.view, selfChecks.view, coverage, findings]
  await Promise.all(read.map((view) => awaitHead(view, store)))
}

/** Every school in sight with what it did in the month. A month gone by counts the schools that were asked in it. */
export async function routineMonth(
  period: string,
  where: Where,
  { views, today }: { readonly views: RoutineViews; readonly today: string },
): Promise<RoutineMonth> {
  const { office } = where
  const [known, checks, months, findings] = await Promise.all([
    views.schools.listSchools(where),
    views.selfChecks.listSelfChecks({ office, period }),
    findAll<CoveredMonth>(views.coverage, 'months', { where: { office, month: period } }),
    findAll<FindingDocument>(views.findings, 'findings', {
      where: { office, foundOn: { gte: `${period}-01`, lte: `${period}-31` } },
    }),
  ])
  const checkOf = new Map(checks.map((check) => [check.schoolId, check]))
  const visitsOf = new Map(months.map((month) => [month.schoolId, month.visits.length]))
  const findingsOf = Map.groupBy(findings, ({ schoolId }) => schoolId)
  const past = period < today.slice(0, 7) && checks.length > 0
  const day = past ? `${period}-28` : today
  const rows = known
    .filter((school) => school.status !== 'unknown' && (past ? checkOf.has(school.schoolId) : isOpenIn(school, period)))
    .map((school) =>
      rowOf(school, {
        day,
        check: checkOf.get(school.schoolId),
        visits: visitsOf.get(school.schoolId) ?? 0,
        findings: findingsOf.get(school.schoolId) ?? [],
      }),
    )
  const inSight = new Set(rows.map(({ schoolId }) => schoolId))
  return {
    period,
    dueOn: checks[0]?.dueOn ?? null,
    schools: rows,
    findings: findings.filter(({ schoolId }) => inSight.has(schoolId)),
  }
}

function isOpenIn(school: KnownSchool, period: string): boolean {
  return school.closedOn === null || school.closedOn.slice(0, 7) >= period
}

function rowOf(
  school: KnownSchool,
  month: {
    readonly day: string
    readonly check: SelfCheckDocument | undefined
    readonly visits: number
    readonly findings: readonly FindingDocument[]
  },
): RoutineSchool {
  const { check, findings } = month
  const posting = postingOn(school.postings, month.day)
  return {
    schoolId: school.schoolId,
    name: school.name,
    kind: school.kind,
    zoneId: school.zoneId,
    zoneName: school.zoneName,
    supervisorId: posting?.supervisorId ?? null,
    supervisorName: posting?.supervisorName ?? null,
    selfCheckId: check?.selfCheckId ?? null,
    selfCheck: check?.state ?? 'not-opened',
    selfCheckNegatives: check?.negatives ?? 0,
    late: check?.late ?? false,
    toVisit: school.kind !== 'training-institution',
    visits: month.visits,
    findings: findings.length,
    confirmed: findings.filter(({ state }) => state === 'confirmed').length,
    openProblems: school.openProblemIds.length,
  }
}

export function countsOf(schools: readonly RoutineSchool[]): ZoneCounts {
  const sum = (of: (school: RoutineSchool) => number): number =>
    schools.reduce((total, school) => total + of(school), 0)
  return {
    schools: schools.length,
    selfChecks: sum(({ selfCheck }) => (selfCheck === 'submitted' ? 1 : 0)),
    selfCheckNegatives: sum(({ selfCheckNegatives }) => selfCheckNegatives),
    toVisit: sum(({ toVisit }) => (toVisit ? 1 : 0)),
    visited: sum(({ toVisit, visits }) => (toVisit && visits > 0 ? 1 : 0)),
    visits: sum(({ visits }) => visits),
    findings: sum(({ findings }) => findings),
    confirmed: sum(({ confirmed }) => confirmed),
    openProblems: sum(({ openProblems }) => openProblems),
  }
}

/** The steps that are still owed, school by school. */
export function gapsOf(schools: readonly RoutineSchool[]): Gap[] {
  return schools.flatMap(({ schoolId, name, selfCheck, toVisit, visits }): Gap[] => [
    ...(selfCheck === 'submitted' ? [] : [{ schoolId, schoolName: name, step: 'self-check' } as const]),
    ...(toVisit && visits === 0 ? [{ schoolId, schoolName: name, step: 'visit' } as const] : []),
  ])
}

/** What was answered 否 on visits, most frequent first. */
export function negativesOf(findings: readonly FindingDocument[]): Negatives[] {
  const counts = new Map<string, number>()
  for (const { itemTitle } of findings) counts.set(itemTitle, (counts.get(itemTitle) ?? 0) + 1)
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
}

export interface RoutineZone {
  readonly zoneId: string | null
  readonly zoneName: string
  readonly schools: readonly RoutineSchool[]
}

export const WITHOUT_ZONE = '未划入责任区的学校'

/** The schools by their zones; those in none at the end. */
export function zonesOf(schools: readonly RoutineSchool[]): RoutineZone[] {
  const zones = [...Map.groupBy(schools, ({ zoneId }) => zoneId)].map(([zoneId, ofZone]) => ({
    zoneId,
    zoneName: zoneId === null ? WITHOUT_ZONE : (ofZone[0]?.zoneName ?? '责任区'),
    schools: ofZone,
  }))
  return zones.toSorted((a, b) =>
    a.zoneId === null ? 1 : b.zoneId === null ? -1 : a.zoneName < b.zoneName ? -1 : a.zoneName > b.zoneName ? 1 : 0,
  )
}

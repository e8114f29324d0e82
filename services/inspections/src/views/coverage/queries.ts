import { type RuleReference, referenceTo, ruleAt } from '@dulian/dated-rules'
import type { ViewReader } from '@dulian/service-host'
import { findAll, type Where } from '@dulian/views'
import { visitFrequency } from '../../rules/visit-frequency.ts'
import { postingOn } from '../known-schools/known-school.ts'
import type { KnownSchools } from '../known-schools/queries.ts'
import type { CoveredMonth } from './projection.ts'

export interface SchoolCoverage {
  readonly schoolId: string
  readonly name: string
  readonly kind: string
  readonly zoneId: string | null
  readonly zoneName: string | null
  readonly supervisorId: string | null
  readonly supervisorName: string | null
  readonly visits: number
  readonly lastVisitOn: string | null
  readonly covered: boolean
}

export interface CoverageGroup {
  readonly id: string | null
  readonly name: string | null
  readonly schools: number
  readonly covered: number
}

export interface Coverage {
  readonly month: string
  /** The rule that says how many visits cover a school. */
  readonly rule: RuleReference & { readonly perMonth: number }
  readonly schools: readonly SchoolCoverage[]
  readonly totals: {
    readonly schools: number
    readonly covered: number
    readonly uncovered: number
    readonly visits: number
  }
  readonly byZone: readonly CoverageGroup[]
  readonly bySupervisor: readonly CoverageGroup[]
}

/**
 * 中小学、幼儿园 of one month, each with its visits and with who was posted at the month's end (today, while the month
 * runs). Training institutions have no monthly visit; a school counts up to the month of its closing.
 */
export async function coverageOf(
  month: string,
  where: Where,
  { schools, view, today }: { schools: KnownSchools; view: ViewReader; today: string },
): Promise<Coverage> {
  const lastDay = endOf(month)
  const day = lastDay < today ? lastDay : today
  const rule = ruleAt(visitFrequency, day)
  const months = await findAll<CoveredMonth>(view, 'months', { where: { office: where.office, month } })
  const bySchool = new Map(months.map((covered) => [covered.schoolId, covered]))
  const known = await schools.listSchools(where)
  const rows = known
    .filter((school) => school.kind !== 'training-institution' && school.status !== 'unknown')
    .filter((school) => school.closedOn === null || school.closedOn.slice(0, 7) >= month)
    .map((school): SchoolCoverage => {
      const covered = bySchool.get(school.schoolId)
      const visits = covered?.visitIds.length ?? 0
      const posting = postingOn(school.postings, day)
      return {
        schoolId: school.schoolId,
        name: school.name,
        kind: school.kind,
        zoneId: school.zoneId,
        zoneName: school.zoneName,
        supervisorId: posting?.supervisorId ?? null,
        supervisorName: posting?.supervisorName ?? null,
        visits,
        lastVisitOn: covered?.lastVisitOn ?? null,
        covered: visits >= rule.value.perMonth,
      }
    })
  const covered = rows.filter((row) => row.covered).length
  return {
    month,
    rule: { ...referenceTo(rule), perMonth: rule.value.perMonth },
    schools: rows,
    totals: {
      schools: rows.length,
      covered,
      uncovered: rows.length - covered,
      visits: rows.reduce((sum, row) => sum + row.visits, 0),
    },
    byZone: grouped(rows, (row) => [row.zoneId, row.zoneName]),
    bySupervisor: grouped(rows, (row) => [row.supervisorId, row.supervisorName]),
  }
}

function grouped(
  rows: readonly SchoolCoverage[],
  by: (row: SchoolCoverage) => readonly [id: string | null, name: string | null],
): CoverageGroup[] {
  const groups = new Map<string | null, { id: string | null; name: string | null; schools: number; covered: number }>()
  for (const row of rows) {
    const [id, name] = by(row)
    const group = groups.get(id) ?? { id, name, schools: 0, covered: 0 }
    group.schools += 1
    if (row.covered) group.covered += 1
    groups.set(id, group)
  }
  return [...groups.values()]
}

function endOf(month: string): string {
  const [year = 1970, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

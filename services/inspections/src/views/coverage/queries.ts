import { type RuleReference, referenceTo, ruleAt } from '@dulian/dated-rules'
import type { ViewReader } from '@dulian/service-host'
import { findAll, type Where } from '@dulian/views'
import { lastDayOf } from '../../monthly-duty/monthly-duty.ts'
import { visitFrequency } from '../../rules/visit-frequency.ts'
import { DUTIES, type DutyDocument } from '../monthly-duties/projection.ts'

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
    /** Schools that nobody is posted at. */
    readonly unposted: number
  }
  readonly byZone: readonly CoverageGroup[]
  readonly bySupervisor: readonly CoverageGroup[]
}

/**
 * The duties of one month as they stand: 中小学、幼儿园, each with its visits and with who was posted at the month's end
 * (today, while the month runs). A school that closed unvisited is left out.
 */
export async function coverageOf(
  month: string,
  where: Where,
  { duties, today }: { readonly duties: ViewReader; readonly today: string },
): Promise<Coverage> {
  const lastDay = lastDayOf(month)
  const rule = ruleAt(visitFrequency, lastDay < today ? lastDay : today)
  const found = await findAll<DutyDocument>(duties, DUTIES, {
    where: { ...where, month },
    sort: [['schoolName', 'asc']],
  })
  const rows = found
    .filter(({ state }) => state !== 'waived')
    .map(
      ({ schoolId, schoolName, kind, zoneId, zoneName, supervisorId, supervisorName, ...duty }): SchoolCoverage => ({
        schoolId,
        name: schoolName,
        kind,
        zoneId,
        zoneName,
        supervisorId,
        supervisorName,
        visits: duty.visits,
        lastVisitOn: duty.lastVisitOn,
        covered: duty.state === 'met',
      }),
    )
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
      unposted: rows.filter(({ supervisorId }) => supervisorId === null).length,
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

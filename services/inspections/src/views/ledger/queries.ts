import type { ViewReader } from '@dulian/service-host'
import { findAll, type Page, type Where } from '@dulian/views'
import type { ChecklistEdition } from '../../checklist/checklist-item.ts'
import type { KnownSchool } from '../known-schools/known-school.ts'
import type { LedgerRow } from './projection.ts'

export interface LedgerLine {
  readonly itemCode: string
  readonly itemTitle: string
  /** Absent while nobody has looked. */
  readonly answer: LedgerRow['answer'] | null
  readonly visitId: string | null
  readonly visitedOn: string | null
  readonly unsettled: boolean
  readonly unsettledFindings: number
}

export interface LedgerSchool {
  readonly schoolId: string
  readonly schoolName: string
  readonly zoneName: string | null
  readonly lines: readonly LedgerLine[]
}

/** One page of schools, each with a line for every item of the list and for whatever else was looked at there. */
export async function ledgerOf(
  schools: Page<KnownSchool>,
  checklist: ChecklistEdition,
  view: ViewReader,
): Promise<LedgerSchool[]> {
  if (schools.items.length === 0) return []
  const [{ office } = { office: '' }] = schools.items
  const rows = await findAll<LedgerRow>(view, 'rows', {
    where: { office, schoolId: { in: schools.items.map(({ schoolId }) => schoolId) } },
  })
  const bySchool = Map.groupBy(rows, ({ schoolId }) => schoolId)
  return schools.items.map(({ schoolId, name, zoneName }) => {
    const known = new Map(bySchool.get(schoolId)?.map((row) => [row.itemCode, lineOf(row)]))
    const listed = checklist.items.map(
      ({ code, title }): LedgerLine =>
        known.get(code) ?? {
          itemCode: code,
          itemTitle: title,
          answer: null,
          visitId: null,
          visitedOn: null,
          unsettled: false,
          unsettledFindings: 0,
        },
    )
    for (const { code } of checklist.items) known.delete(code)
    return { schoolId, schoolName: name, zoneName, lines: [...listed, ...known.values()] }
  })
}

/** Only the lines about which something is still open, by school. */
export async function unsettledLedger(where: Where, view: ViewReader): Promise<LedgerSchool[]> {
  const rows = await findAll<LedgerRow>(view, 'rows', {
    where: { ...where, unsettled: true },
    sort: [
      ['schoolName', 'asc'],
      ['itemCode', 'asc'],
    ],
  })
  return [...Map.groupBy(rows, ({ schoolId }) => schoolId)].map(([schoolId, lines]) => ({
    schoolId,
    schoolName: lines[0]?.schoolName ?? '',
    zoneName: lines[0]?.zoneName ?? null,
    lines: lines.map(lineOf),
  }))
}

function lineOf(row: LedgerRow): LedgerLine {
  return {
    itemCode: row.itemCode,
    itemTitle: row.itemTitle,
    answer: row.answer,
    visitId: row.visitId,
    visitedOn: row.visitedOn,
    unsettled: row.unsettled,
    unsettledFindings: row.unsettledFindingIds.length,
  }
}

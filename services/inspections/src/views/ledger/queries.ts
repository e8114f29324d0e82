import type { PageQuery } from '@dulian/http-kit'
import type { ViewReader } from '@dulian/service-host'
import { findAll, type Page, type Where } from '@dulian/views'
import type { ChecklistEdition } from '../../checklist/checklist-item.ts'
import type { KnownSchool } from '../known-schools/known-school.ts'
import type { KnownSchools } from '../known-schools/queries.ts'
import type { LedgerFinding, LedgerRow } from './projection.ts'

export interface LedgerLine {
  readonly checklistId: string
  readonly checklistTitle: string
  readonly itemCode: string
  readonly itemTitle: string
  readonly itemGroup: string | null
  /** Absent while nobody has looked. */
  readonly answer: LedgerRow['answer'] | null
  readonly visitId: string | null
  readonly visitedOn: string | null
  readonly unsettled: boolean
  readonly unsettledFindings: number
  readonly findings: readonly LedgerFinding[]
}

export interface LedgerSchool {
  readonly schoolId: string
  readonly schoolName: string
  readonly zoneName: string | null
  readonly lines: readonly LedgerLine[]
}

/** One page of schools, each with a line for every item of its monthly list and for whatever else was looked at there. */
export async function ledgerOf(
  schools: Page<KnownSchool>,
  checklistFor: (kind: string) => ChecklistEdition,
  view: ViewReader,
): Promise<LedgerSchool[]> {
  if (schools.items.length === 0) return []
  const [{ office } = { office: '' }] = schools.items
  const rows = await findAll<LedgerRow>(view, 'rows', {
    where: { office, schoolId: { in: schools.items.map(({ schoolId }) => schoolId) } },
  })
  const bySchool = Map.groupBy(rows, ({ schoolId }) => schoolId)
  return schools.items.map(({ schoolId, name, zoneName, kind }) => {
    const checklist = checklistFor(kind)
    const known = new Map(bySchool.get(schoolId)?.map((row) => [keyOf(row.checklistId, row.itemCode), lineOf(row)]))
    const listed = checklist.items.map(({ code, title, group }): LedgerLine => {
      const key = keyOf(checklist.checklistId, code)
      const line = known.get(key)
      known.delete(key)
      if (line !== undefined) return line
      return {
        checklistId: checklist.checklistId,
        checklistTitle: checklist.title,
        itemCode: code,
        itemTitle: title,
        itemGroup: group,
        answer: null,
        visitId: null,
        visitedOn: null,
        unsettled: false,
        unsettledFindings: 0,
        findings: [],
      }
    })
    return { schoolId, schoolName: name, zoneName, lines: [...listed, ...known.values()] }
  })
}

/**
 * The lines about which something is still open, so many at a time, by school; a school's lines may go on on the next
 * page. `narrowed`: only schools that match; they are asked of the registry's facts, which say who answers for them today.
 */
export async function unsettledLedger(
  office: string,
  narrowed: Where | undefined,
  { limit, cursor }: PageQuery,
  { view, schools }: { readonly view: ViewReader; readonly schools: KnownSchools },
): Promise<Page<LedgerSchool>> {
  const within = narrowed === undefined ? undefined : await schools.listSchools(narrowed)
  const page = await view.find<LedgerRow>('rows', {
    where: {
      office,
      unsettled: true,
      ...(within === undefined ? {} : { schoolId: { in: within.map(({ schoolId }) => schoolId) } }),
    },
    sort: [
      ['schoolName', 'asc'],
      ['itemCode', 'asc'],
    ],
    limit,
    cursor,
  })
  const rows = page.items.map(({ document }) => document)
  const items = [...Map.groupBy(rows, ({ schoolId }) => schoolId)].map(([schoolId, lines]) => ({
    schoolId,
    schoolName: lines[0]?.schoolName ?? '',
    zoneName: lines[0]?.zoneName ?? null,
    lines: lines.map(lineOf),
  }))
  return { items, nextCursor: page.nextCursor }
}

function keyOf(checklistId: string, itemCode: string): string {
  return `${checklistId}:${itemCode}`
}

function lineOf(row: LedgerRow): LedgerLine {
  const { checklistId, checklistTitle, itemCode, itemTitle, itemGroup, answer, visitId, visitedOn, unsettled } = row
  const open = row.findings.filter(({ state }) => state !== 'dismissed' && state !== 'cancelled')
  return {
    checklistId,
    checklistTitle,
    itemCode,
    itemTitle,
    itemGroup,
    answer,
    visitId,
    visitedOn,
    unsettled,
    // Two findings of a problem that came back are one thing to be settled.
    unsettledFindings: new Set(open.map(({ problemId, findingId }) => problemId ?? findingId)).size,
    findings: row.findings,
  }
}

import { defineProjection, on, parseStreamName, type UnitOfWork } from '@dulian/event-sourcing'
import { inbox } from '../../integration/consume.ts'
import { visitEvents } from '../../visit/events.ts'

/** What became of a finding of this row: `open` while rectification works on it, settled when dismissed or 销号; `rebounded` when it came back. */
export type LedgerFinding = {
  readonly findingId: string
  readonly problemId: string | null
  readonly state: 'proposed' | 'confirmed' | 'open' | 'dismissed' | 'cancelled' | 'rebounded'
}

/** One school × one checklist item: what was last seen, and whether anything about it is still unsettled. */
export type LedgerRow = {
  readonly office: string
  readonly schoolId: string
  readonly schoolName: string
  readonly zoneName: string | null
  readonly checklistId: string
  readonly checklistTitle: string
  readonly itemCode: string
  readonly itemTitle: string
  readonly itemGroup: string | null
  readonly answer: 'yes' | 'no' | 'not-applicable'
  readonly visitId: string
  readonly visitedOn: string
  /** In the order they were found. */
  readonly findings: readonly LedgerFinding[]
  readonly unsettled: boolean
}

/** finding → its row; the list of a visit, for the answers that come without their titles. */
type FindingPlace = { readonly rowId: string }
/** problem → what it was found by: more than one finding once it came back. */
type ProblemFindings = { readonly findingIds: readonly string[] }
type VisitList = {
  readonly checklistId: string
  readonly checklistTitle: string
  readonly items: { readonly [code: string]: { readonly title: string; readonly group: string | null } }
}

/** 督导台账: school × item, settled line by line. The same code in two lists is two lines. */
export const ledgerProjection = defineProjection(
  {
    name: 'ledger',
    revision: 3,
    collections: {
      rows: {
        indexes: {
          bySchool: ['office', 'schoolName', 'itemCode'],
          bySettled: ['office', 'unsettled', 'schoolName', 'itemCode'],
          scopeSchool: ['office', 'schoolId', 'schoolName', 'itemCode'],
        },
      },
      findings: { indexes: {} },
      problems: { indexes: {} },
      visits: { indexes: {} },
    },
  },
  [
    on(visitEvents, {
      VisitScheduled: ({ data, envelope }, unit) => {
        const { checklistId, title: checklistTitle, items } = data.checklist
        unit.put('visits', parseStreamName(envelope.stream).id, {
          checklistId,
          checklistTitle,
          items: Object.fromEntries(items.map(({ code, title, group }) => [code, { title, group }])),
        } satisfies VisitList)
      },
      VisitRecorded: async ({ data, envelope }, unit) => {
        const { office, id: visitId } = parseStreamName(envelope.stream)
        const list = await unit.get<VisitList>('visits', visitId)
        if (list === undefined) return
        const { checklistId, checklistTitle, items } = list
        const found = new Map(data.findings.map((finding) => [finding.itemCode, finding.findingId]))
        for (const { code, answer } of data.answers) {
          const rowId = `${data.schoolId}:${checklistId}:${code}`
          const known = await unit.get<LedgerRow>('rows', rowId)
          const findingId = found.get(code)
          const findings = added(known?.findings ?? [], findingId)
          const latest = known === undefined || known.visitedOn <= data.visitedOn
          unit.put('rows', rowId, {
            office,
            schoolId: data.schoolId,
            schoolName: data.schoolName,
            zoneName: data.zoneName,
            checklistId,
            checklistTitle,
            itemCode: code,
            itemTitle: items[code]?.title ?? code,
            itemGroup: items[code]?.group ?? null,
            answer: latest ? answer : known.answer,
            visitId: latest ? visitId : known.visitId,
            visitedOn: latest ? data.visitedOn : known.visitedOn,
            findings,
            unsettled: isUnsettled(findings),
          } satisfies LedgerRow)
          if (findingId !== undefined) unit.put('findings', findingId, { rowId } satisfies FindingPlace)
        }
        unit.remove('visits', visitId)
      },
      FindingConfirmed: ({ data }, unit) => follow(unit, data.findingId, { state: 'confirmed' }),
      FindingDismissed: ({ data }, unit) => follow(unit, data.findingId, { state: 'dismissed' }),
      VisitCancelled: ({ envelope }, unit) => unit.remove('visits', parseStreamName(envelope.stream).id),
    }),
    on(inbox, {
      ProblemOpened: ({ data }, unit) => followAll(unit, data, 'open'),
      ProblemCancelled: ({ data }, unit) => followAll(unit, data, 'cancelled'),
      ProblemRebounded: ({ data }, unit) => followAll(unit, data, 'rebounded'),
    }),
  ],
)

/** What becomes of a problem becomes of everything it was found by, in whichever lines. */
async function followAll(
  unit: UnitOfWork,
  { problemId, findingId }: { readonly problemId: string; readonly findingId: string | null },
  state: LedgerFinding['state'],
): Promise<void> {
  const known = await unit.get<ProblemFindings>('problems', problemId)
  const findingIds = [...new Set([...(known?.findingIds ?? []), ...(findingId === null ? [] : [findingId])])]
  unit.put('problems', problemId, { findingIds } satisfies ProblemFindings)
  for (const id of findingIds) await follow(unit, id, { state, problemId })
}

async function follow(unit: UnitOfWork, findingId: string | null, to: Partial<LedgerFinding>): Promise<void> {
  const place = findingId === null ? undefined : await unit.get<FindingPlace>('findings', findingId)
  if (place === undefined) return
  const row = await unit.get<LedgerRow>('rows', place.rowId)
  if (row === undefined) return
  const findings = row.findings.map((finding) => (finding.findingId === findingId ? { ...finding, ...to } : finding))
  unit.put('rows', place.rowId, { ...row, findings, unsettled: isUnsettled(findings) })
}

function added(findings: readonly LedgerFinding[], findingId: string | undefined): readonly LedgerFinding[] {
  if (findingId === undefined || findings.some((finding) => finding.findingId === findingId)) return findings
  return [...findings, { findingId, problemId: null, state: 'proposed' }]
}

function isUnsettled(findings: readonly LedgerFinding[]): boolean {
  return findings.some(({ state }) => state !== 'dismissed' && state !== 'cancelled')
}

import { defineProjection, on, parseStreamName, type UnitOfWork } from '@dulian/event-sourcing'
import { inbox } from '../../integration/consume.ts'
import { visitEvents } from '../../visit/events.ts'

/** One school × one checklist item: what was last seen, and whether anything about it is still unsettled. */
export type LedgerRow = {
  readonly office: string
  readonly schoolId: string
  readonly schoolName: string
  readonly zoneId: string | null
  readonly zoneName: string | null
  readonly supervisorId: string
  readonly supervisorName: string
  readonly itemCode: string
  readonly itemTitle: string
  readonly answer: 'yes' | 'no' | 'not-applicable'
  readonly visitId: string
  readonly visitedOn: string
  /** Findings of this row that are proposed, or confirmed with the problem not yet cancelled. */
  readonly unsettledFindingIds: readonly string[]
  readonly unsettled: boolean
}

/** finding → its row; the titles of a visit's items, for the answers that come without them. */
type FindingPlace = { readonly rowId: string }
type VisitItems = { readonly titles: { readonly [code: string]: string } }

/** 督导台账: school × item, settled line by line. */
export const ledgerProjection = defineProjection(
  {
    name: 'ledger',
    revision: 1,
    collections: {
      rows: {
        indexes: {
          bySchool: ['office', 'schoolName', 'itemCode'],
          bySettled: ['office', 'unsettled', 'schoolName', 'itemCode'],
          byItem: ['office', 'itemCode', 'schoolName'],
          scopeSchool: ['office', 'schoolId', 'schoolName', 'itemCode'],
          scopeZone: ['office', 'zoneId', 'schoolName', 'itemCode'],
          scopeSupervisor: ['office', 'supervisorId', 'schoolName', 'itemCode'],
        },
      },
      findings: { indexes: {} },
      visits: { indexes: {} },
    },
  },
  [
    on(visitEvents, {
      VisitScheduled: ({ data, envelope }, unit) => {
        const titles = Object.fromEntries(data.checklist.items.map(({ code, title }) => [code, title]))
        unit.put('visits', parseStreamName(envelope.stream).id, { titles } satisfies VisitItems)
      },
      VisitRecorded: async ({ data, envelope }, unit) => {
        const { office, id: visitId } = parseStreamName(envelope.stream)
        const titles = (await unit.get<VisitItems>('visits', visitId))?.titles ?? {}
        const findings = new Map(data.findings.map((finding) => [finding.itemCode, finding.findingId]))
        for (const { code, answer } of data.answers) {
          const rowId = `${data.schoolId}:${code}`
          const known = await unit.get<LedgerRow>('rows', rowId)
          const findingId = findings.get(code)
          const unsettledFindingIds = added(known?.unsettledFindingIds ?? [], findingId)
          const latest = known === undefined || known.visitedOn <= data.visitedOn
          unit.put('rows', rowId, {
            office,
            schoolId: data.schoolId,
            schoolName: data.schoolName,
            zoneId: data.zoneId,
            zoneName: data.zoneName,
            supervisorId: data.supervisorId,
            supervisorName: data.supervisorName,
            itemCode: code,
            itemTitle: titles[code] ?? code,
            answer: latest ? answer : known.answer,
            visitId: latest ? visitId : known.visitId,
            visitedOn: latest ? data.visitedOn : known.visitedOn,
            unsettledFindingIds,
            unsettled: unsettledFindingIds.length > 0,
          } satisfies LedgerRow)
          if (findingId !== undefined) unit.put('findings', findingId, { rowId } satisfies FindingPlace)
        }
        unit.remove('visits', visitId)
      },
      FindingDismissed: ({ data }, unit) => settle(unit, data.findingId),
      VisitCancelled: ({ envelope }, unit) => unit.remove('visits', parseStreamName(envelope.stream).id),
    }),
    on(inbox, { ProblemCancelled: ({ data }, unit) => settle(unit, data.findingId) }),
  ],
)

async function settle(unit: UnitOfWork, findingId: string | null): Promise<void> {
  const place = findingId === null ? undefined : await unit.get<FindingPlace>('findings', findingId)
  if (place === undefined) return
  const row = await unit.get<LedgerRow>('rows', place.rowId)
  if (row === undefined) return
  const unsettledFindingIds = row.unsettledFindingIds.filter((id) => id !== findingId)
  unit.put('rows', place.rowId, { ...row, unsettledFindingIds, unsettled: unsettledFindingIds.length > 0 })
}

function added(ids: readonly string[], id: string | undefined): readonly string[] {
  return id === undefined || ids.includes(id) ? ids : [...ids, id]
}

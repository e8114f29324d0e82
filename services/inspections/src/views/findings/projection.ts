import type { FindingSeverity } from '@dulian/contracts'
import { defineProjection, on, parseStreamName, type UnitOfWork } from '@dulian/event-sourcing'
import { inbox } from '../../integration/consume.ts'
import { partiesOf } from '../../visit/decide.ts'
import { type ProposedFinding, type VisitParties, visitEvents } from '../../visit/events.ts'

export type FindingDocument = VisitParties &
  ProposedFinding & {
    readonly office: string
    readonly visitId: string
    readonly foundOn: string
    readonly taskId: string | null
    readonly state: 'proposed' | 'confirmed' | 'dismissed'
    readonly reason: string | null
    readonly decidedAt: string | null
    readonly decidedBy: string | null
    /** What became of it in rectification. */
    readonly problemId: string | null
    /** `rebounded`: 销号 and open again, seen by this finding or by a later one. */
    readonly problemState: 'open' | 'cancelled' | 'rebounded' | null
  }

/** A problem that came back has been found more than once; what becomes of it becomes of all its findings. */
type FoundTwice = { readonly findingIds: readonly string[] }

/** 发现的问题 of all visits, to be confirmed or dismissed, with the problem each one led to. */
export const findingsProjection = defineProjection(
  {
    name: 'findings',
    revision: 2,
    collections: {
      findings: {
        indexes: {
          byDay: ['office', 'foundOn'],
          byState: ['office', 'state', 'foundOn'],
          bySchool: ['office', 'schoolId', 'foundOn'],
          byZone: ['office', 'zoneId', 'foundOn'],
          bySupervisor: ['office', 'supervisorId', 'foundOn'],
          byItem: ['office', 'itemCode', 'foundOn'],
        },
      },
      problems: { indexes: {} },
    },
  },
  [
    on(visitEvents, {
      VisitRecorded: ({ data, envelope }, unit) => {
        const { office, id: visitId } = parseStreamName(envelope.stream)
        for (const finding of data.findings) {
          unit.put('findings', finding.findingId, {
            ...partiesOf(data),
            ...finding,
            office,
            visitId,
            foundOn: data.visitedOn,
            taskId: data.taskId,
            state: 'proposed',
            reason: null,
            decidedAt: null,
            decidedBy: null,
            problemId: null,
            problemState: null,
          } satisfies FindingDocument)
        }
      },
      FindingConfirmed: ({ data, envelope }, unit) =>
        change(unit, data.findingId, {
          state: 'confirmed',
          description: data.description,
          severity: data.severity,
          decidedAt: envelope.time,
          decidedBy: envelope.meta.actor,
        }),
      FindingDismissed: ({ data, envelope }, unit) =>
        change(unit, data.findingId, {
          state: 'dismissed',
          reason: data.reason,
          decidedAt: envelope.time,
          decidedBy: envelope.meta.actor,
        }),
    }),
    on(inbox, {
      ProblemOpened: ({ data }, unit) => changeAll(unit, data, 'open'),
      ProblemCancelled: ({ data }, unit) => changeAll(unit, data, 'cancelled'),
      ProblemRebounded: ({ data }, unit) => changeAll(unit, data, 'rebounded'),
    }),
  ],
)

type Change = Partial<FindingDocument> & { readonly severity?: FindingSeverity }

async function changeAll(
  unit: UnitOfWork,
  { problemId, findingId }: { readonly problemId: string; readonly findingId: string | null },
  problemState: NonNullable<FindingDocument['problemState']>,
): Promise<void> {
  const known = await unit.get<FoundTwice>('problems', problemId)
  const findingIds = [...new Set([...(known?.findingIds ?? []), ...(findingId === null ? [] : [findingId])])]
  unit.put('problems', problemId, { findingIds } satisfies FoundTwice)
  for (const id of findingIds) await change(unit, id, { problemId, problemState })
}

async function change(unit: UnitOfWork, findingId: string | null, to: Change): Promise<void> {
  if (findingId === null) return
  const known = await unit.get<FindingDocument>('findings', findingId)
  if (known !== undefined) unit.put('findings', findingId, { ...known, ...to })
}

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
    readonly problemState: 'open' | 'cancelled' | null
  }

/** 发现的问题 of all visits, to be confirmed or dismissed, with the problem each one led to. */
export const findingsProjection = defineProjection(
  {
    name: 'findings',
    revision: 1,
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
      ProblemOpened: ({ data }, unit) =>
        change(unit, data.findingId, { problemId: data.problemId, problemState: 'open' }),
      ProblemCancelled: ({ data }, unit) =>
        change(unit, data.findingId, { problemId: data.problemId, problemState: 'cancelled' }),
    }),
  ],
)

type Change = Partial<FindingDocument> & { readonly severity?: FindingSeverity }

async function change(unit: UnitOfWork, findingId: string | null, to: Change): Promise<void> {
  if (findingId === null) return
  const known = await unit.get<FindingDocument>('findings', findingId)
  if (known !== undefined) unit.put('findings', findingId, { ...known, ...to })
}

import { type Decoded, streamOf } from '@dulian/event-sourcing'
import type { ChecklistEdition } from '../../checklist/checklist-item.ts'
import { partiesOf } from '../../visit/decide.ts'
import type { Answer, ProposedFinding, VisitEvent, VisitParties, VisitRecorded } from '../../visit/events.ts'

export type VisitFinding = ProposedFinding & {
  readonly state: 'proposed' | 'confirmed' | 'dismissed'
  readonly reason: string | null
}

export type VisitTimelineEntry = {
  readonly event: string
  readonly title: string
  readonly at: string
  readonly actor: string
  readonly actorName: string | null
  readonly note: string | null
}

/** A visit with everything a reader may ask of it. */
export type VisitDocument = VisitParties & {
  readonly office: string
  readonly visitId: string
  readonly scheduledFor: string
  readonly visitedOn: string | null
  /** The day it counts for: when it took place, else when it should. `month` is its `YYYY-MM`. */
  readonly day: string
  readonly month: string
  readonly state: 'scheduled' | 'started' | 'recorded' | 'cancelled' | 'missed'
  readonly startedAt: string | null
  readonly checklist: ChecklistEdition
  readonly answers: readonly Answer[]
  readonly signatures: VisitRecorded['signatures'] | null
  readonly findings: readonly VisitFinding[]
  readonly items: number
  readonly negatives: number
  readonly taskId: string | null
  readonly timeline: readonly VisitTimelineEntry[]
  readonly version: number
}

/** The document after one more event; `undefined` when the event comes before its visit was scheduled. */
export function withVisitEvent(
  before: VisitDocument | undefined,
  event: Decoded<VisitEvent>,
): VisitDocument | undefined {
  const { office, id: visitId } = streamOf(event)
  if (event.type === 'VisitScheduled') {
    const { data } = event
    return entered(
      event,
      '已安排进校督查',
      { actorName: data.scheduledBy.name },
      {
        ...partiesOf(data),
        office,
        visitId,
        scheduledFor: data.scheduledFor,
        visitedOn: null,
        day: data.scheduledFor,
        month: data.scheduledFor.slice(0, 7),
        state: 'scheduled',
        startedAt: null,
        checklist: data.checklist,
        answers: [],
        signatures: null,
        findings: [],
        items: data.checklist.items.length,
        negatives: 0,
        taskId: data.taskId,
        timeline: [],
        version: 0,
      },
    )
  }
  if (before === undefined) return undefined
  switch (event.type) {
    case 'VisitStarted':
      return entered(
        event,
        '已到校开展督查',
        { actorName: before.supervisorName },
        { ...before, state: 'started', startedAt: event.data.startedAt },
      )
    case 'VisitRecorded': {
      const { visitedOn, answers, signatures, findings } = event.data
      return entered(
        event,
        '已提交督查记录',
        { actorName: event.data.supervisorName },
        {
          ...before,
          ...partiesOf(event.data),
          state: 'recorded',
          visitedOn,
          day: visitedOn,
          month: visitedOn.slice(0, 7),
          answers,
          signatures,
          findings: findings.map((finding) => ({ ...finding, state: 'proposed', reason: null })),
          negatives: findings.length,
        },
      )
    }
    case 'FindingConfirmed': {
      const { findingId, description, severity, itemTitle, confirmedBy } = event.data
      return entered(
        event,
        `已确认问题：${itemTitle}`,
        { actorName: confirmedBy.name },
        {
          ...before,
          findings: before.findings.map((finding) =>
            finding.findingId === findingId ? { ...finding, description, severity, state: 'confirmed' } : finding,
          ),
        },
      )
    }
    case 'FindingDismissed': {
      const { findingId, reason, dismissedBy } = event.data
      const title = before.findings.find((finding) => finding.findingId === findingId)?.itemTitle ?? ''
      return entered(
        event,
        `不采纳：${title}`,
        { actorName: dismissedBy.name, note: reason },
        {
          ...before,
          findings: before.findings.map((finding) =>
            finding.findingId === findingId ? { ...finding, state: 'dismissed', reason } : finding,
          ),
        },
      )
    }
    case 'VisitCancelled':
      return entered(
        event,
        '督查已取消',
        { actorName: event.data.cancelledBy.name, note: event.data.reason },
        { ...before, state: 'cancelled' },
      )
    case 'VisitMissed':
      return entered(event, '当月未开展', {}, { ...before, state: 'missed' })
    default: {
      const unknown: never = event
      return unknown
    }
  }
}

function entered(
  event: Decoded<VisitEvent>,
  title: string,
  who: { readonly actorName?: string; readonly note?: string },
  document: VisitDocument,
): VisitDocument {
  const entry = {
    event: event.type,
    title,
    at: event.envelope.time,
    actor: event.envelope.meta.actor,
    actorName: who.actorName ?? null,
    note: who.note ?? null,
  }
  return { ...document, timeline: [...document.timeline, entry], version: event.envelope.version }
}

import { type Decoded, streamOf } from '@dulian/event-sourcing'
import type { AskedItem, ChecklistReference, SelfCheckEvent } from '../../self-check/events.ts'
import type { Answer } from '../../visit/events.ts'
import type { VisitTimelineEntry } from '../visits/visit-document.ts'

/** A self-check with everything a reader may ask of it. */
export type SelfCheckDocument = {
  readonly office: string
  readonly selfCheckId: string
  readonly period: string
  readonly schoolId: string
  readonly schoolName: string
  readonly kind: string
  readonly zoneId: string | null
  readonly zoneName: string | null
  readonly checklist: ChecklistReference
  readonly openedOn: string
  readonly dueOn: string
  readonly state: 'opened' | 'submitted' | 'returned'
  /** As answered; empty before the first submission. */
  readonly items: readonly AskedItem[]
  readonly answers: readonly Answer[]
  readonly negatives: number
  readonly statement: string | null
  readonly submittedOn: string | null
  readonly submittedBy: string | null
  readonly late: boolean
  readonly returnReason: string | null
  readonly timeline: readonly VisitTimelineEntry[]
  readonly version: number
}

/** The document after one more event; `undefined` when the event comes before its self-check was opened. */
export function withSelfCheckEvent(
  before: SelfCheckDocument | undefined,
  event: Decoded<SelfCheckEvent>,
): SelfCheckDocument | undefined {
  const { office, id: selfCheckId } = streamOf(event)
  if (event.type === 'SelfCheckOpened') {
    const { rule: _, openedBy, ...opened } = event.data
    return entered(event, '已开启学校自查', openedBy?.name ?? null, null, {
      ...opened,
      office,
      selfCheckId,
      state: 'opened',
      items: [],
      answers: [],
      negatives: 0,
      statement: null,
      submittedOn: null,
      submittedBy: null,
      late: false,
      returnReason: null,
      timeline: [],
      version: 0,
    })
  }
  if (before === undefined) return undefined
  switch (event.type) {
    case 'SelfCheckSubmitted': {
      const { items, answers, statement, submittedOn, submittedBy } = event.data
      return entered(event, '学校已提交自查', submittedBy.name, null, {
        ...before,
        state: 'submitted',
        items,
        answers,
        negatives: answers.filter(({ answer }) => answer === 'no').length,
        statement,
        submittedOn,
        submittedBy: submittedBy.name,
        late: submittedOn > before.dueOn,
        returnReason: null,
      })
    }
    case 'SelfCheckReturned': {
      const { reason, returnedBy } = event.data
      return entered(event, '自查已退回', returnedBy.name, reason, {
        ...before,
        state: 'returned',
        returnReason: reason,
      })
    }
    default: {
      const unknown: never = event
      return unknown
    }
  }
}

function entered(
  event: Decoded<SelfCheckEvent>,
  title: string,
  actorName: string | null,
  note: string | null,
  document: SelfCheckDocument,
): SelfCheckDocument {
  const { time: at, meta, version } = event.envelope
  const entry = { event: event.type, title, at, actor: meta.actor, actorName, note }
  return { ...document, timeline: [...document.timeline, entry], version }
}

import type { EventCatalogue, RecordedEvent } from '@dulian/event-sourcing'

type AnyEvent = { readonly type: string; readonly data: unknown }

/** What a history knows of one kind of event beside what the projection does with it. */
export interface EventDating<Data> {
  /** In the words of a list of corrections, e.g. 更正学校信息. */
  readonly title?: string
  /** The day from which the fact holds; `null` or absent: from the day it was recorded. */
  readonly from?: (data: Data, recordedOn: string) => string | null
}

/** The dating of one catalogue's events. */
export interface DatingPart {
  find(
    event: RecordedEvent,
    recordedOn: string,
  ): { readonly title: string | null; readonly from: string | null } | undefined
}

/** `dated(schoolEvents, { SchoolClosed: { title: '学校撤并', from: (data) => data.closedOn } })` */
export function dated<E extends AnyEvent>(
  events: EventCatalogue<E>,
  datings: { readonly [T in E['type']]?: EventDating<Extract<E, { type: T }>['data']> },
): DatingPart {
  const byStored = new Map<string, EventDating<unknown>>()
  for (const [type, dating] of Object.entries(datings)) {
    for (const stored of events.storedNamesOf([type as E['type']])) byStored.set(stored, dating as EventDating<unknown>)
  }
  return {
    find(recorded, recordedOn) {
      const dating = byStored.get(recorded.type)
      if (dating === undefined) return undefined
      const from = dating.from?.(events.decode(recorded).data, recordedOn) ?? null
      return { title: dating.title ?? null, from }
    },
  }
}

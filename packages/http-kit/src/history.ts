import type { RecordedEvent } from '@dulian/event-sourcing'
import { comparePositions } from '@dulian/event-sourcing'
import { z } from 'zod'

/** One line of a record's history: what happened, when, by whom. */
export const HistoryEntry = z.object({
  event: z.string(),
  title: z.string(),
  at: z.string(),
  /** Subject of the token, or the policy or clock that acted. */
  actor: z.string(),
  note: z.string().nullable(),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

/** What a line says of its event. */
export interface HistoryLine {
  readonly title: string
  readonly note: string | null
}

type Told = { readonly type: string; readonly envelope: Omit<RecordedEvent, 'data'> }

/** One stream's events with the lines they make, still to be put in order with others. */
export function linesOf<E extends Told>(events: readonly E[], describe: (event: E) => HistoryLine) {
  return events.map((event) => ({ envelope: event.envelope, event: event.type, ...describe(event) }))
}

/** Lines of several streams as one history, oldest first. */
export function historyOf(...streams: readonly ReturnType<typeof linesOf>[]): HistoryEntry[] {
  return streams
    .flat()
    .toSorted((one, other) => comparePositions(one.envelope.position, other.envelope.position))
    .map(({ envelope, event, title, note }) => ({
      event,
      title,
      at: envelope.time,
      actor: envelope.meta.actor,
      note,
    }))
}

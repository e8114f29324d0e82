import type { Position } from '@dulian/views'

/**
 * `<category>-<office>-<id>`: category is a camelCase word, office a lower-case word, id the rest.
 * The office is in the name so that another office's thing cannot even be asked for.
 */
export type StreamName = string

/** What travels with every event beside its data. */
export interface EventMeta {
  readonly correlationId: string
  readonly causationId?: string
  /** Subject of the token, or `policy:<name>` / `clock`. */
  readonly actor: string
  readonly office: string
  readonly traceparent?: string
  /** Id of the command, and a hash of its content: a repeated command is recognised by them. */
  readonly commandId?: string
  readonly commandHash?: string
}

export interface EventToAppend {
  /** Deterministic per command, so that a retry after an unknown outcome appends nothing twice. */
  readonly id: string
  /** Stored name with version, e.g. `visit-recorded.v1`. */
  readonly type: string
  readonly data: unknown
}

export interface RecordedEvent<Data = unknown> {
  readonly id: string
  readonly stream: StreamName
  /** 1, 2, 3 … within the stream. */
  readonly version: number
  /** Place in the store's total order. */
  readonly position: Position
  readonly type: string
  /** When it was stored, ISO 8601 UTC: what “as known on” is asked against. */
  readonly time: string
  readonly data: Data
  readonly meta: EventMeta
}

/** `none`: the stream must be new · `exists`: must not be · `any` · a number: exactly this version. */
export type ExpectedVersion = 'none' | 'exists' | 'any' | number

export interface Appended {
  /** Version of the stream's last event written by this append (or by its first, acknowledged try). */
  readonly version: number
  readonly position: Position
  /** True when the same events were there already and nothing was written. */
  readonly repeated: boolean
}

export interface ReadFilter {
  /** Categories of streams; absent = all. */
  readonly categories?: readonly string[]
  /** Stored event types; absent = all. */
  readonly types?: readonly string[]
}

export interface ReadAllOptions {
  /** Exclusive. `START` or absent = from the beginning (or, backwards, from the end). */
  readonly after?: Position
  readonly direction?: 'forwards' | 'backwards'
  /** Events per page, 1–5000; 500 when absent. */
  readonly limit?: number
  readonly filter?: ReadFilter
}

export interface EventPage {
  readonly events: readonly RecordedEvent[]
  /** Everything up to here has been looked at, matching or not: the `after` of the next page. */
  readonly checkedThrough: Position
  /** True when the end of the store was reached. */
  readonly end: boolean
}

/** Events that were just appended, at hand for whoever stands right before them. */
export interface AppendedEvents {
  /** Between this position and the first of the events there is nothing. */
  readonly after: Position
  /** Position of the last of the events. */
  readonly through: Position
  readonly count: number
  /** The stored types that occur: who wants none of them need not ask for the events. */
  readonly types: ReadonlySet<string>
  /** As a read would give them, without a hole; made when they are first asked for. */
  readonly events: readonly RecordedEvent[]
}

export interface ReadStreamOptions {
  /** First version to read (backwards: from there down). Inclusive. */
  readonly from?: number
  readonly direction?: 'forwards' | 'backwards'
  readonly limit?: number
}

/**
 * The only truth. An append is acknowledged after it is on disk, never before.
 * Errors: `WRONG_EXPECTED_VERSION {expected, actual}`, `STREAM_ALREADY_EXISTS`, `STREAM_NOT_FOUND` (expected `exists`), `EVENT_TOO_LARGE`,
 * `STORAGE_FULL`, `STORE_CLOSED`, `STORE_UNAVAILABLE`.
 */
export interface EventStore {
  /** Positions count something else than events (bytes of a log): a distance between two says nothing of how many lie between. */
  readonly sparsePositions?: boolean
  append(
    stream: StreamName,
    events: readonly EventToAppend[],
    options: { readonly expected: ExpectedVersion; readonly meta: EventMeta },
  ): Promise<Appended>
  /** Empty when there is no such stream. */
  readStream(stream: StreamName, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]>
  readAll(options?: ReadAllOptions): Promise<EventPage>
  /** Position of the newest event, `START` when empty. */
  head(): Promise<Position>
  /**
   * Called (soon) after events became readable; a hint to look, not a promise to deliver. Returns the way to stop it.
   * A store may hand over what it has just appended: who has read up to `after` need not read it again. Whoever stands
   * elsewhere reads: another process may have appended in between.
   */
  onAppended(listener: (appended?: AppendedEvents) => void): () => void
  /** Finishes what was accepted, refuses the rest with `STORE_CLOSED`. */
  close(): Promise<void>
}

/** Largest stored event: data and meta together, in bytes of UTF-8. */
export const MAX_EVENT_BYTES = 4 * 1024 * 1024

export function streamName(category: string, office: string, id: string): StreamName {
  return `${category}-${office}-${id}`
}

export function parseStreamName(stream: StreamName): { category: string; office: string; id: string } {
  const first = stream.indexOf('-')
  const second = stream.indexOf('-', first + 1)
  return { category: stream.slice(0, first), office: stream.slice(first + 1, second), id: stream.slice(second + 1) }
}

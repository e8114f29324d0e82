import { type StoredEvent, TOMBSTONE_REVISION } from './stored-event.ts'

/** What a stream's metadata (`$$stream`) says about it, as far as this server heeds it. */
export interface StreamMetadata {
  /** First revision still to be read (`$tb`). */
  readonly truncateBefore?: number
  /** How many of the last events are still to be read (`$maxCount`). */
  readonly maxCount?: number
}

/** The events of one stream; `events[n]` has revision n. */
export interface StreamState {
  readonly name: string
  readonly events: StoredEvent[]
  /** The event that ended the stream for ever. */
  tombstone: StoredEvent | undefined
  metadata: StreamMetadata
}

export const METADATA_EVENT = '$metadata'
export const TOMBSTONE_EVENT = '$streamDeleted'

export function newStreamState(name: string): StreamState {
  return { name, events: [], tombstone: undefined, metadata: {} }
}

export function metaStreamOf(stream: string): string {
  return `$$${stream}`
}

export function isMetaStream(stream: string): boolean {
  return stream.startsWith('$$')
}

/** Revision of the stream's last event, -1 when it has none. */
export function lastRevisionOf(state: StreamState | undefined): number {
  return state === undefined ? -1 : state.events.length - 1
}

/** A deleted, not tombstoned, stream is one truncated before the largest revision there is. */
export function isSoftDeleted(state: StreamState | undefined): boolean {
  const before = state?.metadata.truncateBefore
  return before !== undefined && before >= Number(TOMBSTONE_REVISION)
}

/** First revision that may still be read. */
export function firstReadableRevision(state: StreamState): number {
  const { truncateBefore = 0, maxCount } = state.metadata
  return Math.max(truncateBefore, maxCount === undefined ? 0 : state.events.length - maxCount)
}

/** Reads the data of a `$metadata` event; unreadable data counts as no metadata. */
export function parseStreamMetadata(data: Uint8Array): StreamMetadata {
  let fields: unknown
  try {
    fields = JSON.parse(Buffer.from(data).toString('utf8'))
  } catch {
    return {}
  }
  if (typeof fields !== 'object' || fields === null) return {}
  const truncateBefore = '$tb' in fields ? fields.$tb : undefined
  const maxCount = '$maxCount' in fields ? fields.$maxCount : undefined
  return {
    ...(typeof truncateBefore === 'number' && { truncateBefore }),
    ...(typeof maxCount === 'number' && { maxCount }),
  }
}

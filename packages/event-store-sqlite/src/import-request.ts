import { isDeepStrictEqual } from 'node:util'
import type { RecordedEvent, StreamName } from '@dulian/event-sourcing'
import { checkEventId } from './event-id.ts'

/** One event recorded elsewhere, already in the form in which it is stored. */
export interface ImportRequest {
  readonly stream: StreamName
  readonly version: number
  readonly type: string
  /** Milliseconds since 1970. */
  readonly time: number
  readonly id: string
  readonly data: string
  readonly meta: string
}

/** The columns of an event that `isSameEvent` looks at. */
export const COMPARED_COLUMNS = ['type', 'time', 'id', 'data', 'meta']

/** Throws `RangeError` for what this store could not give back as it was. */
export function importRequest(event: RecordedEvent): ImportRequest {
  const { stream, version, type } = event
  const time = Date.parse(event.time)
  if (Number.isNaN(time) || new Date(time).toISOString() !== event.time) {
    throw new RangeError(`an event's time is ISO 8601 in UTC with milliseconds, found: ${event.time.slice(0, 60)}`)
  }
  if (!Number.isSafeInteger(version) || version < 1) throw new RangeError(`versions begin at 1, found: ${version}`)
  return {
    stream,
    version,
    type,
    time,
    id: checkEventId(event.id),
    data: JSON.stringify(event.data) ?? 'null',
    meta: JSON.stringify(event.meta),
  }
}

/** Whether a row with `COMPARED_COLUMNS`, its type as the name, is this very event. The order of keys means nothing. */
export function isSameEvent(row: readonly unknown[], request: ImportRequest): boolean {
  const [type, time, id, data, meta] = row
  return (
    type === request.type &&
    time === request.time &&
    id === request.id &&
    isSameJson(String(data), request.data) &&
    isSameJson(String(meta), request.meta)
  )
}

function isSameJson(a: string, b: string): boolean {
  return a === b || isDeepStrictEqual(JSON.parse(a), JSON.parse(b))
}

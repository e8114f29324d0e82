import {
  type EventMeta,
  type EventToAppend,
  eventSourcingError,
  isUuid,
  type RecordedEvent,
  type StreamName,
} from '@dulian/event-sourcing'
import { START } from '@dulian/views'
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import { toPosition } from './log-position.ts'
import { fromWireUuid } from './wire-uuid.ts'

export type WireEvent = ReadResp.ReadEvent.RecordedEvent

/** An event in the form in which the server keeps it. */
export interface EncodedEvent {
  readonly id: string
  readonly type: string
  readonly data: Uint8Array
  readonly metadata: Uint8Array
  /** Of data and meta as they were given, in bytes. */
  readonly size: number
}

/** Beside the meta, for events that bear another time than that of their storing. Not a key of `EventMeta`. */
const TIME_KEY = '_recordedAt'
const TICKS_PER_MS = 10_000n

/** Where a service's streams are on the server: `inspections.visit-yongchuan-1`. */
export class StreamPrefix {
  /** Ends in a dot. A service's name has none, so no service's prefix begins with another's. */
  readonly text: string

  constructor(service: string) {
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(service)) {
      throw new RangeError(`a service needs a name of letters, digits, - and _, found: ${service.slice(0, 60)}`)
    }
    this.text = `${service}.`
  }

  add(stream: StreamName): string {
    return this.text + stream
  }

  /** `undefined` when it is not a stream of this service. */
  remove(stored: string): StreamName | undefined {
    return stored.startsWith(this.text) ? stored.slice(this.text.length) : undefined
  }
}

/** Throws `RangeError` for ids and names that the server would not keep as they are. */
export function encodeEvent({ id, type, data }: EventToAppend, meta: EventMeta, time?: string): EncodedEvent {
  if (!isUuid(id)) throw new RangeError(`an event id must be a lower-case UUID, found: ${id.slice(0, 60)}`)
  if (!isName(type)) throw new RangeError('an event type needs a well-formed name')
  const dataBytes = Buffer.from(JSON.stringify(data) ?? 'null')
  const plain = Buffer.from(JSON.stringify({ ...meta, [TIME_KEY]: undefined }))
  const metadata = time === undefined ? plain : Buffer.from(JSON.stringify({ ...meta, [TIME_KEY]: time }))
  return { id, type, data: dataBytes, metadata, size: dataBytes.length + plain.length }
}

/** Throws `EVENT_UNREADABLE` for what was not stored by this package. */
export function decodeEvent(wire: WireEvent, stream: StreamName): RecordedEvent {
  const map = wire.getMetadataMap()
  const type = map.get('type') ?? ''
  try {
    const { [TIME_KEY]: recordedAt, ...meta } = parse(wire.getCustomMetadata_asU8()) as EventMeta & {
      readonly [TIME_KEY]?: string
    }
    return {
      id: fromWireUuid(wire.getId()),
      stream,
      version: Number(wire.getStreamRevision()) + 1,
      position: positionOf(wire),
      type,
      time: recordedAt ?? toTime(map.get('created')),
      data: parse(wire.getData_asU8()),
      meta,
    }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError) {
      throw eventSourcingError('EVENT_UNREADABLE', { type })
    }
    throw error
  }
}

export function positionOf(wire: WireEvent): string {
  return toPosition(wire.getCommitPosition(), wire.getPreparePosition()) ?? START
}

export function streamOf(wire: WireEvent): string {
  return Buffer.from(wire.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8')
}

/** Anything but broken UTF-16, which would be stored as something else than was given. */
export function isName(text: string): boolean {
  return text !== '' && text.isWellFormed()
}

function parse(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'))
}

/** From ticks of 100 nanoseconds since 1970. */
function toTime(created: string | undefined): string {
  return new Date(Number(BigInt(created ?? 0) / TICKS_PER_MS)).toISOString()
}

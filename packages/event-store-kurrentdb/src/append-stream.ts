import { randomUUID } from 'node:crypto'
import type { Position } from '@dulian/views'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import empty from 'google-protobuf/google/protobuf/empty_pb.js'
import type { Connection } from './connection.ts'
import { toPosition } from './log-position.ts'
import { ServerFailure, toServerFailure } from './server-failure.ts'
import type { EncodedEvent } from './stored-event.ts'
import { fromWireUuid, toWireUuid } from './wire-uuid.ts'

/** One append at one place: never “any”, which the server would not recognise when it is repeated. */
export interface PlacedAppend {
  /** Name on the server. */
  readonly stream: string
  /** Version of the stream's last event before these; 0 for a stream that must be new. */
  readonly after: number
  readonly events: readonly EncodedEvent[]
}

export type AppendAnswer =
  /** Or the server found the same ids there: it does not say which. */
  | { readonly kind: 'acknowledged'; readonly version: number; readonly position: Position | undefined }
  | { readonly kind: 'conflict'; readonly actual: number }

interface Waiting {
  readonly resolve: (answer: AppendAnswer) => void
  readonly reject: (failure: ServerFailure) => void
}

interface OpenStream {
  readonly waiting: Map<string, Waiting>
  readonly ready: Promise<{ write(request: BatchAppendReq): unknown; end(): unknown }>
}

/** A message holds events up to so many bytes; one that is larger has a message of its own. */
const MESSAGE_BYTES = 1024 * 1024
/** Sends appends over one long call, many at a time, and gives each its answer. */
export class AppendStream {
  readonly #connection: Connection
  readonly #answerWithin: number
  #current: OpenStream | undefined

  constructor(connection: Connection, answerWithin: number) {
    this.#connection = connection
    this.#answerWithin = answerWithin
  }

  /** Throws `ServerFailure`. Unless the failure is lasting, the events may be stored all the same, even later. */
  async append(append: PlacedAppend): Promise<AppendAnswer> {
    const stream = this.#current ?? this.#open()
    const id = randomUUID()
    const { promise, resolve, reject } = Promise.withResolvers<AppendAnswer>()
    const sentAt = performance.now()
    const timer = setTimeout(() => {
      stream.waiting.delete(id)
      reject(new ServerFailure('no-answer'))
      this.#connection.resetIfSilentSince(sentAt)
    }, this.#answerWithin)
    stream.waiting.set(id, { resolve, reject })
    stream.ready.then(
      (call) => {
        if (stream.waiting.has(id)) for (const request of requestsOf(append, id)) call.write(request)
      },
      () => {
        // Whoever waits on the stream is told when it is dropped.
      },
    )
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      stream.waiting.delete(id)
    }
  }

  close(): void {
    const stream = this.#current
    if (stream === undefined) return
    this.#drop(stream, new ServerFailure('closed'))
    stream.ready.then(
      (call) => call.end(),
      () => {},
    )
  }

  #open(): OpenStream {
    const waiting = new Map<string, Waiting>()
    const ready = this.#connection.openAppends((call) => {
      call.on('data', (response: BatchAppendResp) => {
        this.#connection.heard()
        // An answer that nobody waits for any more is dropped.
        const asked = waiting.get(fromWireUuid(response.getCorrelationId()))
        if (asked === undefined) return
        try {
          asked.resolve(answerOf(response))
        } catch (error) {
          asked.reject(toServerFailure(error))
        }
      })
      call.on('error', (error) => this.#drop(stream, toServerFailure(error)))
      call.on('end', () => this.#drop(stream, new ServerFailure('unavailable')))
    })
    const stream: OpenStream = { waiting, ready }
    this.#current = stream
    ready.catch((error: unknown) => this.#drop(stream, toServerFailure(error)))
    return stream
  }

  #drop(stream: OpenStream, failure: ServerFailure): void {
    if (this.#current === stream) this.#current = undefined
    for (const { reject } of stream.waiting.values()) reject(failure)
    stream.waiting.clear()
  }
}

function* requestsOf({ stream, after, events }: PlacedAppend, id: string): Generator<BatchAppendReq> {
  // Without a deadline: it would be a moment of our clock, and a server whose clock is ahead would refuse everything. The
  // server has a bound of its own for writes, and the wait for its answer has one here.
  const options = new streams.BatchAppendReq.Options().setStreamIdentifier(
    new shared.StreamIdentifier().setStreamName(Buffer.from(stream)),
  )
  if (after === 0) options.setNoStream(new empty.Empty())
  else options.setStreamPosition(String(after - 1))
  const correlation = toWireUuid(id)
  let request = new streams.BatchAppendReq().setCorrelationId(correlation).setOptions(options)
  let bytes = 0
  for (const event of events) {
    const size = event.data.length + event.metadata.length
    if (bytes > 0 && bytes + size > MESSAGE_BYTES) {
      yield request
      request = new streams.BatchAppendReq().setCorrelationId(correlation)
      bytes = 0
    }
    request.addProposedMessages(proposed(event))
    bytes += size
  }
  yield request.setIsFinal(true)
}

function proposed({ id, type, data, metadata }: EncodedEvent): BatchAppendReq.ProposedMessage {
  const message = new streams.BatchAppendReq.ProposedMessage()
    .setId(toWireUuid(id))
    .setData(data)
    .setCustomMetadata(metadata)
  message.getMetadataMap().set('type', type).set('content-type', 'application/json')
  return message
}

/** Throws `ServerFailure` for everything but an acknowledgement and a conflict. */
function answerOf(response: BatchAppendResp): AppendAnswer {
  const success = response.getSuccess()
  if (success !== undefined) {
    const position = success.getPosition()
    return {
      kind: 'acknowledged',
      version: success.hasCurrentRevision() ? Number(success.getCurrentRevision()) + 1 : 0,
      position: position && toPosition(position.getCommitPosition(), position.getPreparePosition()),
    }
  }
  const details = response.getError()?.getDetails()
  const name = details?.getTypeName().replace('event_store.client.', '')
  if (details === undefined || name === undefined) throw new ServerFailure('unknown')
  const bytes = details.getValue_asU8()
  if (name === 'WrongExpectedVersion') {
    const conflict = shared.WrongExpectedVersion.deserializeBinary(bytes)
    const actual = conflict.hasCurrentStreamRevision() ? Number(conflict.getCurrentStreamRevision()) + 1 : 0
    return { kind: 'conflict', actual }
  }
  if (name === 'MaximumAppendSizeExceeded') {
    const limit = shared.MaximumAppendSizeExceeded.deserializeBinary(bytes).getMaxappendsize()
    throw new ServerFailure('maximum-append-size-exceeded', limit)
  }
  throw new ServerFailure(reasons[name] ?? 'unknown')
}

const reasons: Readonly<Record<string, string>> = {
  AccessDenied: 'access-denied',
  BadRequest: 'invalid-argument',
  StreamDeleted: 'stream-deleted',
  Timeout: 'timeout',
}

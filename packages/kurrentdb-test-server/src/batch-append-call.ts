import type { UUID } from '@eventstore/db-client/generated/shared_pb.js'
import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import type { Status } from '@eventstore/db-client/generated/status_pb.js'
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js'
import streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerDuplexStream, StatusObject } from '@grpc/grpc-js'
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js'

import type { WriteServices } from './append-call.ts'
import type { ExpectedRevision } from './append-check.ts'
import { appendTooLarge, badRequest, deletedStream, timedOut, unknownFailure, wrongVersion } from './batch-failure.ts'
import type { WriteOutcome } from './event-log.ts'
import type { OpenCall } from './faults.ts'
import { RpcFailure, unavailable } from './rpc-failure.ts'
import type { ProposedEvent } from './stored-event.ts'
import {
  readExpectation,
  readProposedEvent,
  readStreamName,
  readUuid,
  readWritableStreamName,
  sizeOf,
  writeStreamName,
} from './wire-values.ts'

/** An append of which more messages are to come. */
interface UnfinishedAppend {
  readonly stream: string
  readonly expected: ExpectedRevision
  readonly events: ProposedEvent[]
  readonly timeout: NodeJS.Timeout
  size: number
}

/** Ends one append of the call with an error; the call goes on. */
class AppendRefused extends Error {
  readonly status: Status

  constructor(status: Status) {
    super(status.getMessage())
    this.status = status
  }
}

/**
 * `Streams.BatchAppend`: many appends over one stream of messages. Each has a correlation id, may come in several
 * messages, and is answered by one message, in the order in which the appends are done.
 */
export function handleBatchAppend(
  call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>,
  services: WriteServices,
): void {
  const batch = new BatchAppendCall(call, services)
  if (services.faults.refusing) batch.fail(unavailable().toStatus())
}

class BatchAppendCall implements OpenCall {
  readonly kind = 'append'
  readonly #call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>
  readonly #services: WriteServices
  /** By correlation id. */
  readonly #unfinished = new Map<string, UnfinishedAppend>()
  #unanswered = 0
  #over = false
  #noMoreRequests = false

  constructor(call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>, services: WriteServices) {
    this.#call = call
    this.#services = services
    services.faults.openCalls.add(this)
    call.on('cancelled', () => this.#end())
    call.on('data', (request) => this.#receive(request))
    call.on('end', () => {
      this.#noMoreRequests = true
      this.#endWhenAnswered()
    })
  }

  fail(status: StatusObject): void {
    if (this.#over) return
    this.#end()
    this.#call.emit('error', status)
  }

  #end(): void {
    this.#over = true
    this.#services.faults.openCalls.delete(this)
    for (const key of [...this.#unfinished.keys()]) this.#forget(key)
  }

  #endWhenAnswered(): void {
    if (this.#over || !this.#noMoreRequests || this.#unanswered > 0) return
    this.#end()
    this.#call.end()
  }

  #forget(key: string): boolean {
    clearTimeout(this.#unfinished.get(key)?.timeout)
    return this.#unfinished.delete(key)
  }

  #receive(request: BatchAppendReq): void {
    const id = request.getCorrelationId()
    const key = readUuid(id)
    const options = request.getOptions()
    let stream = readStreamName(options?.getStreamIdentifier())
    try {
      const append = this.#unfinished.get(key) ?? (options && this.#begin(id, options))
      if (append === undefined) return // the rest of an append that has been refused
      stream = append.stream
      this.#addEvents(append, request.getProposedMessagesList())
      if (!request.getIsFinal()) return
      this.#forget(key)
      void this.#store(id, append)
    } catch (error) {
      this.#forget(key)
      this.#answer(id, stream, refusalOf(error))
    }
  }

  #begin(id: UUID | undefined, options: BatchAppendReq.Options): UnfinishedAppend {
    const { faults, writeTimeout } = this.#services
    const key = readUuid(id)
    const stream = readWritableStreamName(options.getStreamIdentifier())
    const expected = readExpectation(options, options.hasStreamPosition() ? options.getStreamPosition() : undefined)
    if (expected === undefined) throw new AppendRefused(badRequest('The expected stream position is missing.'))
    // The deadline is a point in time, so a client whose clock is behind by more than its patience always fails.
    const deadline = options.getDeadline()?.toDate().getTime() ?? Number.POSITIVE_INFINITY
    const remaining = Math.min(deadline - (Date.now() + faults.clockSkew), writeTimeout)
    if (remaining <= 0) throw new AppendRefused(timedOut())
    const timeout = setTimeout(() => {
      if (this.#forget(key)) this.#answer(id, stream, timedOut())
    }, remaining)
    const append = { stream, expected, events: [], timeout, size: 0 }
    this.#unfinished.set(key, append)
    return append
  }

  #addEvents(append: UnfinishedAppend, messages: readonly BatchAppendReq.ProposedMessage[]): void {
    const { maximumAppendSize } = this.#services
    for (const message of messages) {
      const event = readProposedEvent(message)
      append.events.push(event)
      append.size += sizeOf(event)
    }
    if (append.size > maximumAppendSize) throw new AppendRefused(appendTooLarge(maximumAppendSize))
  }

  async #store(id: UUID | undefined, { stream, expected, events }: UnfinishedAppend): Promise<void> {
    const { log, faults } = this.#services
    this.#unanswered += 1
    const result = await log.append(stream, expected, events).then(
      (outcome) => writeOutcome(outcome, stream, expected),
      () => unknownFailure(),
    )
    this.#unanswered -= 1
    faults.answerAppend(this.#call.getPeer(), () => this.#answer(id, stream, result))
    this.#endWhenAnswered()
  }

  #answer(id: UUID | undefined, stream: string, result: Status | BatchAppendResp.Success): void {
    if (this.#over) return
    const response = new streamsPb.BatchAppendResp().setCorrelationId(id).setStreamIdentifier(writeStreamName(stream))
    if (result instanceof streamsPb.BatchAppendResp.Success) response.setSuccess(result)
    else response.setError(result)
    this.#call.write(response)
  }
}

/** What the real server does not foresee, it calls a bad request. */
function refusalOf(error: unknown): Status {
  if (error instanceof AppendRefused) return error.status
  return badRequest(error instanceof RpcFailure ? error.message : 'The append could not be read.')
}

function writeOutcome(
  outcome: WriteOutcome,
  stream: string,
  expected: ExpectedRevision,
): Status | BatchAppendResp.Success {
  if (outcome.kind === 'wrong-revision') return wrongVersion(outcome.current, expected)
  if (outcome.kind === 'stream-deleted') return deletedStream(Buffer.from(stream))
  const success = new streamsPb.BatchAppendResp.Success()
  if (outcome.lastRevision < 0) success.setNoStream(new emptyPb.Empty())
  else success.setCurrentRevision(String(outcome.lastRevision))
  if (outcome.last === undefined) return success.setNoPosition(new emptyPb.Empty())
  const position = String(outcome.last.position)
  return success.setPosition(new sharedPb.AllStreamPosition().setCommitPosition(position).setPreparePosition(position))
}

import type { UUID } from '@eventstore/db-client/generated/shared_pb.js'
import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import type { Status } from '@eventstore/db-client/generated/status_pb.js'
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js'
import streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerDuplexStream } from '@grpc/grpc-js'
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js'
import type { WriteServices } from './append-call.ts'
import type { ExpectedRevision } from './append-check.ts'
import { appendTooLarge, badRequest, deletedStream, timedOut, unknownFailure, wrongVersion } from './batch-failure.ts'
import type { StorageFullError, WriteOutcome } from './event-log.ts'
import { unavailable } from './rpc-failure.ts'
import type { ProposedEvent } from './stored-event.ts'
import { readExpectation, readProposedEvent, readStreamName, readUuid, sizeOf, writeStreamName } from './wire-values.ts'

/** How long the server waits for the rest of an append, whatever its deadline. */
const WRITE_TIMEOUT = 2000

interface UnfinishedAppend {
  readonly stream: string
  readonly expected: ExpectedRevision
  readonly events: ProposedEvent[]
  readonly timeout: NodeJS.Timeout
  size: number
}

/**
 * `Streams.BatchAppend`: many appends over one stream of messages. Each has a correlation id, may come in several
 * messages, and is answered by one message, in the order in which the appends are done. A failed append is an answer
 * with an error; the stream goes on.
 */
export function handleBatchAppend(
  call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>,
  services: WriteServices,
): void {
  const { faults } = services
  const peer = call.getPeer()
  const unfinished = new Map<string, UnfinishedAppend>()
  let unanswered = 0
  let noMoreRequests = false
  const finish = () => {
    for (const append of unfinished.values()) clearTimeout(append.timeout)
    unfinished.clear()
    return faults.openCalls.delete(openCall)
  }
  const openCall = {
    kind: 'append' as const,
    fail: (status: ReturnType<ReturnType<typeof unavailable>['toStatus']>) => {
      if (finish()) call.emit('error', status)
    },
  }
  faults.openCalls.add(openCall)
  call.on('cancelled', finish)
  call.on('error', finish)
  if (faults.refusing) {
    openCall.fail(unavailable().toStatus())
    return
  }

  const answer = (correlationId: UUID | undefined, stream: string, result: Status | BatchAppendResp.Success) => {
    if (!faults.openCalls.has(openCall)) return
    const response = new streamsPb.BatchAppendResp()
      .setCorrelationId(correlationId)
      .setStreamIdentifier(writeStreamName(stream))
    if (result instanceof streamsPb.BatchAppendResp.Success) response.setSuccess(result)
    else response.setError(result)
    call.write(response)
  }

  const begin = (correlationId: UUID | undefined, options: BatchAppendReq.Options): Status | UnfinishedAppend => {
    const expected = readExpectation(options, options.hasStreamPosition() ? options.getStreamPosition() : undefined)
    if (!options.hasStreamIdentifier()) return badRequest('Required field StreamIdentifier not set.')
    if (expected === undefined) return badRequest('Required field ExpectedStreamPosition not set.')
    const deadline = options.getDeadline()?.toDate().getTime() ?? Number.POSITIVE_INFINITY
    const remaining = Math.min(deadline - (Date.now() + faults.clockSkew), WRITE_TIMEOUT)
    if (remaining <= 0) return timedOut()
    const key = readUuid(correlationId)
    const stream = readStreamName(options.getStreamIdentifier())
    const timeout = setTimeout(() => {
      if (unfinished.delete(key)) answer(correlationId, stream, timedOut())
    }, remaining)
    const append = { stream, expected, events: [], timeout, size: 0 }
    unfinished.set(key, append)
    return append
  }

  const receive = (request: BatchAppendReq) => {
    const correlationId = request.getCorrelationId()
    const key = readUuid(correlationId)
    const options = request.getOptions()
    const drop = (failure: Status, stream: string) => {
      clearTimeout(unfinished.get(key)?.timeout)
      unfinished.delete(key)
      answer(correlationId, stream, failure)
    }
    let append = unfinished.get(key)
    if (options !== undefined && append === undefined) {
      const begun = begin(correlationId, options)
      if (!('events' in begun)) return drop(begun, readStreamName(options.getStreamIdentifier()))
      append = begun
    }
    if (append === undefined) return
    const { stream, expected, events } = append
    for (const message of request.getProposedMessagesList()) {
      const problem = addEvent(append, message)
      if (problem !== undefined) return drop(badRequest(problem), stream)
    }
    if (append.size > services.maximumAppendSize) return drop(appendTooLarge(services.maximumAppendSize), stream)
    if (!request.getIsFinal()) return
    clearTimeout(append.timeout)
    unfinished.delete(key)
    unanswered += 1
    services.log
      .append(stream, expected, events)
      .then((outcome) => writeOutcome(outcome, stream, expected), failedToStore)
      .then((result) => faults.answerAppend(peer, () => answer(correlationId, stream, result)))
      .finally(() => {
        unanswered -= 1
        if (noMoreRequests && unanswered === 0 && finish()) call.end()
      })
  }

  call.on('data', receive)
  call.on('end', () => {
    noMoreRequests = true
    if (unanswered === 0 && finish()) call.end()
  })
}

function addEvent(append: UnfinishedAppend, message: BatchAppendReq.ProposedMessage): string | undefined {
  try {
    const event = readProposedEvent(message)
    if (event.type === '') return 'Empty eventType provided.'
    append.events.push(event)
    append.size += sizeOf(event)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : 'The event could not be read.'
  }
}

/** Every failure of the storage looks the same to a client. */
function failedToStore(_error: StorageFullError): Status {
  return unknownFailure()
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

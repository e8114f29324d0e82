import type {
  AppendReq,
  AppendResp,
  DeleteReq,
  DeleteResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js'
import streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerReadableStream, ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js'

import type { ExpectedRevision } from './append-check.ts'
import type { EventLog, WriteOutcome } from './event-log.ts'
import type { FaultSwitches } from './faults.ts'
import {
  invalidArgument,
  maximumAppendSizeExceeded,
  statusOf,
  streamDeleted,
  unavailable,
  wrongExpectedVersion,
} from './rpc-failure.ts'
import type { ProposedEvent, StoredEvent } from './stored-event.ts'
import {
  empty,
  readExpectation,
  readProposedEvent,
  readStreamName,
  readWritableStreamName,
  sizeOf,
} from './wire-values.ts'

export interface WriteServices {
  readonly log: EventLog
  readonly faults: FaultSwitches
  /** Bytes one append may have. */
  readonly maximumAppendSize: number
  /** How long the rest of an append of several messages is waited for, in ms, whatever its deadline. */
  readonly writeTimeout: number
}

/** `Streams.Append`: the options first, then one message for each event. */
export function handleAppend(
  call: ServerReadableStream<AppendReq, AppendResp>,
  answer: sendUnaryData<AppendResp>,
  services: WriteServices,
): void {
  const peer = call.getPeer()
  const fail = (error: unknown) => {
    if (!services.faults.openCalls.delete(openCall)) return
    answer(statusOf(error))
  }
  const openCall = { kind: 'append' as const, fail: () => fail(unavailable()) }
  services.faults.openCalls.add(openCall)
  call.on('cancelled', () => services.faults.openCalls.delete(openCall))
  if (services.faults.refusing) {
    fail(unavailable())
    return
  }
  receiveAppend(call, services.maximumAppendSize)
    .then(async ({ stream, expected, events }) => {
      const outcome = await services.log.append(stream, expected, events)
      if (outcome.kind === 'stream-deleted') throw streamDeleted(stream)
      const response = outcome.kind === 'written' ? writeSuccess(outcome) : writeWrongVersion(outcome.current, expected)
      services.faults.answerAppend(peer, () => {
        if (services.faults.openCalls.delete(openCall)) answer(null, response)
      })
    })
    .catch(fail)
}

interface ReceivedAppend {
  readonly stream: string
  readonly expected: ExpectedRevision
  readonly events: readonly ProposedEvent[]
}

async function receiveAppend(call: AsyncIterable<AppendReq>, maximumAppendSize: number): Promise<ReceivedAppend> {
  let header: { stream: string; expected: ExpectedRevision } | undefined
  const events: ProposedEvent[] = []
  let size = 0
  for await (const request of call) {
    const options = request.getOptions()
    const message = request.getProposedMessage()
    if (header === undefined) {
      const revision = options?.hasRevision() ? options.getRevision() : undefined
      const expected = options && readExpectation(options, revision)
      if (options === undefined || expected === undefined) throw invalidArgument('An append begins with its options.')
      header = { stream: readWritableStreamName(options.getStreamIdentifier()), expected }
    } else if (message !== undefined) {
      const event = readProposedEvent(message)
      size += sizeOf(event)
      if (size > maximumAppendSize) throw maximumAppendSizeExceeded(maximumAppendSize)
      events.push(event)
    }
  }
  if (header === undefined) throw invalidArgument('An append begins with its options.')
  return { ...header, events }
}

function writePosition(event: StoredEvent) {
  const position = String(event.position)
  return new streamsPb.AppendResp.Position().setCommitPosition(position).setPreparePosition(position)
}

function writeSuccess(outcome: Extract<WriteOutcome, { kind: 'written' }>): AppendResp {
  const success = new streamsPb.AppendResp.Success()
  if (outcome.lastRevision < 0) success.setNoStream(empty())
  else success.setCurrentRevision(String(outcome.lastRevision))
  if (outcome.last === undefined) success.setNoPosition(empty())
  else success.setPosition(writePosition(outcome.last))
  return new streamsPb.AppendResp().setSuccess(success)
}

function writeWrongVersion(current: number, expected: ExpectedRevision): AppendResp {
  const wrong = new streamsPb.AppendResp.WrongExpectedVersion()
  if (current < 0) wrong.setCurrentNoStream(empty())
  else wrong.setCurrentRevision(String(current))
  if (expected === 'any') wrong.setExpectedAny(empty())
  else if (expected === 'stream-exists') wrong.setExpectedStreamExists(empty())
  else if (expected === 'no-stream') wrong.setExpectedNoStream(empty())
  else wrong.setExpectedRevision(String(expected))
  return new streamsPb.AppendResp().setWrongExpectedVersion(wrong)
}

/** How trailers name what is expected of a stream. */
const EXPECTATION_NUMBERS = { any: '-2', 'no-stream': '-1', 'stream-exists': '-4' }

/** `Streams.Delete` and `Streams.Tombstone`. Throws `RpcFailure`. */
async function remove(
  request: DeleteReq | TombstoneReq,
  write: (stream: string, expected: ExpectedRevision) => Promise<WriteOutcome>,
): Promise<StoredEvent | undefined> {
  const options = request.getOptions()
  const expected = options && readExpectation(options, options.hasRevision() ? options.getRevision() : undefined)
  if (options === undefined || expected === undefined) throw invalidArgument('The expected revision is missing.')
  const stream = readStreamName(options.getStreamIdentifier())
  const outcome = await write(stream, expected)
  if (outcome.kind === 'stream-deleted') throw streamDeleted(stream)
  if (outcome.kind === 'wrong-revision') {
    const expectedNumber = typeof expected === 'number' ? String(expected) : EXPECTATION_NUMBERS[expected]
    throw wrongExpectedVersion(stream, expectedNumber, String(outcome.current))
  }
  return outcome.last
}

export async function handleDelete(
  call: ServerUnaryCall<DeleteReq, DeleteResp>,
  answer: sendUnaryData<DeleteResp>,
  { log, faults }: WriteServices,
): Promise<void> {
  try {
    if (faults.refusing) throw unavailable()
    const event = await remove(call.request, (stream, expected) => log.delete(stream, expected))
    const response = new streamsPb.DeleteResp()
    answer(null, event === undefined ? response.setNoPosition(empty()) : response.setPosition(writePosition(event)))
  } catch (error) {
    answer(statusOf(error))
  }
}

export async function handleTombstone(
  call: ServerUnaryCall<TombstoneReq, TombstoneResp>,
  answer: sendUnaryData<TombstoneResp>,
  { log, faults }: WriteServices,
): Promise<void> {
  try {
    if (faults.refusing) throw unavailable()
    const event = await remove(call.request, (stream, expected) => log.tombstone(stream, expected))
    const response = new streamsPb.TombstoneResp()
    answer(null, event === undefined ? response.setNoPosition(empty()) : response.setPosition(writePosition(event)))
  } catch (error) {
    answer(statusOf(error))
  }
}

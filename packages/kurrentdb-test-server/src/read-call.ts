import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import { type ServerWritableStream, status } from '@grpc/grpc-js'

import { type FilterOptions, readFilter } from './event-filter.ts'
import type { EventLog } from './event-log.ts'
import type { FaultSwitches } from './faults.ts'
import { type ResponseStream, runRead } from './response-stream.ts'
import { invalidArgument, RpcFailure, streamDeleted, unavailable } from './rpc-failure.ts'
import type { LogPosition, StoredEvent } from './stored-event.ts'
import { followAll, followStream } from './subscription.ts'
import { readStreamName, writeReadEvent, writeStreamName } from './wire-values.ts'

interface Reading {
  readonly log: EventLog
  readonly responses: ResponseStream
  readonly options: ReadReq.Options
  readonly idsAsText: boolean
}

/** `Streams.Read`: a stream or `$all`, once or as a subscription. */
export async function handleRead(
  call: ServerWritableStream<ReadReq, ReadResp>,
  log: EventLog,
  faults: FaultSwitches,
): Promise<void> {
  const options = call.request.getOptions()
  const kind = options?.hasSubscription() ? 'subscription' : 'read'
  await runRead(call, kind, faults.openCalls, async (responses) => {
    if (faults.refusing) throw unavailable()
    const uuidOption = options?.getUuidOption()
    if (options === undefined || uuidOption === undefined) throw invalidArgument('`uuidOption` is a required argument')
    const reading = { log, responses, options, idsAsText: uuidOption.hasString() }
    if (options.hasStream()) await readOrFollowStream(reading)
    else if (options.hasAll()) await readOrFollowAll(reading)
    else throw invalidArgument('Neither a stream nor $all is named.')
  })
}

function isBackwards(options: ReadReq.Options): boolean {
  return options.getReadDirection() === streamsPb.ReadReq.Options.ReadDirection.BACKWARDS
}

function countOf(options: ReadReq.Options): number {
  return Number(options.getCount())
}

async function readOrFollowStream({ log, responses, options, idsAsText }: Reading): Promise<void> {
  const streamOptions = options.getStream()
  const stream = readStreamName(streamOptions?.getStreamIdentifier())
  const from = streamOptions?.hasStart()
    ? 'start'
    : streamOptions?.hasEnd()
      ? 'end'
      : Number(streamOptions?.getRevision())
  if (!options.hasNoFilter()) throw invalidArgument('A stream is read without a filter.')
  if (options.hasSubscription()) {
    if (isBackwards(options)) throw invalidArgument('A subscription goes forwards.')
    await followStream({ log, responses, idsAsText, stream, from })
    return
  }
  const reading = log.readStream(stream)
  if (reading.kind === 'deleted') throw streamDeleted(stream)
  if (reading.kind === 'not-found') {
    const notFound = new streamsPb.ReadResp.StreamNotFound().setStreamIdentifier(writeStreamName(stream))
    await responses.send(new streamsPb.ReadResp().setStreamNotFound(notFound))
    return
  }
  const wanted = isBackwards(options)
    ? reading.events.filter((event) => from === 'end' || event.revision <= (from === 'start' ? 0 : from)).reverse()
    : reading.events.filter((event) => from === 'start' || (from !== 'end' && event.revision >= from))
  for (const event of wanted.slice(0, countOf(options))) await responses.send(writeReadEvent(event, idsAsText))
  if ((options.getControlOption()?.getCompatibility() ?? 0) < 1) return
  if (wanted.length === 0 && !isBackwards(options) && from !== reading.firstRevision) {
    await responses.send(new streamsPb.ReadResp().setFirstStreamPosition(String(reading.firstRevision)))
  }
  await responses.send(new streamsPb.ReadResp().setLastStreamPosition(String(reading.lastRevision)))
}

async function readOrFollowAll({ log, responses, options, idsAsText }: Reading): Promise<void> {
  const filterOptions = options.getFilter()
  const filter = filterOptions === undefined ? undefined : readFilter(filterOptions)
  if (filter === undefined && !options.hasNoFilter()) throw invalidArgument('Neither a filter nor no_filter is set.')
  const from = readPosition(options)
  if (options.hasSubscription()) {
    if (isBackwards(options)) throw invalidArgument('A subscription goes forwards.')
    if (filter?.checkpointInterval === 0) throw new RpcFailure(status.UNKNOWN, 'The checkpoint interval is 0.')
    await followAll({ log, responses, idsAsText, from, filter })
    return
  }
  if (typeof from !== 'string' && !log.isReadableFrom(from.commit)) {
    throw new RpcFailure(status.UNKNOWN, 'Unexpected ReadAllResult: InvalidPosition')
  }
  const events = isBackwards(options) ? eventsBefore(log, from) : eventsFrom(log, from)
  await sendAll(responses, events, filter, countOf(options), idsAsText)
}

function readPosition(options: ReadReq.Options): LogPosition | 'start' | 'end' {
  const all = options.getAll()
  const position = all?.getPosition()
  if (position === undefined) return all?.hasEnd() ? 'end' : 'start'
  return { commit: Number(position.getCommitPosition()), prepare: Number(position.getPreparePosition()) }
}

/** Forwards a read begins with the event at the position. */
function* eventsFrom(log: EventLog, from: LogPosition | 'start' | 'end'): Generator<StoredEvent> {
  const count = log.count
  let next = from === 'start' ? 0 : from === 'end' ? count : log.indexAtOrAfter(from)
  for (; next < count; next += 1) {
    const event = log.event(next)
    if (event !== undefined) yield event
  }
}

/** Backwards a read begins with the event that ends at the position: the one at the position itself is not among them. */
function* eventsBefore(log: EventLog, from: LogPosition | 'start' | 'end'): Generator<StoredEvent> {
  let next = log.count - 1
  if (from === 'start') return
  if (from !== 'end') next = log.indexAtOrAfter({ commit: from.commit, prepare: 0 }) - 1
  for (; next >= 0; next -= 1) {
    const event = log.event(next)
    if (event !== undefined && (from === 'end' || event.end < from.commit || event.end <= from.prepare)) yield event
  }
}

async function sendAll(
  responses: ResponseStream,
  events: Iterable<StoredEvent>,
  filter: FilterOptions | undefined,
  count: number,
  idsAsText: boolean,
): Promise<void> {
  let sent = 0
  for (const event of events) {
    if (sent >= count) return
    if (filter !== undefined && !filter.accepts(event)) continue
    await responses.send(writeReadEvent(event, idsAsText))
    sent += 1
  }
}

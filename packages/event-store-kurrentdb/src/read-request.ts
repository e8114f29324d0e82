import type { ReadFilter } from '@dulian/event-sourcing'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import type { LogPosition } from './log-position.ts'
import type { StreamPrefix } from './stored-event.ts'

export type Direction = 'forwards' | 'backwards'

const { Options } = streams.ReadReq
const DIRECTIONS = { forwards: 0, backwards: 1 } as const
/** More than any log holds. */
const UNLIMITED = Number.MAX_SAFE_INTEGER
/** Records that the server looks through at a time, and windows between two of a subscription's checkpoints. */
const SEARCH_WINDOW = 1_024
const CHECKPOINT_WINDOWS = 4

/** What the server is asked to leave out. It filters by one thing only; the rest is up to whoever reads. */
export interface ServerFilter {
  readonly on: 'stream' | 'type'
  readonly prefixes: readonly string[]
}

/** Types are rarer than streams. Prefixes and no expressions: names may hold anything. */
export function serverFilter(prefix: StreamPrefix, { categories, types }: ReadFilter): ServerFilter {
  if (types !== undefined && types.length > 0) return { on: 'type', prefixes: types }
  if (categories === undefined || categories.length === 0) return { on: 'stream', prefixes: [prefix.text] }
  return { on: 'stream', prefixes: categories.map((category) => prefix.add(`${category}-`)) }
}

export function streamRequest(
  storedName: string,
  options: {
    readonly direction: Direction
    readonly revision?: number | undefined
    readonly limit?: number | undefined
  },
): ReadReq {
  const stream = new Options.StreamOptions().setStreamIdentifier(
    new shared.StreamIdentifier().setStreamName(Buffer.from(storedName)),
  )
  if (options.revision !== undefined) stream.setRevision(String(options.revision))
  else if (options.direction === 'forwards') stream.setStart(new shared.Empty())
  else stream.setEnd(new shared.Empty())
  return request(
    new Options()
      .setStream(stream)
      .setReadDirection(DIRECTIONS[options.direction])
      .setCount(String(options.limit ?? UNLIMITED))
      .setNoFilter(new shared.Empty()),
  )
}

/** From the beginning (backwards: from the end) where no position is given. */
export function allRequest(options: {
  readonly direction: Direction
  readonly from: LogPosition | undefined
  readonly limit?: number | undefined
  readonly filter?: ServerFilter | undefined
}): ReadReq {
  const all = new Options.AllOptions()
  if (options.from !== undefined) all.setPosition(wirePosition(options.from))
  else if (options.direction === 'forwards') all.setStart(new shared.Empty())
  else all.setEnd(new shared.Empty())
  const read = new Options()
    .setAll(all)
    .setReadDirection(DIRECTIONS[options.direction])
    .setCount(String(options.limit ?? UNLIMITED))
  return request(withFilter(read, options.filter))
}

export function subscriptionRequest(from: LogPosition | 'start' | 'end', filter: ServerFilter): ReadReq {
  const all = new Options.AllOptions()
  if (from === 'start') all.setStart(new shared.Empty())
  else if (from === 'end') all.setEnd(new shared.Empty())
  else all.setPosition(wirePosition(from))
  const read = new Options().setAll(all).setSubscription(new Options.SubscriptionOptions())
  return request(withFilter(read, filter))
}

function withFilter(options: ReadReq.Options, filter: ServerFilter | undefined): ReadReq.Options {
  if (filter === undefined) return options.setNoFilter(new shared.Empty())
  const expression = new Options.FilterOptions.Expression().setPrefixList([...filter.prefixes])
  const wire = new Options.FilterOptions().setMax(SEARCH_WINDOW).setCheckpointintervalmultiplier(CHECKPOINT_WINDOWS)
  if (filter.on === 'type') wire.setEventType(expression)
  else wire.setStreamIdentifier(expression)
  return options.setFilter(wire)
}

function request(options: ReadReq.Options): ReadReq {
  const ids = new Options.UUIDOption().setString(new shared.Empty())
  return new streams.ReadReq().setOptions(options.setResolveLinks(false).setUuidOption(ids))
}

function wirePosition({ commit, prepare }: LogPosition): ReadReq.Options.Position {
  return new Options.Position().setCommitPosition(commit).setPreparePosition(prepare)
}

import type { EventPage, ReadAllOptions, ReadFilter, ReadStreamOptions, RecordedEvent } from '@dulian/event-sourcing'
import { comparePositions, type Position, START } from '@dulian/views'
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js'
import type { Connection } from './connection.ts'
import type { LogMark } from './log-mark.ts'
import { toLogPosition } from './log-position.ts'
import { allRequest, serverFilter, streamRequest, subscriptionRequest } from './read-request.ts'
import { noAnswer, type ReadThrough, readThrough } from './read-through.ts'
import { retrying } from './retrying.ts'
import { decodeEvent, positionOf, type StreamPrefix, streamOf, type WireEvent } from './stored-event.ts'

export interface ReaderTimes {
  /** Milliseconds within which a read is tried again after a failure. */
  readonly within: number
  /** Milliseconds that the server may be silent during a read. */
  readonly silence: number
}

type ReadConnection = Pick<Connection, 'read' | 'resetIfSilentSince'>

const DEFAULT_LIMIT = 500
const LARGEST_LIMIT = 5_000
/** A page is cut short when its events are this large together. */
const PAGE_BYTES = 8 * 1024 * 1024
/** A filter may have to look through millions of events before it finds one. */
const BACKWARDS_SILENCE_MS = 30_000

/** Reads streams and the order of all, within the prefix. Throws `ServerFailure`. */
export class EventReader {
  readonly #connection: ReadConnection
  readonly #prefix: StreamPrefix
  readonly #times: ReaderTimes
  readonly #mark: LogMark
  #head: { readonly position: Position; readonly checkedThrough: Position } | undefined

  constructor(connection: ReadConnection, prefix: StreamPrefix, times: ReaderTimes, mark: LogMark) {
    this.#connection = connection
    this.#prefix = prefix
    this.#times = times
    this.#mark = mark
  }

  async readStream(
    stream: string,
    options: ReadStreamOptions = {},
    within = this.#times.within,
  ): Promise<RecordedEvent[]> {
    const { direction = 'forwards', from, limit } = options
    if (limit !== undefined && limit < 1) return []
    if (direction === 'backwards' && from !== undefined && from < 1) return []
    const request = streamRequest(this.#prefix.add(stream), {
      direction,
      revision: from === undefined ? undefined : Math.max(from, 1) - 1,
      limit,
    })
    return await retrying(within, async () => {
      const events: RecordedEvent[] = []
      await this.#through(request, {
        event(wire) {
          events.push(decodeEvent(wire, stream))
          return false
        },
      })
      const newest = direction === 'forwards' ? events.at(-1) : events[0]
      if (newest !== undefined) this.#mark.passed(newest.position)
      return events
    })
  }

  async readAll(options: ReadAllOptions): Promise<EventPage> {
    const { after = START, direction = 'forwards', limit = DEFAULT_LIMIT } = options
    if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_LIMIT) {
      throw new RangeError(`a page has 1 to ${LARGEST_LIMIT} events, asked for ${limit}`)
    }
    const wanted = { after, limit, filter: options.filter ?? {} }
    if (isImpossible(wanted.filter)) return { events: [], checkedThrough: await this.end(), end: true }
    return await retrying(this.#times.within, () =>
      direction === 'forwards' ? this.#pageForwards(wanted) : this.#pageBackwards(wanted),
    )
  }

  /** Position of the newest event of this prefix. Looks only at what is new since it was last asked. */
  async head(): Promise<Position> {
    return await retrying(this.#times.within, async () => {
      const end = await this.#newest()
      const known = this.#head
      if (known !== undefined && comparePositions(end.position, known.checkedThrough) <= 0) return known.position
      let position = this.#prefix.remove(end.stream) === undefined ? undefined : end.position
      if (position === undefined && known !== undefined && !(await this.#hasAnyAfter(known.checkedThrough))) {
        position = known.position
      }
      position ??= (await this.#pageBackwards({ after: START, limit: 1, filter: {} })).events[0]?.position ?? START
      this.#head = { position, checkedThrough: end.position }
      return position
    })
  }

  /** Position of the newest event of whatever stream, the server's own among them. One look at the end of the log. */
  async end(within = this.#times.within): Promise<Position> {
    return await retrying(within, async () => (await this.#newest()).position)
  }

  async #newest(): Promise<{ readonly position: Position; readonly stream: string }> {
    let newest = { position: START, stream: '' }
    await this.#through(allRequest({ direction: 'backwards', from: undefined, limit: 1 }), {
      event(wire) {
        newest = { position: positionOf(wire), stream: streamOf(wire) }
        return true
      },
    })
    return newest
  }

  async #hasAnyAfter(after: Position): Promise<boolean> {
    return (await this.#pageForwards({ after, limit: 1, filter: {} })).events.length > 0
  }

  /**
   * The end is looked up first: whatever is there by then is found by the read after it, so a read that comes to its
   * end has looked at everything up to there, matching or not.
   */
  async #pageForwards(wanted: Wanted): Promise<EventPage> {
    const end = (await this.#newest()).position
    if (comparePositions(wanted.after, end) >= 0) return { events: [], checkedThrough: wanted.after, end: true }
    const page = new PageDraft(this.#prefix, wanted, 'forwards')
    const filter = serverFilter(this.#prefix, wanted.filter)
    const from = toLogPosition(wanted.after)
    const limit = page.serverLimit
    const ending = await readThrough(
      this.#connection,
      allRequest({ direction: 'forwards', from, filter, limit }),
      page,
      this.#times.silence,
    )
    if (ending === 'silent' && page.seen === undefined) return await this.#scanForwards(wanted, end)
    if (ending === 'ended' && !page.full) {
      return { events: page.events, checkedThrough: later(end, page.seen ?? wanted.after), end: true }
    }
    return { events: page.events, checkedThrough: page.seen ?? wanted.after, end: false }
  }

  /**
   * For when the next match is so far away that the server is silent for too long: a subscription says from time to
   * time how far it has looked, so that the next page need not begin anew.
   */
  async #scanForwards(wanted: Wanted, end: Position): Promise<EventPage> {
    const page = new PageDraft(this.#prefix, wanted, 'forwards')
    const until = performance.now() + this.#times.silence
    let caughtUp = false
    let checked = wanted.after
    const filter = serverFilter(this.#prefix, wanted.filter)
    await readThrough(
      this.#connection,
      subscriptionRequest(toLogPosition(wanted.after) ?? 'start', filter),
      {
        event: (wire) => page.event(wire),
        checkpoint(position) {
          checked = later(checked, position)
          return performance.now() > until
        },
        caughtUp() {
          caughtUp = true
          return true
        },
      },
      this.#times.silence,
    )
    if (caughtUp) return { events: page.events, checkedThrough: later(end, page.seen ?? checked), end: !page.full }
    const checkedThrough = page.full ? (page.seen ?? checked) : later(checked, page.seen ?? checked)
    if (checkedThrough === wanted.after) throw noAnswer()
    return { events: page.events, checkedThrough, end: false }
  }

  async #pageBackwards(wanted: Wanted): Promise<EventPage> {
    const filter = serverFilter(this.#prefix, wanted.filter)
    const from = toLogPosition(wanted.after)
    const attempt = async (silence: number): Promise<EventPage | undefined> => {
      const page = new PageDraft(this.#prefix, wanted, 'backwards')
      const request = allRequest({ direction: 'backwards', from, filter, limit: page.serverLimit })
      const ending = await readThrough(this.#connection, request, page, silence)
      if (ending === 'silent' && page.seen === undefined) return undefined
      const end = ending === 'ended' && !page.full
      return { events: page.events, checkedThrough: page.seen ?? wanted.after, end }
    }
    const page = await attempt(this.#times.silence)
    if (page !== undefined) return page
    // A server that answers at all is given more time: backwards nothing tells how far it has come.
    await this.#newest()
    const patient = await attempt(Math.max(BACKWARDS_SILENCE_MS, this.#times.silence))
    if (patient === undefined) throw noAnswer()
    return patient
  }

  /** For reads that the server answers at once. */
  async #through(request: ReadReq, reader: ReadThrough): Promise<void> {
    const askedAt = performance.now()
    const ending = await readThrough(this.#connection, request, reader, this.#times.silence)
    if (ending !== 'silent') return
    this.#connection.resetIfSilentSince(askedAt)
    throw noAnswer()
  }
}

interface Wanted {
  readonly after: Position
  readonly limit: number
  readonly filter: ReadFilter
}

/** A page while it is being filled: leaves out what the server could not. */
class PageDraft implements ReadThrough {
  readonly events: RecordedEvent[] = []
  /** Place of the last event looked at. */
  seen: Position | undefined
  readonly #prefix: StreamPrefix
  readonly #wanted: Wanted
  readonly #turn: 1 | -1
  readonly #types: ReadonlySet<string> | undefined
  readonly #categories: ReadonlySet<string> | undefined
  #bytes = 0

  constructor(prefix: StreamPrefix, wanted: Wanted, direction: 'forwards' | 'backwards') {
    this.#prefix = prefix
    this.#wanted = wanted
    this.#turn = direction === 'forwards' ? 1 : -1
    const { types, categories } = wanted.filter
    this.#types = types && new Set(types)
    this.#categories = categories && new Set(categories)
  }

  get full(): boolean {
    return this.events.length >= this.#wanted.limit || this.#bytes >= PAGE_BYTES
  }

  /** One more than wanted, for the event at `after`. Unknown where some of what the server finds is left out here. */
  get serverLimit(): number | undefined {
    return this.#types === undefined ? this.#wanted.limit + 1 : undefined
  }

  event(wire: WireEvent): boolean {
    const position = positionOf(wire)
    const { after } = this.#wanted
    if (after !== START && comparePositions(position, after) * this.#turn <= 0) return false
    this.seen = position
    const stream = this.#prefix.remove(streamOf(wire))
    if (stream === undefined || !this.#matches(stream, wire)) return false
    this.events.push(decodeEvent(wire, stream))
    this.#bytes += wire.getData_asU8().length + wire.getCustomMetadata_asU8().length
    return this.full
  }

  #matches(stream: string, wire: WireEvent): boolean {
    if (this.#types !== undefined && !this.#types.has(wire.getMetadataMap().get('type') ?? '')) return false
    return this.#categories === undefined || this.#categories.has(categoryOf(stream))
  }
}

function isImpossible({ types, categories }: ReadFilter): boolean {
  return types?.length === 0 || categories?.length === 0
}

function later(a: Position, b: Position): Position {
  return comparePositions(a, b) < 0 ? b : a
}

function categoryOf(stream: string): string {
  const end = stream.indexOf('-')
  return end === -1 ? stream : stream.slice(0, end)
}

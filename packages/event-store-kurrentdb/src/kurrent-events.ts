import type {
  Appended,
  Clock,
  EventImporter,
  EventPage,
  EventStore,
  Imported,
  RecordedEvent,
} from '@dulian/event-sourcing'
import { eventSourcingError, MAX_EVENT_BYTES } from '@dulian/event-sourcing'
import { AppendStream } from './append-stream.ts'
import { AppendedFeed } from './appended-feed.ts'
import { Appender, type AppendRequest } from './appender.ts'
import { Connection } from './connection.ts'
import { EventImport } from './event-import.ts'
import { EventReader } from './event-reader.ts'
import { LogMark } from './log-mark.ts'
import { toStoreError } from './server-failure.ts'
import { type EncodedEvent, encodeEvent, isName, StreamPrefix } from './stored-event.ts'

export interface KurrentEventsOptions {
  /**
   * Connection string: `esdb://host:port?tls=false`, `esdb+discover://…`, with `kurrentdb` in place of `esdb` as well.
   * May carry user, password and certificates; never logged.
   */
  readonly address: string
  /** Whose events: letters, digits, `-` and `_`. Stores of other services on the same server do not see them. */
  readonly service: string
  /** Events bear its time; without it they bear the server's. */
  readonly clock?: Clock
  /** Refuses to append. */
  readonly readOnly?: boolean
  readonly maxEventBytes?: number
  readonly times?: Partial<KurrentTimes>
}

/** In milliseconds. */
export interface KurrentTimes {
  /** How long an append or a read is tried again before it ends in `STORE_UNAVAILABLE`. */
  readonly within: number
  /** How long to wait for the answer to one append. */
  readonly answer: number
  /** How long the server may say nothing during a read. */
  readonly silence: number
  /** How often to look whether the live subscription still lives. */
  readonly liveness: number
}

export interface KurrentEvents extends EventStore, EventImporter {}

const DEFAULT_TIMES: KurrentTimes = { within: 4_000, answer: 2_000, silence: 2_500, liveness: 10_000 }

/** Connects with the first call; throws only for an address or a service name that is none. */
export function openKurrentEvents(options: KurrentEventsOptions): KurrentEvents {
  return new KurrentEventStore(options)
}

class KurrentEventStore implements KurrentEvents {
  readonly sparsePositions = true
  readonly #clock: Clock | undefined
  readonly #readOnly: boolean
  readonly #maxEventBytes: number
  readonly #connection: Connection
  readonly #appends: AppendStream
  readonly #reader: EventReader
  readonly #appender: Appender
  readonly #import: EventImport
  readonly #feed: AppendedFeed
  readonly #accepted = new Set<Promise<unknown>>()
  #closing: Promise<void> | undefined

  constructor(options: KurrentEventsOptions) {
    const times = { ...DEFAULT_TIMES, ...options.times }
    const prefix = new StreamPrefix(options.service)
    this.#clock = options.clock
    this.#readOnly = options.readOnly ?? false
    this.#maxEventBytes = options.maxEventBytes ?? MAX_EVENT_BYTES
    this.#connection = new Connection(options.address)
    this.#appends = new AppendStream(this.#connection, times.answer)
    const mark = new LogMark()
    this.#reader = new EventReader(this.#connection, prefix, times, mark)
    this.#appender = new Appender({ appends: this.#appends, reader: this.#reader, prefix, mark, within: times.within })
    this.#import = new EventImport(this.#reader, this.#appender)
    this.#feed = new AppendedFeed({
      connection: this.#connection,
      prefix,
      head: () => this.#reader.head(),
      mark,
      livenessInterval: times.liveness,
    })
  }

  async append(...[stream, events, { expected, meta }]: Parameters<EventStore['append']>): Promise<Appended> {
    this.#checkWritable()
    if (events.length === 0) throw new RangeError('an append needs at least one event')
    checkStream(stream)
    const time = this.#clock && new Date(this.#clock.now()).toISOString()
    const encoded = events.map((event) => this.#checkSize(encodeEvent(event, meta, time)))
    return await this.#accept(() => this.#append({ stream, expected, events: encoded }))
  }

  async importEvents(events: readonly RecordedEvent[]): Promise<Imported> {
    this.#checkWritable()
    if (events.length === 0) throw new RangeError('an import needs at least one event')
    const encoded = events.map((event) => {
      checkStream(event.stream)
      if (!Number.isInteger(event.version) || event.version < 1) throw new RangeError('versions count from 1')
      return { event, encoded: this.#checkSize(encodeEvent(event, event.meta, event.time)) }
    })
    return await this.#accept(async () => {
      const imported = await this.#import.import(encoded).catch((error: unknown) => {
        throw toStoreError(error)
      })
      this.#feed.announce(imported.position)
      return imported
    })
  }

  async readStream(...[stream, options]: Parameters<EventStore['readStream']>): Promise<readonly RecordedEvent[]> {
    return await this.#read(() => this.#reader.readStream(stream, options))
  }

  async readAll(...[options]: Parameters<EventStore['readAll']>): Promise<EventPage> {
    return await this.#read(() => this.#reader.readAll(options ?? {}))
  }

  async head(): Promise<string> {
    return await this.#read(() => this.#reader.head())
  }

  onAppended(listener: Parameters<EventStore['onAppended']>[0]): () => void {
    return this.#feed.listen(() => listener())
  }

  /** Appends that were accepted come to their end first; reads are cut off. */
  close(): Promise<void> {
    this.#closing ??= Promise.allSettled([...this.#accepted]).then(() => {
      this.#feed.close()
      this.#appends.close()
      this.#connection.close()
    })
    return this.#closing
  }

  async #append(request: AppendRequest): Promise<Appended> {
    try {
      const appended = await this.#appender.append(request)
      if (!appended.repeated) this.#feed.announce(appended.position)
      return appended
    } catch (error) {
      const size = request.events.reduce((sum, event) => sum + event.size, 0)
      throw toStoreError(error, size)
    }
  }

  async #accept<T>(work: () => Promise<T>): Promise<T> {
    const accepted = work()
    this.#accepted.add(accepted)
    try {
      return await accepted
    } finally {
      this.#accepted.delete(accepted)
    }
  }

  async #read<T>(read: () => Promise<T>): Promise<T> {
    if (this.#closing !== undefined) throw eventSourcingError('STORE_CLOSED')
    try {
      return await read()
    } catch (error) {
      throw toStoreError(error)
    }
  }

  #checkWritable(): void {
    if (this.#closing !== undefined) throw eventSourcingError('STORE_CLOSED')
    if (this.#readOnly) throw eventSourcingError('STORE_UNAVAILABLE', { readOnly: true })
  }

  #checkSize(event: EncodedEvent): EncodedEvent {
    if (event.size <= this.#maxEventBytes) return event
    throw eventSourcingError('EVENT_TOO_LARGE', { limit: this.#maxEventBytes, size: event.size })
  }
}

function checkStream(stream: string): void {
  if (!isName(stream)) throw new RangeError('a stream needs a well-formed name')
}

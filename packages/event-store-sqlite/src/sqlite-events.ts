import type {
  Appended,
  AppendedEvents,
  Clock,
  EventImporter,
  EventPage,
  EventStore,
  Imported,
  RecordedEvent,
} from '@dulian/event-sourcing'
import { eventSourcingError, MAX_EVENT_BYTES, systemClock } from '@dulian/event-sourcing'
import { AppendedGroup, type WrittenAppend } from './appended-group.ts'
import type { AppendRequest } from './appender.ts'
import type { OpenDatabase } from './database.ts'
import { type AppendOutcome, EventConnection } from './event-connection.ts'
import { checkEventId } from './event-id.ts'
import type { EventReader } from './event-reader.ts'
import { DirectWriter, type GroupWriter } from './group-writer.ts'
import { importRequest } from './import-request.ts'
import { ThreadedWriter } from './writer-thread.ts'

export interface SqliteEventsOptions {
  /** Path of the event file; `:memory:` is not supported. */
  readonly file: string
  readonly clock?: Clock
  /** For a worker or a tool that only reads beside the writer. */
  readonly readOnly?: boolean
  readonly maxEventBytes?: number
  /** Appends that may share a transaction; 1 turns group commit off (to measure what it gains). */
  readonly groupAppends?: number
  /** `false`: nothing waits for the disk. Only for a file that is thrown away unless everything came to its end. */
  readonly durable?: boolean
  /** `true`: a thread that all stores of the process share writes, so that this one never waits for the disk. */
  readonly writesInThread?: boolean
}

export interface SqliteEvents extends EventStore, EventImporter {
  readonly file: string
}

interface Waiting {
  readonly request: AppendRequest
  readonly bytes: number
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: Error) => void
}

type Listener = (appended?: AppendedEvents) => void

/** A transaction takes at most so many appends and bytes: the thread is shared with HTTP. */
const GROUP_APPENDS = 512
const GROUP_BYTES = 8 * 1024 * 1024
/** While one group is on its way to the disk the next is prepared; more would only be smaller ones. */
const GROUPS_IN_THREAD = 2

/** Opens (or creates) an event file, of an older layout too. Throws `STORE_FILE_*` when it is not one to be opened. */
export function openSqliteEvents(options: SqliteEventsOptions): SqliteEvents {
  return new SqliteEventStore(options)
}

class SqliteEventStore implements SqliteEvents {
  readonly file: string
  readonly #clock: Clock
  readonly #readOnly: boolean
  readonly #maxEventBytes: number
  readonly #groupAppends: number
  readonly #groupsAtOnce: number
  readonly #listeners = new Set<Listener>()
  readonly #connection: EventConnection
  readonly #writer: GroupWriter
  #waiting: Waiting[] = []
  #scheduled = false
  #writing = 0
  #closing: PromiseWithResolvers<void> | undefined

  constructor(options: SqliteEventsOptions) {
    const { file, clock, readOnly, maxEventBytes, groupAppends, durable, writesInThread } = options
    this.file = file
    this.#clock = clock ?? systemClock
    this.#readOnly = readOnly ?? false
    this.#maxEventBytes = maxEventBytes ?? MAX_EVENT_BYTES
    this.#groupAppends = groupAppends ?? GROUP_APPENDS
    const opened: OpenDatabase = {
      file,
      readOnly: this.#readOnly,
      maxEventBytes: this.#maxEventBytes,
      durable: durable ?? true,
    }
    this.#connection = new EventConnection(opened)
    this.#writer = writesInThread === true ? new ThreadedWriter(opened) : new DirectWriter(this.#connection)
    this.#groupsAtOnce = writesInThread === true ? GROUPS_IN_THREAD : 1
  }

  append(...[stream, events, options]: Parameters<EventStore['append']>): Promise<Appended> {
    return new Promise((resolve, reject) => {
      if (this.#closing !== undefined) throw eventSourcingError('STORE_CLOSED')
      if (this.#readOnly) throw eventSourcingError('STORE_UNAVAILABLE', { file: this.file, readOnly: true })
      if (events.length === 0) throw new RangeError('an append needs at least one event')
      checkName(stream, 'a stream')
      const meta = JSON.stringify(options.meta)
      const ids: string[] = []
      const types: string[] = []
      const data: string[] = []
      let bytes = 0
      for (const event of events) {
        checkName(event.type, 'an event type')
        const text = JSON.stringify(event.data) ?? 'null'
        bytes += this.#sizeOf(text, meta)
        ids.push(checkEventId(event.id))
        types.push(event.type)
        data.push(text)
      }
      const request: AppendRequest = {
        stream,
        expected: options.expected,
        ids,
        types,
        data,
        meta,
      }
      this.#waiting.push({ request, bytes, resolve, reject })
      this.#schedule()
    })
  }

  /** All of them or, when one is refused, none. */
  async importEvents(events: readonly RecordedEvent[]): Promise<Imported> {
    if (this.#closing !== undefined) throw eventSourcingError('STORE_CLOSED')
    if (this.#readOnly) throw eventSourcingError('STORE_UNAVAILABLE', { file: this.file, readOnly: true })
    if (events.length === 0) throw new RangeError('an import needs at least one event')
    const requests = events.map((event) => {
      checkName(event.stream, 'a stream')
      checkName(event.type, 'an event type')
      const request = importRequest(event)
      this.#sizeOf(request.data, request.meta)
      return request
    })
    const imported = await this.#writer.import(requests)
    if (imported.written > 0) for (const listener of this.#listeners) queueMicrotask(() => listener())
    return imported
  }

  async readStream(...[stream, options]: Parameters<EventStore['readStream']>): Promise<readonly RecordedEvent[]> {
    return this.#read((reader) => reader.readStream(stream, options ?? {}))
  }

  async readAll(...[options]: Parameters<EventStore['readAll']>): Promise<EventPage> {
    return this.#read((reader) => reader.readAll(options ?? {}))
  }

  async head(): Promise<string> {
    return this.#read((reader) => reader.head())
  }

  onAppended(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  close(): Promise<void> {
    if (this.#closing === undefined) {
      this.#closing = Promise.withResolvers()
      this.#finishWhenIdle()
    }
    return this.#closing.promise
  }

  /** In bytes, exact only when it comes near the limit: counting characters is far cheaper than counting bytes. */
  #sizeOf(data: string, meta: string): number {
    const most = (data.length + meta.length) * 3
    if (most <= this.#maxEventBytes) return most
    const size = Buffer.byteLength(data) + Buffer.byteLength(meta)
    if (size > this.#maxEventBytes) {
      throw eventSourcingError('EVENT_TOO_LARGE', { limit: this.#maxEventBytes, size })
    }
    return size
  }

  #schedule(): void {
    if (this.#scheduled || this.#writing >= this.#groupsAtOnce) return
    this.#scheduled = true
    setImmediate(async () => {
      this.#scheduled = false
      this.#writing += 1
      await this.#commitGroup(this.#takeGroup())
      this.#writing -= 1
      if (this.#waiting.length > 0) this.#schedule()
      else this.#finishWhenIdle()
    })
  }

  /** Everything that is waiting (within bounds) becomes one durable transaction; then each caller has its answer. */
  async #commitGroup(group: readonly Waiting[]): Promise<void> {
    const time = Math.floor(this.#clock.now())
    let outcomes: readonly AppendOutcome[]
    try {
      const requests = group.map(({ request }) => request)
      outcomes = await this.#writer.write(requests, time)
    } catch (error) {
      for (const { reject } of group) reject(error as Error)
      return
    }
    const written: WrittenAppend[] = []
    for (const [index, outcome] of outcomes.entries()) {
      const waiting = group[index]
      if (outcome instanceof Error) waiting?.reject(outcome)
      else if (waiting !== undefined) {
        waiting.resolve(outcome)
        if (!outcome.repeated) written.push({ request: waiting.request, appended: outcome })
      }
    }
    if (written.length === 0 || this.#listeners.size === 0) return
    const appended = new AppendedGroup(written, time)
    for (const listener of this.#listeners) queueMicrotask(() => listener(appended))
  }

  #takeGroup(): Waiting[] {
    let bytes = 0
    let count = 0
    for (const waiting of this.#waiting) {
      bytes += waiting.bytes
      if (count > 0 && (bytes > GROUP_BYTES || count >= this.#groupAppends)) break
      count += 1
    }
    return this.#waiting.splice(0, count)
  }

  #read<T>(read: (reader: EventReader) => T): T {
    return this.#connection.read(read)
  }

  async #finishWhenIdle(): Promise<void> {
    if (this.#closing === undefined || this.#waiting.length > 0 || this.#writing > 0) return
    await this.#writer.close().catch(() => {})
    this.#connection.close()
    this.#closing.resolve()
  }
}

/** Anything but broken UTF-16, which would be stored as something else than was given. */
function checkName(text: string, what: string): void {
  if (text === '' || !text.isWellFormed()) throw new RangeError(`${what} needs a well-formed name`)
}

import type {
  Appended,
  AppendedEvents,
  Clock,
  DomainError,
  EventImporter,
  EventPage,
  EventStore,
  Imported,
  RecordedEvent,
} from '@dulian/event-sourcing'
import { eventSourcingError, isDomainError, MAX_EVENT_BYTES, systemClock } from '@dulian/event-sourcing'
import { AppendedGroup, type WrittenAppend } from './appended-group.ts'
import { Appender, type AppendRequest } from './appender.ts'
import { breaksConnection, type Database, openDatabase, rollBack, storageError } from './database.ts'
import { checkEventId } from './event-id.ts'
import { EventReader } from './event-reader.ts'
import { EventTypes } from './event-types.ts'
import { type ImportRequest, importRequest } from './import-request.ts'
import { RecentEvents } from './recent-events.ts'

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
}

export interface SqliteEvents extends EventStore, EventImporter {
  readonly file: string
}

interface Waiting {
  readonly request: AppendRequest
  readonly bytes: number
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: Error) => void
  /** What the transaction decided; told to the caller once it is on disk. */
  outcome: Appended | DomainError | undefined
}

type Listener = (appended?: AppendedEvents) => void

interface Connection {
  readonly database: Database
  readonly reader: EventReader
  readonly appender: Appender | undefined
}

/** A transaction takes at most so many appends and bytes: the thread is shared with HTTP. */
const GROUP_APPENDS = 512
const GROUP_BYTES = 8 * 1024 * 1024

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
  readonly #durable: boolean
  readonly #listeners = new Set<Listener>()
  #connection: Connection | undefined
  #waiting: Waiting[] = []
  #scheduled = false
  #closing: PromiseWithResolvers<void> | undefined

  constructor(options: SqliteEventsOptions) {
    this.file = options.file
    this.#clock = options.clock ?? systemClock
    this.#readOnly = options.readOnly ?? false
    this.#maxEventBytes = options.maxEventBytes ?? MAX_EVENT_BYTES
    this.#groupAppends = options.groupAppends ?? GROUP_APPENDS
    this.#durable = options.durable ?? true
    this.#connection = this.#connect()
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
      this.#waiting.push({ request, bytes, resolve, reject, outcome: undefined })
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
    const imported = this.#import(requests)
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
      if (this.#waiting.length === 0) this.#finish()
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
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.#commitGroup()
      if (this.#waiting.length > 0) this.#schedule()
      else if (this.#closing !== undefined) this.#finish()
    })
  }

  /** Everything that is waiting (within bounds) becomes one durable transaction; then each caller has its answer. */
  #commitGroup(): void {
    const group = this.#takeGroup()
    let time: number
    try {
      time = this.#write(group)
    } catch (error) {
      this.#recover(error)
      const failure = storageError(error)
      for (const waiting of group) waiting.reject(failure)
      return
    }
    const written: WrittenAppend[] = []
    for (const { request, outcome, resolve, reject } of group) {
      if (outcome instanceof Error) reject(outcome)
      else if (outcome !== undefined) {
        resolve(outcome)
        if (!outcome.repeated) written.push({ request, appended: outcome })
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

  /** Returns the time that the events bear. */
  #write(group: readonly Waiting[]): number {
    const { appender } = this.#connected()
    if (appender === undefined) throw eventSourcingError('STORE_UNAVAILABLE', { file: this.file })
    const time = Math.floor(this.#clock.now())
    appender.begin()
    for (const waiting of group) {
      try {
        waiting.outcome = appender.append(waiting.request, time)
      } catch (error) {
        // A conflict concerns its caller alone and has written nothing; everything else spoils the whole transaction.
        if (!isDomainError(error)) throw error
        waiting.outcome = error
      }
    }
    appender.commit()
    return time
  }

  #import(requests: readonly ImportRequest[]): Imported {
    try {
      const { appender } = this.#connected()
      if (appender === undefined) throw eventSourcingError('STORE_UNAVAILABLE', { file: this.file })
      appender.begin()
      const imported = appender.import(requests)
      appender.commit()
      return imported
    } catch (error) {
      this.#recover(error)
      throw storageError(error)
    }
  }

  #recover(error: unknown): void {
    const connection = this.#connection
    if (connection === undefined) return
    try {
      rollBack(connection.database)
      connection.appender?.forget()
      if (!breaksConnection(error)) return
    } catch {
      // Not even the rollback works: the connection is given up, and the file's own recovery undoes the transaction.
    }
    this.#connection = undefined
    closeQuietly(connection.database)
  }

  #read<T>(read: (reader: EventReader) => T): T {
    if (this.#closing !== undefined && this.#connection === undefined) throw eventSourcingError('STORE_CLOSED')
    try {
      return read(this.#connected().reader)
    } catch (error) {
      if (isDomainError(error) || error instanceof RangeError) throw error
      throw storageError(error)
    }
  }

  #connected(): Connection {
    this.#connection ??= this.#connect()
    return this.#connection
  }

  #connect(): Connection {
    const readOnly = this.#readOnly
    const database = openDatabase({
      file: this.file,
      readOnly,
      maxEventBytes: this.#maxEventBytes,
      durable: this.#durable,
    })
    const types = new EventTypes(database, readOnly)
    const recent = new RecentEvents(database)
    return {
      database,
      reader: new EventReader(database, types, recent),
      appender: readOnly ? undefined : new Appender(database, types, recent),
    }
  }

  #finish(): void {
    const connection = this.#connection
    this.#connection = undefined
    if (connection !== undefined) closeQuietly(connection.database)
    this.#closing?.resolve()
  }
}

/** The last connection to close writes the WAL back into the file and removes it. */
function closeQuietly(database: Database): void {
  try {
    database.close()
  } catch {
    // Whatever keeps it from closing, acknowledged events are in the WAL, and the next opening takes them from there.
  }
}

/** Anything but broken UTF-16, which would be stored as something else than was given. */
function checkName(text: string, what: string): void {
  if (text === '' || !text.isWellFormed()) throw new RangeError(`${what} needs a well-formed name`)
}

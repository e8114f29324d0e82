import type { Appended, DomainError, Imported } from '@dulian/event-sourcing'
import { eventSourcingError, isDomainError } from '@dulian/event-sourcing'
import { Appender, type AppendRequest } from './appender.ts'
import { breaksConnection, type Database, type OpenDatabase, openDatabase, rollBack, storageError } from './database.ts'
import { EventReader } from './event-reader.ts'
import { EventTypes } from './event-types.ts'
import type { ImportRequest } from './import-request.ts'
import { RecentEvents } from './recent-events.ts'

/** What became of one append of a transaction: a conflict concerns its caller alone. */
export type AppendOutcome = Appended | DomainError

interface Open {
  readonly database: Database
  readonly reader: EventReader
  readonly appender: Appender | undefined
}

/** One thread's connection to an event file, opened anew when it can no longer be trusted. */
export class EventConnection {
  readonly #options: OpenDatabase
  #open: Open | undefined
  #closed = false

  /** Opens or creates the file. Throws `STORE_FILE_*`. */
  constructor(options: OpenDatabase) {
    this.#options = options
    this.#open = connect(options)
  }

  read<T>(read: (reader: EventReader) => T): T {
    try {
      return read(this.#connected().reader)
    } catch (error) {
      if (isDomainError(error) || error instanceof RangeError) throw error
      throw storageError(error)
    }
  }

  /** One durable transaction, its events dated `time`. When it throws, none of the appends has left anything. */
  write(requests: readonly AppendRequest[], time: number): AppendOutcome[] {
    return this.#transaction((appender) => requests.map((request) => attempt(appender, request, time)))
  }

  /** All of them or, when one is refused, none. */
  import(requests: readonly ImportRequest[]): Imported {
    return this.#transaction((appender) => appender.import(requests))
  }

  /** The last connection to close writes the WAL back into the file and removes it. */
  close(): void {
    this.#closed = true
    const open = this.#open
    this.#open = undefined
    if (open !== undefined) closeQuietly(open.database)
  }

  #transaction<T>(work: (appender: Appender) => T): T {
    try {
      const { appender } = this.#connected()
      if (appender === undefined) throw eventSourcingError('STORE_UNAVAILABLE', { file: this.#options.file })
      appender.begin()
      const result = work(appender)
      appender.commit()
      return result
    } catch (error) {
      this.#recover(error)
      throw storageError(error)
    }
  }

  #recover(error: unknown): void {
    const open = this.#open
    if (open === undefined) return
    try {
      rollBack(open.database)
      open.appender?.forget()
      if (!breaksConnection(error)) return
    } catch {
      // Not even the rollback works: the connection is given up, and the file's own recovery undoes the transaction.
    }
    this.#open = undefined
    closeQuietly(open.database)
  }

  #connected(): Open {
    if (this.#closed) throw eventSourcingError('STORE_CLOSED')
    this.#open ??= connect(this.#options)
    return this.#open
  }
}

/** Anything but a conflict spoils the whole transaction. */
function attempt(appender: Appender, request: AppendRequest, time: number): AppendOutcome {
  try {
    return appender.append(request, time)
  } catch (error) {
    if (isDomainError(error)) return error
    throw error
  }
}

function connect(options: OpenDatabase): Open {
  const database = openDatabase(options)
  const types = new EventTypes(database, options.readOnly)
  const recent = new RecentEvents(database)
  return {
    database,
    reader: new EventReader(database, types, recent),
    appender: options.readOnly ? undefined : new Appender(database, types, recent),
  }
}

function closeQuietly(database: Database): void {
  try {
    database.close()
  } catch {
    // Whatever keeps it from closing, acknowledged events are in the WAL, and the next opening takes them from there.
  }
}

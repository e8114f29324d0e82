import type { Imported } from '@dulian/event-sourcing'
import type { AppendRequest } from './appender.ts'
import type { AppendOutcome, EventConnection } from './event-connection.ts'
import type { ImportRequest } from './import-request.ts'

/** Writes groups of appends to one event file, one group after the other. */
export interface GroupWriter {
  /** See `EventConnection.write`. */
  write(requests: readonly AppendRequest[], time: number): Promise<readonly AppendOutcome[]>
  import(requests: readonly ImportRequest[]): Promise<Imported>
  close(): Promise<void>
}

/** Writes in the caller's thread, over the connection that is read from. */
export class DirectWriter implements GroupWriter {
  readonly #connection: EventConnection

  constructor(connection: EventConnection) {
    this.#connection = connection
  }

  async write(requests: readonly AppendRequest[], time: number): Promise<readonly AppendOutcome[]> {
    return this.#connection.write(requests, time)
  }

  async import(requests: readonly ImportRequest[]): Promise<Imported> {
    return this.#connection.import(requests)
  }

  /** The connection belongs to the store. */
  async close(): Promise<void> {}
}

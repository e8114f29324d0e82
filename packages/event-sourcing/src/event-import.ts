import type { Position } from '@dulian/views'
import type { EventStore, RecordedEvent } from './event-store.ts'

export interface Imported {
  /** How many of the events were not there before. */
  readonly written: number
  /** Place of the last of the events in this store's total order. */
  readonly position: Position
}

/**
 * What an event store can do beside its port: take over events that another store has recorded. For moving an instance
 * while nobody appends; never for the work of a service.
 */
export interface EventImporter {
  /**
   * Stores at least one event, in the given order across streams, with the id, version, type, time, data and meta it was
   * recorded with; a read gives all of them back as they were. Only the position is this store's own. Answers when
   * everything is on disk.
   *
   * A part that was imported before is recognised by comparing it whole, and writes nothing twice. What is there already
   * must be the beginning of the events: after the first one written, every later one is new, so that a repeated import
   * cannot change the order. A store that cannot write all of them at once may be stopped after any of them.
   *
   * Errors: `IMPORTED_EVENT_DIFFERS {stream, version}` (another event has that place), `IMPORT_OUT_OF_ORDER {stream, version}`
   * (the event before it in its stream is missing, or it is there already although an earlier one was not), and what an
   * append throws: `EVENT_TOO_LARGE`, `STORAGE_FULL`, `STORE_CLOSED`, `STORE_UNAVAILABLE`.
   */
  importEvents(events: readonly RecordedEvent[]): Promise<Imported>
}

export function isEventImporter(store: EventStore): store is EventStore & EventImporter {
  return 'importEvents' in store && typeof store.importEvents === 'function'
}

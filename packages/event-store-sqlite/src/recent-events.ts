import type { Database, Statement } from './database.ts'
import { FIND_INDEXED } from './event-index.ts'

/** Where one event of a stream is. */
export interface EventPlace {
  readonly version: number
  readonly position: number
}

/**
 * The newest events, those that the index does not cover yet: so few that they are looked through in memory. Positions
 * have no hole, so an event's place in the lists tells its position.
 */
export class RecentEvents {
  readonly #findIndexed: Statement
  readonly #select: Statement
  #after = 0
  readonly #streams: number[] = []
  readonly #versions: number[] = []
  readonly #types: number[] = []

  constructor(database: Database) {
    this.#findIndexed = database.prepare(FIND_INDEXED)
    this.#findIndexed.setReturnArrays(true)
    this.#select = database.prepare('SELECT stream, version, type FROM event WHERE position > ? ORDER BY position')
    this.#select.setReturnArrays(true)
  }

  /** The last position that the index covers. */
  get after(): number {
    return this.#after
  }

  /** The types of all of them, in order. */
  get types(): readonly number[] {
    return this.#types
  }

  /** Takes in what other connections have appended and indexed. */
  refresh(): void {
    const indexed: unknown = this.#findIndexed.get()
    this.drop((indexed as readonly [number])[0] - this.#after)
    // Events are never changed: what is known already need not be read again.
    const rows: readonly unknown[] = this.#select.all(this.#after + this.#streams.length)
    for (const row of rows) this.add(...(row as readonly [number, number, number]))
  }

  /** The next event. */
  add(stream: number, version: number, type: number): void {
    this.#streams.push(stream)
    this.#versions.push(version)
    this.#types.push(type)
  }

  /** The index covers so many more. */
  drop(count: number): void {
    if (count === 0) return
    this.#after += count
    for (const list of [this.#streams, this.#versions, this.#types]) list.splice(0, count)
  }

  /** After a rollback: what was added may not be there. To be refreshed before it is used again. */
  forget(): void {
    this.#after = 0
    for (const list of [this.#streams, this.#versions, this.#types]) list.length = 0
  }

  /** Version of the stream's newest event; undefined when none of its events is recent. */
  lastVersion(stream: number): number | undefined {
    return this.#versions[this.#streams.lastIndexOf(stream)]
  }

  /** Where the stream's recent events are, in order. */
  placesOf(stream: number): EventPlace[] {
    const places: EventPlace[] = []
    for (let index = this.#streams.indexOf(stream); index !== -1; index = this.#streams.indexOf(stream, index + 1)) {
      places.push({ version: this.#versions[index] ?? 0, position: this.#after + index + 1 })
    }
    return places
  }
}

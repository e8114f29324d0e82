import type { Database, Statement } from './database.ts'
import type { RecentEvents } from './recent-events.ts'

type Row = readonly unknown[]

/**
 * Finds the events of one stream: by the index what it covers, the newest ones by what is known of them in memory. To be
 * used within one transaction with the refresh of the recent events.
 */
export class StreamLookup {
  readonly #recent: RecentEvents
  readonly #indexedForwards: Statement
  readonly #indexedBackwards: Statement
  readonly #one: Statement
  readonly #indexedId: Statement
  readonly #recentId: Statement

  /** `columns` of the table of events: what a row of the answers holds. */
  constructor(database: Database, recent: RecentEvents, columns: readonly string[]) {
    this.#recent = recent
    const list = columns.map((column) => `event.${column}`).join()
    const indexed = `SELECT ${list} FROM event_by_stream AS place CROSS JOIN event USING (position) WHERE place.stream = ?`
    this.#indexedForwards = database.prepare(`${indexed} AND place.version >= ? ORDER BY place.version LIMIT ?`)
    this.#indexedBackwards = database.prepare(`${indexed} AND place.version <= ? ORDER BY place.version DESC LIMIT ?`)
    this.#one = database.prepare(`SELECT ${list} FROM event WHERE position = ?`)
    this.#indexedId =
      database.prepare(`SELECT place.version FROM event_by_stream AS place CROSS JOIN event USING (position)
      WHERE place.stream = ? AND event.id = ? ORDER BY place.version DESC LIMIT 1`)
    this.#recentId = database.prepare(`SELECT version FROM event
      WHERE position IN (SELECT value FROM json_each(?)) AND id = ? ORDER BY position DESC LIMIT 1`)
    for (const statement of [
      this.#indexedForwards,
      this.#indexedBackwards,
      this.#one,
      this.#indexedId,
      this.#recentId,
    ]) {
      statement.setReturnArrays(true)
    }
  }

  /** From a version on. */
  forwards(stream: number, from: number, limit: number): Row[] {
    const rows: unknown[] = this.#indexedForwards.all(stream, from, limit)
    const recent = this.#recent.placesOf(stream).filter(({ version }) => version >= from)
    for (const { position } of recent.slice(0, limit - rows.length)) rows.push(this.#one.get(position))
    return rows as Row[]
  }

  /** From a version down. */
  backwards(stream: number, from: number, limit: number): Row[] {
    const recent = this.#recent.placesOf(stream).filter(({ version }) => version <= from)
    const rows: unknown[] = recent
      .toReversed()
      .slice(0, limit)
      .map(({ position }) => this.#one.get(position))
    if (rows.length < limit) {
      rows.push(...this.#indexedBackwards.all(stream, from, limit - rows.length))
    }
    return rows as Row[]
  }

  /** The version that an event of the stream has; of several with this id, the newest one's. */
  versionOf(stream: number, id: string): number | undefined {
    const recent = this.#recent.placesOf(stream).map(({ position }) => position)
    const row: unknown =
      (recent.length > 0 ? this.#recentId.get(JSON.stringify(recent), id) : undefined) ??
      this.#indexedId.get(stream, id)
    return (row as readonly [number] | undefined)?.[0]
  }
}

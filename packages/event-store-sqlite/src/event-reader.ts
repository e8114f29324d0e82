import type {
  EventPage,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  StreamName,
} from '@dulian/event-sourcing'
import { START } from '@dulian/event-sourcing'
import type { Database, Statement } from './database.ts'
import { eventIdFromBytes } from './event-id.ts'
import type { EventTypes } from './event-types.ts'
import { LeastRecentlyUsed } from './least-recently-used.ts'

const DEFAULT_LIMIT = 500
const LARGEST_LIMIT = 5_000
/** A filtered read looks at this many positions at first, and at eight times as many each time it finds too little. */
const FIRST_WINDOW = 4_096
const COLUMNS = 'position, stream, version, type, time, id, data, meta'

/** Reads one connection's events: streams, and the total order in pages. */
export class EventReader {
  readonly #database: Database
  readonly #types: EventTypes
  readonly #head: Statement
  readonly #streamId: Statement
  readonly #streamName: Statement
  readonly #streamForwards: Statement
  readonly #streamBackwards: Statement
  readonly #allForwards: Statement
  readonly #allBackwards: Statement
  readonly #filtered = new LeastRecentlyUsed<string, Statement>(64)
  readonly #names = new LeastRecentlyUsed<number, StreamName>(20_000)

  constructor(database: Database, types: EventTypes) {
    this.#database = database
    this.#types = types
    this.#head = database.prepare('SELECT max(position) AS position FROM event')
    this.#streamId = database.prepare('SELECT id FROM stream WHERE name = ?')
    this.#streamName = database.prepare('SELECT name FROM stream WHERE id = ?')
    const arrays = (sql: string): Statement => {
      const statement = database.prepare(sql)
      statement.setReturnArrays(true)
      return statement
    }
    this.#streamForwards = arrays(
      `SELECT ${COLUMNS} FROM event WHERE stream = ? AND version >= ? ORDER BY version LIMIT ?`,
    )
    this.#streamBackwards = arrays(
      `SELECT ${COLUMNS} FROM event WHERE stream = ? AND version <= ? ORDER BY version DESC LIMIT ?`,
    )
    this.#allForwards = arrays(
      `SELECT ${COLUMNS} FROM event WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`,
    )
    this.#allBackwards = arrays(
      `SELECT ${COLUMNS} FROM event WHERE position >= ? AND position < ? ORDER BY position DESC LIMIT ?`,
    )
  }

  head(): Position {
    return String(this.#headNumber())
  }

  readStream(stream: StreamName, options: ReadStreamOptions): RecordedEvent[] {
    const row = this.#streamId.get(stream)
    if (row === undefined) return []
    const id = Number(row.id)
    const limit = options.limit ?? -1
    const rows =
      options.direction === 'backwards'
        ? this.#streamBackwards.all(id, options.from ?? Number.MAX_SAFE_INTEGER, limit)
        : this.#streamForwards.all(id, options.from ?? 0, limit)
    return this.#events(rows)
  }

  readAll(options: ReadAllOptions): EventPage {
    const limit = pageLimit(options.limit)
    const after = positionNumber(options.after ?? START)
    const head = this.#headNumber()
    const types = this.#types.matching(options.filter ?? {})
    return options.direction === 'backwards'
      ? this.#backwards(after === 0 ? head + 1 : after, types, limit)
      : this.#forwards(after, head, types, limit)
  }

  #forwards(after: number, head: number, types: readonly number[] | undefined, limit: number): EventPage {
    if (after >= head) return { events: [], checkedThrough: String(after), end: true }
    let from = after
    let window = types === undefined ? head : Math.max(FIRST_WINDOW, limit)
    const events: RecordedEvent[] = []
    while (from < head && events.length < limit && types?.length !== 0) {
      const to = Math.min(from + window, head)
      const rows =
        types === undefined
          ? this.#allForwards.all(from, to, limit)
          : this.#filteredBy(types, 'ASC').all(from + 1, to, limit - events.length)
      append(events, this.#events(rows))
      from = to
      window *= 8
    }
    const last = events.at(-1)
    if (events.length < limit || last === undefined) return { events, checkedThrough: String(head), end: true }
    return { events, checkedThrough: last.position, end: last.position === String(head) }
  }

  #backwards(before: number, types: readonly number[] | undefined, limit: number): EventPage {
    let to = before
    let window = types === undefined ? before : Math.max(FIRST_WINDOW, limit)
    const events: RecordedEvent[] = []
    while (to > 1 && events.length < limit && types?.length !== 0) {
      const from = Math.max(to - window, 1)
      const rows =
        types === undefined
          ? this.#allBackwards.all(from, to, limit)
          : this.#filteredBy(types, 'DESC').all(from, to - 1, limit - events.length)
      append(events, this.#events(rows))
      to = from
      window *= 8
    }
    const last = events.at(-1)
    const end = events.length < limit || last?.position === '1'
    return { events, checkedThrough: end || last === undefined ? '1' : last.position, end }
  }

  /** The type index is read within a range of positions; only the rows that match are sorted and fetched. */
  #filteredBy(types: readonly number[], order: 'ASC' | 'DESC'): Statement {
    const key = `${order} ${types.join()}`
    const known = this.#filtered.get(key)
    if (known !== undefined) return known
    const statement = this.#database.prepare(
      `SELECT ${COLUMNS} FROM event WHERE position IN (
         SELECT position FROM event INDEXED BY event_by_type
         WHERE type IN (${types.join()}) AND position >= ? AND position <= ? ORDER BY position ${order} LIMIT ?
       ) ORDER BY position ${order}`,
    )
    statement.setReturnArrays(true)
    this.#filtered.set(key, statement)
    return statement
  }

  #headNumber(): number {
    return Number(this.#head.get()?.position ?? 0)
  }

  #events(rows: readonly unknown[]): RecordedEvent[] {
    return rows.map((row) => this.#event(row as readonly unknown[]))
  }

  #event(row: readonly unknown[]): RecordedEvent {
    return {
      id: eventIdFromBytes(row[5] as Uint8Array),
      stream: this.#nameOf(row[1] as number),
      version: row[2] as number,
      position: String(row[0]),
      type: this.#types.get(row[3] as number).name,
      time: new Date(row[4] as number).toISOString(),
      data: JSON.parse(row[6] as string),
      meta: JSON.parse(row[7] as string),
    }
  }

  #nameOf(id: number): StreamName {
    const known = this.#names.get(id)
    if (known !== undefined) return known
    const name = String(this.#streamName.get(id)?.name)
    this.#names.set(id, name)
    return name
  }
}

function append(events: RecordedEvent[], more: readonly RecordedEvent[]): void {
  for (const event of more) events.push(event)
}

function pageLimit(limit: number | undefined): number {
  if (limit === undefined) return DEFAULT_LIMIT
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`a page has at least one event, asked for: ${limit}`)
  return Math.min(limit, LARGEST_LIMIT)
}

function positionNumber(position: Position): number {
  if (!/^\d{1,16}$/.test(position)) throw new RangeError(`not a position of this event store: ${position.slice(0, 60)}`)
  return Number(position)
}

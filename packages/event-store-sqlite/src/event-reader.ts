import type {
  EventPage,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  StreamName,
} from '@dulian/event-sourcing'
import { RecentlyUsed, START } from '@dulian/event-sourcing'
import { type Database, isTooBig, rollBack, type Statement } from './database.ts'
import { CHUNK_COLUMNS, eventOfRow, type Lookups, ROW_COLUMNS, readChunk } from './event-chunk.ts'
import { blocksOf, FIND_INDEXED, selectPositions, takePositions } from './event-index.ts'
import { EventPageDraft } from './event-page.ts'
import type { EventTypes } from './event-types.ts'
import type { RecentEvents } from './recent-events.ts'
import { StreamLookup } from './stream-lookup.ts'
import { StreamNames } from './stream-names.ts'

const DEFAULT_LIMIT = 500
const LARGEST_LIMIT = 5_000
/** A filtered read looks at this many positions at first, and at eight times as many each time it finds too little. */
const FIRST_WINDOW = 4_096
const WINDOW_GROWTH = 8

type Row = readonly unknown[]

interface Range {
  /** What the index has, or what it has not yet. */
  readonly within: boolean
  readonly from: number
  readonly to: number
  readonly order: 'ASC' | 'DESC'
  readonly limit: number
}

/** Reads one connection's events: streams, and the total order in pages. */
export class EventReader {
  readonly #database: Database
  readonly #lookups: Lookups
  readonly #begin: Statement
  readonly #end: Statement
  readonly #head: Statement
  readonly #indexed: Statement
  readonly #streamId: Statement
  readonly #recent: RecentEvents
  readonly #streams: StreamLookup
  readonly #range: Statement
  readonly #chosen: Statement
  readonly #matching = new RecentlyUsed<string, Statement>(64)

  constructor(database: Database, types: EventTypes, recent: RecentEvents) {
    this.#database = database
    this.#lookups = { types, names: new StreamNames(database) }
    this.#begin = this.#prepare('BEGIN')
    this.#end = this.#prepare('COMMIT')
    this.#head = this.#prepare('SELECT max(position) FROM event')
    this.#indexed = this.#prepare(FIND_INDEXED)
    this.#streamId = this.#prepare('SELECT id FROM stream WHERE name = ?')
    this.#recent = recent
    this.#streams = new StreamLookup(database, recent, ROW_COLUMNS)
    // Both walk the table by its key (SQLite sorts the chosen positions first), so a chunk is in ascending order.
    this.#range = this.#prepare(`SELECT ${CHUNK_COLUMNS} FROM event WHERE position BETWEEN ? AND ?`)
    this.#chosen = this.#prepare(
      `SELECT ${CHUNK_COLUMNS} FROM event WHERE position IN (SELECT value FROM json_each(?))`,
    )
  }

  head(): Position {
    return String(this.#headNumber())
  }

  readStream(stream: StreamName, options: ReadStreamOptions): RecordedEvent[] {
    return this.#atOnce(() => this.#stream(stream, options))
  }

  readAll(options: ReadAllOptions): EventPage {
    const draft = new EventPageDraft(pageLimit(options.limit))
    const after = positionNumber(options.after ?? START)
    const head = this.#headNumber()
    const types = this.#lookups.types.matching(options.filter ?? {})
    if (options.direction === 'backwards') {
      const before = after === 0 ? head + 1 : Math.min(after, head + 1)
      if (types === undefined) this.#rangeDown(draft, before - 1)
      else this.#filterDown(draft, before - 1, types)
      return toPage(draft, Math.min(1, head))
    }
    if (after >= head) return { events: [], checkedThrough: String(after), end: true }
    if (types === undefined) this.#rangeUp(draft, after + 1, head)
    else this.#filterUp(draft, after + 1, head, types)
    return toPage(draft, head)
  }

  /** Several statements on one state of the file; cheaper, too, than a lock for each of them. */
  #atOnce<T>(read: () => T): T {
    this.#begin.run()
    try {
      const found = read()
      this.#end.run()
      return found
    } catch (error) {
      rollBack(this.#database)
      throw error
    }
  }

  #stream(stream: StreamName, options: ReadStreamOptions): RecordedEvent[] {
    const found = this.#streamId.get(stream) as Row | undefined
    if (found === undefined) return []
    const id = found[0] as number
    const limit = options.limit ?? Number.MAX_SAFE_INTEGER
    this.#recent.refresh()
    const rows =
      options.direction === 'backwards'
        ? this.#streams.backwards(id, options.from ?? Number.MAX_SAFE_INTEGER, limit)
        : this.#streams.forwards(id, options.from ?? 0, limit)
    return rows.map((row) => eventOfRow(row, this.#lookups))
  }

  #rangeUp(draft: EventPageDraft, first: number, last: number): void {
    for (let from = first; from <= last && !draft.full; ) {
      const to = Math.min(from + draft.chunk - 1, last)
      if (this.#read(draft, 'up', this.#range, from, to)) from = to + 1
    }
  }

  #rangeDown(draft: EventPageDraft, first: number): void {
    for (let to = first; to >= 1 && !draft.full; ) {
      const from = Math.max(to - draft.chunk + 1, 1)
      if (this.#read(draft, 'down', this.#range, from, to)) to = from - 1
    }
  }

  #filterUp(draft: EventPageDraft, first: number, last: number, types: readonly number[]): void {
    if (types.length === 0) return
    // What is beyond the index now is looked for among the events, even if it is indexed meanwhile.
    const indexed = this.#indexedThrough()
    let window = firstWindow(draft, types)
    for (let from = first; from <= last && !draft.full; window *= WINDOW_GROWTH) {
      const within = from <= indexed
      const to = Math.min(from + window - 1, within ? Math.min(indexed, last) : last)
      this.#readChosen(draft, 'up', this.#find(types, { within, from, to, order: 'ASC', limit: draft.room }))
      from = to + 1
    }
  }

  #filterDown(draft: EventPageDraft, first: number, types: readonly number[]): void {
    if (types.length === 0) return
    const indexed = this.#indexedThrough()
    let window = firstWindow(draft, types)
    for (let to = first; to >= 1 && !draft.full; window *= WINDOW_GROWTH) {
      const within = to <= indexed
      const from = Math.max(to - window + 1, within ? 1 : indexed + 1)
      this.#readChosen(draft, 'down', this.#find(types, { within, from, to, order: 'DESC', limit: draft.room }))
      to = from - 1
    }
  }

  #readChosen(draft: EventPageDraft, direction: 'up' | 'down', positions: readonly number[]): void {
    for (let done = 0; done < positions.length && !draft.full; ) {
      const some = positions.slice(done, done + draft.chunk)
      if (this.#read(draft, direction, this.#chosen, JSON.stringify(some))) done += some.length
    }
  }

  /** One chunk into the page. False when it was too much at once: to be tried again with the smaller chunk. */
  #read(draft: EventPageDraft, direction: 'up' | 'down', chunk: Statement, ...bounds: (number | string)[]): boolean {
    let row: unknown
    try {
      row = chunk.get(...bounds)
    } catch (error) {
      if (isTooBig(error) && draft.shrink()) return false
      throw error
    }
    draft.count(readChunk(row as Row, this.#lookups, direction, draft.events))
    return true
  }

  /** Positions of matching events, by the index as far as it goes and by the events themselves beyond. */
  #find(types: readonly number[], range: Range): readonly number[] {
    const { within, from, to, order, limit } = range
    if (within) {
      const rows = this.#prepared(selectPositions(types, order)).iterate(...blocksOf(from, to))
      return takePositions(rows, range)
    }
    const select = `SELECT position FROM event WHERE type IN (${types.join()}) AND position BETWEEN ? AND ?
      ORDER BY position ${order} LIMIT ?`
    const found: readonly unknown[] = this.#prepared(select).all(from, to, limit)
    return found.map((row) => (row as readonly [number])[0])
  }

  #prepared(sql: string): Statement {
    const known = this.#matching.get(sql)
    if (known !== undefined) return known
    const statement = this.#prepare(sql)
    this.#matching.set(sql, statement)
    return statement
  }

  #indexedThrough(): number {
    const row: unknown = this.#indexed.get()
    return (row as readonly [number])[0]
  }

  #headNumber(): number {
    const row = this.#head.get() as Row | undefined
    return (row?.[0] as number | null | undefined) ?? 0
  }

  #prepare(sql: string): Statement {
    const statement = this.#database.prepare(sql)
    statement.setReturnArrays(true)
    return statement
  }
}

/** One type comes out of the index in order, however far apart; several have to be sorted, so not all at once. */
function firstWindow(draft: EventPageDraft, types: readonly number[]): number {
  return types.length === 1 ? Number.MAX_SAFE_INTEGER : Math.max(FIRST_WINDOW, draft.room)
}

/** `edge`: the last position in the direction of reading. A page that is not full has looked at everything up to it. */
function toPage(draft: EventPageDraft, edge: number): EventPage {
  const checkedThrough = draft.full ? (draft.events.at(-1)?.position ?? String(edge)) : String(edge)
  return { events: draft.events, checkedThrough, end: checkedThrough === String(edge) }
}

function pageLimit(limit: number | undefined): number {
  if (limit === undefined) return DEFAULT_LIMIT
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`a page has at least one event, asked for: ${limit}`)
  return Math.min(limit, LARGEST_LIMIT)
}

function positionNumber(position: Position): number {
  if (!/^\d{1,15}$/.test(position)) throw new RangeError(`not a position of this event store: ${position.slice(0, 60)}`)
  return Number(position)
}

import type { Database, Statement } from './database.ts'

/** Events per statement, the largest first: together they cost a fifth less than one by one. */
const SIZES = [64, 16, 4, 1] as const
const COLUMNS = 'stream, version, type, time, id, data, meta'
const COLUMN_COUNT = 7

type Value = string | number

/** Collects the events of a transaction and writes many at once. Positions follow from the order in which they come. */
export class EventInsert {
  readonly #statements: readonly { readonly values: number; readonly statement: Statement }[]
  readonly #findLast: Statement
  #values: Value[] = []
  #last: number | undefined

  constructor(database: Database) {
    this.#findLast = database.prepare('SELECT coalesce(max(position), 0) AS position FROM event')
    const row = `(${Array(COLUMN_COUNT).fill('?').join()})`
    // Whatever fails here takes the whole transaction back, so SQLite need not be able to undo the one statement.
    this.#statements = SIZES.map((size) => ({
      values: size * COLUMN_COUNT,
      statement: database.prepare(`INSERT OR ROLLBACK INTO event (${COLUMNS}) VALUES ${Array(size).fill(row).join()}`),
    }))
  }

  /** The position of the newest event, written or collected. */
  get last(): number {
    this.#last ??= Number(this.#findLast.get()?.position)
    return this.#last
  }

  /** Returns the position that the event will have. */
  add(stream: number, version: number, type: number, time: number, id: string, data: string, meta: string): number {
    this.#values.push(stream, version, type, time, id, data, meta)
    const position = this.last + 1
    this.#last = position
    return position
  }

  /** Writes what was collected. */
  flush(): void {
    const values = this.#values
    if (values.length === 0) return
    this.#values = []
    let done = 0
    let written: number | bigint = 0
    for (const { values: size, statement } of this.#statements) {
      for (; values.length - done >= size; done += size) {
        const some = done === 0 && values.length === size ? values : values.slice(done, done + size)
        written = statement.run(...some).lastInsertRowid
      }
    }
    if (written !== this.#last) throw new Error(`the newest event went to ${written} instead of ${this.#last}`)
  }

  /** Forgets what was not written; for a new connection, after a rollback, and when another connection has written. */
  restart(): void {
    this.#values = []
    this.#last = undefined
  }
}

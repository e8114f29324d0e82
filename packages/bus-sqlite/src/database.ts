import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite'

export type SqlValue = SQLInputValue
export type SqlRow = SQLOutputValue[]

export interface DatabaseOptions {
  /** `FULL`: a commit is on disk when it returns. `NORMAL`: it survives the process, not a power cut. */
  readonly synchronous: 'FULL' | 'NORMAL'
  readonly maxBytes?: number
}

const PAGE_SIZE = 4096

/** The only user of `node:sqlite` in this package: one connection, its statements kept prepared. */
export class Database {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(path: string, { synchronous, maxBytes }: DatabaseOptions) {
    this.#db = new DatabaseSync(path, { timeout: 10_000 })
    this.#db.exec(`PRAGMA page_size=${PAGE_SIZE}`)
    this.#db.exec('PRAGMA journal_mode=WAL')
    this.#db.exec(`PRAGMA synchronous=${synchronous}`)
    if (maxBytes !== undefined) this.#db.exec(`PRAGMA max_page_count=${Math.max(1, Math.floor(maxBytes / PAGE_SIZE))}`)
  }

  exec(sql: string): void {
    this.#db.exec(sql)
  }

  run(sql: string, ...values: SqlValue[]): number {
    return Number(this.#cached(sql).run(...values).changes)
  }

  get(sql: string, ...values: SqlValue[]): SqlRow | undefined {
    // `setReturnArrays` changes what comes back, but not the declared type.
    const row: unknown = this.#cached(sql).get(...values)
    return row as SqlRow | undefined
  }

  all(sql: string, ...values: SqlValue[]): SqlRow[] {
    const rows: unknown = this.#cached(sql).all(...values)
    return rows as SqlRow[]
  }

  /** Runs `work` as one unit; whatever it throws leaves nothing behind. */
  transaction<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.#db.exec('COMMIT')
      return result
    } catch (error) {
      // A full disk makes SQLite roll back by itself.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
      throw error
    }
  }

  close(): void {
    this.#statements.clear()
    if (this.#db.isOpen) this.#db.close()
  }

  #cached(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#db.prepare(sql)
      statement.setReturnArrays(true)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}

const SQLITE_FULL = 13
const SQLITE_IOERR_SHMSIZE = 4874

/** True when the disk (or the set limit) is full. */
export function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && error.code === 'ENOSPC') return true
  if (!('errcode' in error) || typeof error.errcode !== 'number') return false
  return (error.errcode & 0xff) === SQLITE_FULL || error.errcode === SQLITE_IOERR_SHMSIZE
}

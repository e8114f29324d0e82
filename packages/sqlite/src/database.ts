import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import { LogKeeper } from './log-keeper.ts'

/** What may be bound to a statement. Booleans are not among SQLite's types. */
export type SqlValue = SQLInputValue
/** The columns of a row, in the order in which they were asked for. */
export type SqlRow = SQLOutputValue[]

export interface DatabaseOptions {
  /**
   * `FULL`: a commit is on disk when it returns. `NORMAL`: it survives the process, not a power cut. `OFF`: nothing waits for the disk, a
   * power cut may ruin the file.
   */
  readonly synchronous: 'FULL' | 'NORMAL' | 'OFF'
  /** Pages kept in memory; SQLite's own measure when absent. */
  readonly cacheKiB?: number
  /** What a log that grew is cut back to. */
  readonly keptLogBytes?: number
  /** So many pages in the log are copied into the file by another thread; when absent the writer does it itself, now and then. */
  readonly copiedElsewhereAfter?: number
  /** The file does not grow beyond this; reaching it is the same as a full disk. */
  readonly maxBytes?: number
}

const PAGE_SIZE = 4096
const KEPT_STATEMENTS = 200

/** One connection to one file, its statements kept prepared. Another connection's write is waited for. */
export class Database {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  readonly #log: LogKeeper | undefined

  constructor(path: string, options: DatabaseOptions) {
    const { synchronous, cacheKiB, keptLogBytes, copiedElsewhereAfter, maxBytes } = options
    this.#db = new DatabaseSync(path, { timeout: 10_000 })
    this.#db.exec(`PRAGMA page_size=${PAGE_SIZE}`)
    this.#db.exec('PRAGMA journal_mode=WAL')
    this.#db.exec(`PRAGMA synchronous=${synchronous}`)
    if (keptLogBytes !== undefined) this.#db.exec(`PRAGMA journal_size_limit=${keptLogBytes}`)
    if (cacheKiB !== undefined) this.#db.exec(`PRAGMA cache_size=-${cacheKiB}`)
    if (maxBytes !== undefined) this.#db.exec(`PRAGMA max_page_count=${Math.max(1, Math.floor(maxBytes / PAGE_SIZE))}`)
    this.#log = copiedElsewhereAfter === undefined ? undefined : new LogKeeper(this.#db, path, copiedElsewhereAfter)
  }

  exec(sql: string): void {
    this.#db.exec(sql)
  }

  /** A statement to be held by the caller for its hot path. */
  prepare(sql: string): StatementSync {
    const statement = this.#db.prepare(sql)
    statement.setReturnArrays(true)
    return statement
  }

  run(sql: string, ...values: SqlValue[]): number {
    return Number(this.#cached(sql).run(...values).changes)
  }

  get(sql: string, ...values: SqlValue[]): SqlRow | undefined {
    return rowOf(this.#cached(sql).get(...values))
  }

  all(sql: string, ...values: SqlValue[]): SqlRow[] {
    return rowsOf(this.#cached(sql).all(...values))
  }

  /** Runs `work` as one unit; whatever it throws leaves nothing behind. */
  transaction<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.#db.exec('COMMIT')
      this.#log?.afterCommit()
      return result
    } catch (error) {
      // A full disk makes SQLite roll back by itself.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
      throw error
    }
  }

  /** Copies what the log holds into the file and begins the log anew, as far as no reader holds on to it. */
  copyLog(): void {
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  }

  close(): void {
    this.#statements.clear()
    if (this.#db.isOpen) this.#db.close()
  }

  #cached(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.prepare(sql)
      if (this.#statements.size >= KEPT_STATEMENTS) {
        const [oldest] = this.#statements.keys()
        if (oldest !== undefined) this.#statements.delete(oldest)
      }
      this.#statements.set(sql, statement)
    }
    return statement
  }
}

// `setReturnArrays` changes what comes back, but not the declared type.
export function rowOf(row: unknown): SqlRow | undefined {
  return row as SqlRow | undefined
}

export function rowsOf(rows: unknown): SqlRow[] {
  return rows as SqlRow[]
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

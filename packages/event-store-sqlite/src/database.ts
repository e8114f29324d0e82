import { existsSync, statSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { eventSourcingError, isDomainError } from '@dulian/event-sourcing'
import { storeFileError } from './errors.ts'
import { APPLICATION_ID, migrations } from './schema.ts'

// The only file of this package that touches node:sqlite: its API still moves.
export type { StatementSync as Statement }
export type Database = DatabaseSync

export interface OpenDatabase {
  readonly file: string
  readonly readOnly: boolean
  readonly maxEventBytes: number
  readonly durable: boolean
}

/** SQLite's primary result codes that mean something to a caller. */
const code = { ioError: 10, corrupt: 11, full: 13, tooBig: 18, notADatabase: 26 } as const

/** 8 MiB of pages: the upper parts of the indexes stay in memory, the leaves come from the system's cache. */
const CACHE_KIBIBYTES = 8 * 1024
/** Another connection holds the write lock only for one transaction; longer than this is trouble. */
const BUSY_MS = 2_000
/** Larger than SQLite's own: fewer calls of the system per event when reading, no slower when writing. */
const PAGE_BYTES = 8_192
/** Pages in the WAL (8 MiB, about a hundred groups) before they are copied into the file: a larger WAL is slower to write, and a longer pause. */
const CHECKPOINT_PAGES = 1_024
/** No text may be longer; events that are too long together are read in smaller groups. */
const LONGEST_TEXT_BYTES = 16 * 1024 * 1024
/** A WAL that grew during a long read is cut back to this. */
const WAL_LIMIT_BYTES = 64 * 1024 * 1024

const FIND_VERSION = 'SELECT coalesce(max(version), 0) FROM schema_version'

/** Opens an event file, creating or migrating it when it may be written. Throws `STORE_FILE_*` without touching a file that is not ours. */
export function openDatabase({ file, readOnly, maxEventBytes, durable }: OpenDatabase): Database {
  const fresh = !existsSync(file) || statSync(file).size === 0
  if (fresh && readOnly) throw eventSourcingError('STORE_UNAVAILABLE', { file })
  let database: Database | undefined
  try {
    database = new DatabaseSync(file, {
      readOnly,
      timeout: BUSY_MS,
      limits: { length: Math.max(LONGEST_TEXT_BYTES, 2 * maxEventBytes) },
    })
    if (!fresh) check(database, file)
    database.exec(`PRAGMA cache_size = -${CACHE_KIBIBYTES}; PRAGMA temp_store = MEMORY;`)
    if (readOnly) checkVersion(database, file)
    else {
      database.exec(`PRAGMA page_size = ${PAGE_BYTES}; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durable ? 'FULL' : 'OFF'};
        PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}; PRAGMA journal_size_limit = ${WAL_LIMIT_BYTES};`)
      migrate(database, file)
    }
    return database
  } catch (error) {
    database?.close()
    throw isDomainError(error) ? error : openError(error, file)
  }
}

function check(database: Database, file: string): void {
  const found = number(database, 'PRAGMA application_id')
  if (found !== APPLICATION_ID) {
    // Created by us but killed before its first transaction: still without a table.
    const tables = number(database, 'SELECT count(*) FROM sqlite_schema')
    if (found !== 0 || tables !== 0) throw storeFileError('STORE_FILE_FOREIGN', { file })
  }
}

/** Who only reads can neither read another layout nor change it. */
function checkVersion(database: Database, file: string): void {
  const made = number(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'") > 0
  const found = made ? number(database, FIND_VERSION) : 0
  const supported = migrations.length
  if (found > supported) throw storeFileError('STORE_FILE_NEWER', { file, found, supported })
  if (found < supported) throw storeFileError('STORE_FILE_OLDER', { file, found, supported })
}

function migrate(database: Database, file: string): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    database.exec('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY) STRICT')
    const found = number(database, FIND_VERSION)
    if (found > migrations.length) {
      throw storeFileError('STORE_FILE_NEWER', { file, found, supported: migrations.length })
    }
    for (const [index, migration] of migrations.entries()) {
      if (index < found) continue
      database.exec(migration)
      database.prepare('INSERT INTO schema_version (version) VALUES (?)').run(index + 1)
    }
    database.exec('COMMIT')
  } catch (error) {
    rollBack(database)
    throw error
  }
}

/** Ends whatever transaction an error has left open. */
export function rollBack(database: Database): void {
  if (database.isOpen && database.isTransaction) database.exec('ROLLBACK')
}

/** The value of a query that answers one number. */
export function number(database: Database, sql: string): number {
  const row = database.prepare(sql).get()
  return Number(Object.values(row ?? { none: 0 })[0])
}

/** What a failed transaction means to the callers whose events were in it. */
export function storageError(error: unknown): Error {
  if (isDomainError(error)) return error
  const primary = resultCode(error)
  const full = primary === code.full || primary === code.ioError
  return eventSourcingError(full ? 'STORAGE_FULL' : 'STORE_UNAVAILABLE', {}, { cause: error })
}

/** True when the connection itself can no longer be trusted and has to be opened anew. */
export function breaksConnection(error: unknown): boolean {
  return resultCode(error) === code.ioError || resultCode(error) === code.corrupt
}

/** True when what was asked for at once is more than one text may hold. */
export function isTooBig(error: unknown): boolean {
  return resultCode(error) === code.tooBig
}

function openError(error: unknown, file: string): Error {
  const primary = resultCode(error)
  if (primary === code.notADatabase) return storeFileError('STORE_FILE_FOREIGN', { file }, { cause: error })
  if (primary === code.corrupt) return storeFileError('STORE_FILE_DAMAGED', { file }, { cause: error })
  return storageError(error)
}

function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined
  return error.errcode & 0xff
}

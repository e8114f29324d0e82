import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { eventSourcingError } from '@dulian/event-sourcing'
import { hostError } from './errors.ts'

export interface DataFolderLock {
  release(): void
}

/**
 * One process per data folder. The lock is an open SQLite transaction: the operating system drops it with the
 * process, however that ends, so there is no stale lock to clean up. Throws `DATA_FOLDER_IN_USE`.
 */
export function lockDataFolder(folder: string, pid: number): DataFolderLock {
  mkdirSync(folder, { recursive: true })
  const lock = new DatabaseSync(join(folder, 'lock.db'))
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
    noteHolder(folder, pid)
  } catch (cause) {
    lock.close()
    switch (sqliteCode(cause)) {
      case SQLITE_BUSY:
        throw hostError('DATA_FOLDER_IN_USE', { folder, pid: holderOf(folder) ?? '未知' }, { cause })
      case SQLITE_FULL:
        throw eventSourcingError('STORAGE_FULL', {}, { cause })
      default:
        throw cause
    }
  }
  return {
    release() {
      lock.exec('ROLLBACK')
      lock.close()
    },
  }
}

const SQLITE_BUSY = 5
const SQLITE_FULL = 13

function sqliteCode(error: unknown): number | undefined {
  const found = error instanceof Error && 'errcode' in error ? error.errcode : undefined
  return typeof found === 'number' ? found & 0xff : undefined
}

/** Beside the lock, where it can be read while the lock is held. */
function noteHolder(folder: string, pid: number): void {
  const holder = new DatabaseSync(join(folder, 'holder.db'), { timeout: 2_000 })
  try {
    holder.exec('CREATE TABLE IF NOT EXISTS holder (pid INTEGER NOT NULL) STRICT; DELETE FROM holder')
    holder.prepare('INSERT INTO holder (pid) VALUES (?)').run(pid)
  } finally {
    holder.close()
  }
}

function holderOf(folder: string): number | undefined {
  try {
    const holder = new DatabaseSync(join(folder, 'holder.db'), { readOnly: true })
    try {
      return Number(holder.prepare('SELECT pid FROM holder').get()?.pid) || undefined
    } finally {
      holder.close()
    }
  } catch {
    // Written a moment from now, or never: who holds it is a courtesy.
    return undefined
  }
}

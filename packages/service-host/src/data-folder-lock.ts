import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
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
  const holder = new DatabaseSync(join(folder, 'holder.db'))
  const lock = new DatabaseSync(join(folder, 'lock.db'))
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
  } catch (cause) {
    let other: unknown
    try {
      other = holder.prepare('SELECT pid FROM holder').get()?.pid
    } catch {
      other = undefined
    }
    lock.close()
    holder.close()
    throw hostError('DATA_FOLDER_IN_USE', { folder, pid: other ?? '未知' }, { cause })
  }
  holder.exec('CREATE TABLE IF NOT EXISTS holder (pid INTEGER NOT NULL) STRICT; DELETE FROM holder')
  holder.prepare('INSERT INTO holder (pid) VALUES (?)').run(pid)
  holder.close()
  return {
    release() {
      lock.exec('ROLLBACK')
      lock.close()
    },
  }
}

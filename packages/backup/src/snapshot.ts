import { join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { backupError } from './errors.ts'

/** All databases of an instance as they were at one moment, however much is written meanwhile. */
export interface Snapshot {
  readonly files: readonly string[]
  copy(file: string, target: string): Promise<void>
  close(): void
}

const PATIENCE_MS = 10_000
const TRIES = 5
/** Pages copied between two looks at the other work of the thread. */
const PAGES_AT_ONCE = 2_000

/**
 * One moment for many files: for an instant every file's write lock is held, and in that instant a reading transaction is
 * begun on each; then writers go on. In WAL mode what they write is not seen by a reading transaction that is older.
 * `list` names the files within the folder; it is asked again under the locks, since a view may have got a new file meanwhile.
 */
export function takeSnapshot(folder: string, list: () => readonly string[]): Snapshot {
  for (let tries = 1; ; tries += 1) {
    const files = [...list()].sort()
    const opened = open(folder, files)
    try {
      for (const { file, writer } of opened) lock(writer, file)
      const now = [...list()].sort()
      if (now.join('\n') === files.join('\n') || tries === TRIES) {
        for (const { reader } of opened) pin(reader)
        for (const { writer } of opened) writer.exec('ROLLBACK')
        for (const { writer } of opened) writer.close()
        return snapshotOf(files, new Map(opened.map(({ file, reader }) => [file, reader])))
      }
      closeAll(opened)
    } catch (error) {
      closeAll(opened)
      throw error
    }
  }
}

interface Opened {
  readonly file: string
  readonly writer: DatabaseSync
  readonly reader: DatabaseSync
}

function open(folder: string, files: readonly string[]): readonly Opened[] {
  return files.map((file) => ({
    file,
    writer: new DatabaseSync(join(folder, file), { timeout: PATIENCE_MS }),
    reader: new DatabaseSync(join(folder, file), { timeout: PATIENCE_MS }),
  }))
}

function lock(writer: DatabaseSync, file: string): void {
  try {
    writer.exec('BEGIN IMMEDIATE')
  } catch (cause) {
    const code = cause instanceof Error && 'errcode' in cause ? Number(cause.errcode) & 0xff : 0
    if (code === SQLITE_BUSY) throw backupError('BACKUP_BUSY', { file }, { cause })
    if (code === SQLITE_CORRUPT || code === SQLITE_NOT_A_DATABASE) {
      throw backupError('BACKUP_COPY_DAMAGED', { file, found: '文件无法作为数据库打开' }, { cause })
    }
    throw cause
  }
}

const SQLITE_BUSY = 5
const SQLITE_CORRUPT = 11
const SQLITE_NOT_A_DATABASE = 26

/** A transaction sees nothing before its first read: it is the read that fixes the moment. */
function pin(reader: DatabaseSync): void {
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM sqlite_schema').get()
}

function closeAll(opened: readonly Opened[]): void {
  for (const { writer, reader } of opened) {
    if (writer.isOpen) writer.close()
    if (reader.isOpen) reader.close()
  }
}

function snapshotOf(files: readonly string[], readers: ReadonlyMap<string, DatabaseSync>): Snapshot {
  return {
    files,
    async copy(file, target) {
      const reader = readers.get(file)
      if (reader === undefined) throw new TypeError(`${file} is not in the snapshot`)
      await backup(reader, target, { rate: PAGES_AT_ONCE })
      checkCopy(file, target)
    },
    close() {
      for (const reader of readers.values()) if (reader.isOpen) reader.close()
    },
  }
}

/** Whole by SQLite's own check, and in one file, without a log beside it. */
function checkCopy(file: string, target: string): void {
  const copy = new DatabaseSync(target)
  try {
    const found = copy.prepare('PRAGMA quick_check(1)').get()
    const words = String(Object.values(found ?? {})[0])
    if (words !== 'ok') throw backupError('BACKUP_COPY_DAMAGED', { file, found: words })
    copy.exec('PRAGMA journal_mode=DELETE')
  } finally {
    copy.close()
  }
}

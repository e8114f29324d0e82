import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { Database } from './index.ts'

const PAGES = 50

test('a log that has grown is copied into its file while the writer goes on, and nothing is lost', async () => {
  await inFolder(async (folder) => {
    const file = join(folder, 'things.db')
    const database = open(file)
    const written = fill(database, 0)
    await until(() => isCopied(file))
    let last = fill(database, written)
    // It is with a commit that the log is looked at.
    await until(() => {
      last = fill(database, last, 1)
      return logOf(file).pages - logOf(file).copied < PAGES
    })
    database.close()
    const again = new Database(file, { synchronous: 'NORMAL' })
    assert.deepEqual(again.get('SELECT count(*), max(n) FROM things'), [last, last])
    again.close()
  })
})

test('a file that is gone when its log would be copied is not made anew', async () => {
  await inFolder(async (folder) => {
    const [one, other] = [join(folder, 'one.db'), join(folder, 'other.db')]
    const database = open(one)
    fill(database, 0)
    database.close()
    rmSync(one)
    // One thread copies for all, in turn: it has tried the first when it has done the second.
    const second = open(other)
    fill(second, 0)
    await until(() => isCopied(other))
    second.close()
    assert.equal(existsSync(one), false)
  })
})

function open(file: string): Database {
  const database = new Database(file, { synchronous: 'NORMAL', copiedElsewhereAfter: PAGES })
  database.exec('CREATE TABLE IF NOT EXISTS things (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT')
  return database
}

/** Three times the pages after which they are copied, unless told otherwise: too few for the writer to copy them itself. Returns the largest number written. */
function fill(database: Database, from: number, times = 15): number {
  let n = from
  for (let transactions = 0; transactions < times; transactions += 1) {
    database.transaction(() => {
      for (let rows = 0; rows < 20; rows += 1) {
        n += 1
        database.run('INSERT INTO things VALUES (?, ?)', n, '督'.repeat(500))
      }
    })
  }
  return n
}

/** Before its log is copied, a file holds no more than its first page. The log itself may have begun anew since. */
function isCopied(file: string): boolean {
  return statSync(file).size >= PAGES * 4_096
}

function logOf(file: string): { readonly pages: number; readonly copied: number } {
  const database = new DatabaseSync(file)
  try {
    const { log, checkpointed } = database.prepare('PRAGMA wal_checkpoint(NOOP)').get() ?? {}
    return { pages: Number(log), copied: Number(checkpointed) }
  } finally {
    database.close()
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!condition()) {
    assert.ok(Date.now() < deadline, 'waited in vain')
    await delay(20)
  }
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dulian-log-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

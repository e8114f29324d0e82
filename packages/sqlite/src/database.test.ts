import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Database, type DatabaseOptions, isFull } from './database.ts'

function open(t: TestContext, options: Partial<DatabaseOptions> = {}): Database {
  const folder = mkdtempSync(join(tmpdir(), 'dulian-sqlite-'))
  const database = new Database(join(folder, 'things.db'), { synchronous: 'NORMAL', ...options })
  t.after(() => {
    database.close()
    rmSync(folder, { recursive: true })
  })
  database.exec('CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT) STRICT')
  return database
}

test('rows come back as their columns in the order asked for, and changes are counted', (t) => {
  const database = open(t)
  assert.equal(database.run('INSERT INTO thing VALUES (?, ?), (?, ?)', 1, '值班室', 2, '会议室'), 2)
  assert.deepEqual(database.all('SELECT name, id FROM thing ORDER BY id'), [
    ['值班室', 1],
    ['会议室', 2],
  ])
  assert.equal(database.get('SELECT id FROM thing WHERE name = ?', '无'), undefined)
})

test('a transaction that fails leaves nothing behind and passes its error on', (t) => {
  const database = open(t)
  const failure = new Error('not today')
  const work = (): void => {
    database.run('INSERT INTO thing VALUES (1, ?)', '值班室')
    throw failure
  }
  assert.throws(() => database.transaction(work), failure)
  assert.deepEqual(database.all('SELECT * FROM thing'), [])
  assert.equal(
    database.transaction(() => database.run('INSERT INTO thing VALUES (1, ?)', '值班室')),
    1,
  )
})

test('a statement that has been displaced by two hundred others still answers', (t) => {
  const database = open(t)
  for (let round = 0; round < 2; round += 1) {
    for (let number = 0; number < 250; number += 1) assert.deepEqual(database.get(`SELECT ${number}`), [number])
  }
})

test('a file that may not grow any more is full, and no other error is', (t) => {
  const database = open(t, { maxBytes: 64 * 1024 })
  const fill = (): void => {
    for (let id = 1; ; id += 1) database.run('INSERT INTO thing VALUES (?, ?)', id, 'x'.repeat(4_000))
  }
  assert.throws(fill, isFull)
  assert.ok(Number(database.get('SELECT count(*) FROM thing')?.[0]) > 0)
  const isOther = (error: unknown) => error instanceof Error && !isFull(error)
  assert.throws(() => database.exec('no SQL at all'), isOther)
  assert.equal(isFull(undefined), false)
  assert.ok(isFull(Object.assign(new Error('no space left'), { code: 'ENOSPC' })))
})

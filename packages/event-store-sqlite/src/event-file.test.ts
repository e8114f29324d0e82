import assert from 'node:assert/strict'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, test } from 'node:test'
import { type EventStore, isDomainError, newId } from '@dulian/event-sourcing'
import { openSqliteEvents } from './index.ts'
import { migrations } from './schema.ts'

const META = { correlationId: 'c', actor: 'tester', office: 'demo' }

describe('the event file', () => {
  test('a file of something else is refused and left as it was', () =>
    withFolder((folder) => {
      const text = join(folder, 'notes.txt')
      writeFileSync(text, '这是一份普通的文字文件。'.repeat(400))
      const other = join(folder, 'other.db')
      inFile(other, (database) => database.exec('CREATE TABLE visits (id INTEGER PRIMARY KEY)'))
      for (const file of [text, other]) {
        const before = readFileSync(file)
        assert.equal(openingFails(file), 'STORE_FILE_FOREIGN')
        assert.deepEqual(readFileSync(file), before)
      }
    }))

  test('a file of a newer program is refused with both versions', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'events.db')
      await openSqliteEvents({ file }).close()
      inFile(file, (database) =>
        database.exec(`INSERT INTO schema_version (version) VALUES (${migrations.length + 1})`),
      )
      assert.throws(
        () => openSqliteEvents({ file }),
        (error) =>
          isDomainError(error, 'STORE_FILE_NEWER') &&
          error.details.found === migrations.length + 1 &&
          error.details.supported === migrations.length,
      )
    }))

  test('a file of the first layout is brought to the newest with every event, and goes on from there', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'events.db')
      const count = 2_500
      const streams = 30
      inFile(file, (database) => fillFirstLayout(database, { count, streams, indexed: 2_048 }))
      assert.equal(openingFails(file, { readOnly: true }), 'STORE_FILE_OLDER')
      const store = openSqliteEvents({ file })
      const { events } = await store.readAll({ limit: 5_000 })
      assert.deepEqual(
        events.map((event) => event.data),
        Array.from({ length: count }, (_, index) => ({ n: index + 1 })),
      )
      for (let stream = 1; stream <= streams; stream += 1) {
        const name = `visit-demo-${stream}`
        const wanted = events.filter((event) => event.stream === name)
        assert.deepEqual(await store.readStream(name), wanted)
        await assert.rejects(append(store, name, {}, wanted.length - 1), conflictAt(wanted.length))
        assert.equal((await append(store, name, {}, wanted.length)).version, wanted.length + 1)
      }
      await store.close()
      inFile(file, (database) => {
        assert.throws(() => database.exec('DELETE FROM event'), /never removed/)
        assert.throws(() => database.exec("UPDATE event SET data = '{}'"), /never changed/)
      })
      const reader = openSqliteEvents({ file, readOnly: true })
      assert.equal(await reader.head(), String(count + streams))
      await reader.close()
    }))

  test('a program of the first layout cannot write past the index of the newest', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'events.db')
      await openSqliteEvents({ file }).close()
      inFile(file, (database) =>
        assert.throws(() => database.prepare('SELECT through FROM type_index'), /no such table/),
      )
    }))

  test('a file whose table of contents is damaged is refused', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'events.db')
      await openSqliteEvents({ file }).close()
      overwrite(file, 100, 2_000)
      assert.equal(openingFails(file), 'STORE_FILE_DAMAGED')
    }))

  test('damage found while reading is reported as such, not as an empty page', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'events.db')
      const store = openSqliteEvents({ file })
      for (let n = 0; n < 50; n += 1) await append(store, `visit-demo-${n}`, 'x'.repeat(2_000))
      await store.close()
      overwrite(file, 8_192 * 2, statSync(file).size - 8_192 * 4)
      const damaged = openSqliteEvents({ file })
      await assert.rejects(
        damaged.readAll(),
        (error) => isDomainError(error, 'STORE_UNAVAILABLE') && error.cause !== undefined,
      )
      await damaged.close()
    }))

  test('an empty file becomes an event file', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'events.db')
      writeFileSync(file, '')
      const store = openSqliteEvents({ file })
      assert.equal((await append(store, 'visit-demo-1')).version, 1)
      await store.close()
    }))

  test('opening for reading alone makes no file', () =>
    withFolder((folder) => {
      const file = join(folder, 'events.db')
      assert.throws(() => openSqliteEvents({ file, readOnly: true }), isDomainError)
      assert.throws(() => statSync(file))
    }))

  test('events can neither be changed nor removed, so that no position is ever given twice', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'events.db')
      const store = openSqliteEvents({ file })
      await append(store, 'visit-demo-1')
      await store.close()
      inFile(file, (database) => {
        assert.throws(() => database.exec('DELETE FROM event'), /never removed/)
        assert.throws(() => database.exec("UPDATE event SET data = '{}'"), /never changed/)
      })
    }))

  test('closing leaves one file behind, without a log beside it', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'events.db')
      const store = openSqliteEvents({ file })
      await append(store, 'visit-demo-1')
      await store.close()
      assert.throws(() => statSync(`${file}-wal`))
    }))
})

describe('two connections on one file', () => {
  test('a reader beside the writer sees each acknowledged event, and cannot append', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'events.db')
      const writer = openSqliteEvents({ file })
      const reader = openSqliteEvents({ file, readOnly: true })
      for (let n = 1; n <= 3; n += 1) {
        // New streams and new types have to be found, too.
        const { position } = await append(writer, `visit${n}-demo-${n}`)
        assert.equal(await reader.head(), position)
        const page = await reader.readAll({ filter: { categories: [`visit${n}`] } })
        assert.deepEqual(
          page.events.map((event) => event.stream),
          [`visit${n}-demo-${n}`],
        )
        assert.equal((await reader.readStream(`visit${n}-demo-${n}`)).length, 1)
      }
      await assert.rejects(append(reader, 'visit-demo-9'), (error) => isDomainError(error, 'STORE_UNAVAILABLE'))
      await reader.close()
      await writer.close()
    }))

  test('two writers never trust what they remember: the second one learns of the first one’s events', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'events.db')
      const [one, two] = [openSqliteEvents({ file }), openSqliteEvents({ file })]
      for (let version = 0; version < 6; version += 2) {
        assert.equal((await append(one, 'visit-demo-1', {}, version)).version, version + 1)
        await assert.rejects(append(two, 'visit-demo-1', {}, version), conflictAt(version + 1))
        assert.equal((await append(two, 'visit-demo-1', {}, version + 1)).version, version + 2)
        await assert.rejects(append(one, 'visit-demo-1', {}, version + 1), conflictAt(version + 2))
      }
      const { events } = await one.readAll()
      assert.deepEqual(
        events.map((event) => [event.position, event.version]),
        [1, 2, 3, 4, 5, 6].map((n) => [String(n), n]),
      )
      await one.close()
      await two.close()
    }))
})

describe('what a caller can get wrong', () => {
  for (const [what, wrong] of [
    ['no event at all', (store: EventStore) => store.append('visit-demo-1', [], { expected: 'any', meta: META })],
    ['an event id that is no UUID', (store: EventStore) => appendAs(store, 'visit-demo-1', 'not-a-uuid')],
    ['an upper-case event id', (store: EventStore) => appendAs(store, 'visit-demo-1', newId(1).toUpperCase())],
    [
      'an event id with a stray letter',
      (store: EventStore) => appendAs(store, 'visit-demo-1', newId(1).replace(/.$/, 'g')),
    ],
    ['an event type without a name', (store: EventStore) => appendAs(store, 'visit-demo-1', newId(1), {}, 'any', '')],
    ['a stream without a name', (store: EventStore) => appendAs(store, '', newId(1))],
    ['a stream whose name is broken text', (store: EventStore) => appendAs(store, 'visit-demo-\ud800', newId(1))],
    ['a position of another engine', (store: EventStore) => store.readAll({ after: '12/7' })],
    ['a position that is none', (store: EventStore) => store.readAll({ after: '-1' })],
    ['a page of nothing', (store: EventStore) => store.readAll({ limit: 0 })],
    ['half an event per page', (store: EventStore) => store.readAll({ limit: 0.5 })],
  ] as const) {
    test(`${what} is refused as the mistake it is`, () =>
      withFolder(async (folder) => {
        const store = openSqliteEvents({ file: join(folder, 'events.db') })
        await assert.rejects(wrong(store), RangeError)
        assert.deepEqual((await store.readAll()).events, [])
        await store.close()
      }))
  }

  test('data that JSON cannot hold is refused and disturbs nobody', () =>
    withFolder(async (folder) => {
      const store = openSqliteEvents({ file: join(folder, 'events.db') })
      const circular: { self?: unknown } = {}
      circular.self = circular
      const good = append(store, 'visit-demo-1')
      for (const data of [circular, { count: 1n }]) await assert.rejects(append(store, 'visit-demo-2', data), TypeError)
      assert.equal((await good).version, 1)
      await store.close()
    }))

  test('a page asked for beyond the largest size is that size', () =>
    withFolder(async (folder) => {
      const store = openSqliteEvents({ file: join(folder, 'events.db') })
      const events = Array.from({ length: 5_100 }, () => ({ id: newId(1), type: 'happened.v1', data: null }))
      await store.append('visit-demo-1', events, { expected: 'none', meta: META })
      assert.equal((await store.readAll({ limit: 9_999 })).events.length, 5_000)
      await store.close()
    }))
})

function appendAs(
  store: EventStore,
  stream: string,
  id: string,
  data: unknown = {},
  expected: number | 'any' = 'any',
  type = 'happened.v1',
) {
  return store.append(stream, [{ id, type, data }], { expected, meta: META })
}

function append(store: EventStore, stream: string, data: unknown = {}, expected: number | 'any' = 'any') {
  return appendAs(store, stream, newId(Date.now()), data, expected)
}

function conflictAt(actual: number): (error: unknown) => boolean {
  return (error) => isDomainError(error) && error.kind === 'conflict' && error.details.actual === actual
}

/** Events of as many streams in turn, as the first layout had them. */
function fillFirstLayout(
  database: DatabaseSync,
  { count, streams, indexed }: { count: number; streams: number; indexed: number },
): void {
  database.exec(`CREATE TABLE schema_version (version INTEGER PRIMARY KEY) STRICT; ${migrations[0]}
    INSERT INTO schema_version (version) VALUES (1);
    INSERT INTO event_type (id, category, name) VALUES (1, 'visit', 'happened.v1');`)
  const stream = database.prepare('INSERT INTO stream (id, name) VALUES (?, ?)')
  for (let id = 1; id <= streams; id += 1) stream.run(id, `visit-demo-${id}`)
  const event = database.prepare(
    `INSERT INTO event (stream, version, type, time, id, data, meta) VALUES (?, ?, 1, 0, ?, ?, '{}')`,
  )
  for (let n = 0; n < count; n += 1) {
    event.run(1 + (n % streams), 1 + Math.floor(n / streams), newId(0), JSON.stringify({ n: n + 1 }))
  }
  database.prepare('UPDATE type_index SET through = ?').run(indexed)
}

function openingFails(file: string, options: { readOnly?: boolean } = {}): string {
  try {
    openSqliteEvents({ file, ...options })
  } catch (error) {
    return isDomainError(error) ? error.code : String(error)
  }
  return 'opened'
}

function overwrite(file: string, at: number, length: number): void {
  const descriptor = openSync(file, 'r+')
  writeSync(descriptor, Buffer.alloc(length, 0xa5), 0, length, at)
  closeSync(descriptor)
}

function inFile(file: string, work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(file)
  try {
    work(database)
  } finally {
    database.close()
  }
}

async function withFolder(work: (folder: string) => unknown): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dulian-events-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

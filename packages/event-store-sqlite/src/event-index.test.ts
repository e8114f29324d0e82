import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, test } from 'node:test'
import { type EventStore, isDomainError, newId, type ReadAllOptions, type RecordedEvent } from '@dulian/event-sourcing'
import { openSqliteEvents } from './index.ts'

const META = { correlationId: 'c', actor: 'tester', office: 'demo' }
const KINDS = 7

describe('the index, which follows the events at a distance', () => {
  let folder: string
  let file: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dulian-event-index-'))
    file = join(folder, 'events.db')
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  test('finds the same as a look at every event: before the first step, astride the edge, and after another writer’s step', async () => {
    const [one, two] = [openSqliteEvents({ file }), openSqliteEvents({ file })]
    for (const [store, count, indexed] of [
      [one, 900, 0],
      [two, 900, 1_024],
      [one, 500, 2_048],
      [two, 3_000, 5_120],
      [one, 843, 5_120],
      [one, 1, 6_144],
    ] as const) {
      await append(store, count)
      assert.equal(indexedThrough(file), indexed)
      for (const reader of [one, two]) await findsTheSame(reader)
    }
    await one.close()
    await two.close()
    const again = openSqliteEvents({ file, readOnly: true })
    await findsTheSame(again)
    await again.close()
  })

  test('finds each stream’s events, whoever has written and indexed them, from any version either way', async () => {
    const path = join(folder, 'streams.db')
    const [one, two] = [openSqliteEvents({ file: path }), openSqliteEvents({ file: path })]
    const reader = openSqliteEvents({ file: path, readOnly: true })
    const names = Array.from({ length: 40 }, (_, n) => `visit-demo-${n}`)
    for (const [store, count] of [
      [one, 700],
      [two, 700],
      [one, 10],
      [two, 2_500],
      [one, 1_500],
    ] as const) {
      await appendInTurn(store, names, count)
      for (const each of [one, two, reader]) await findsTheStreams(each, names)
    }
    for (const store of [one, two, reader]) await store.close()
    const again = openSqliteEvents({ file: path })
    await findsTheStreams(again, names)
    await again.close()
  })

  test('would refuse a version that a stream has already, and with it all that came with it', async () => {
    const path = join(folder, 'twice.db')
    const store = openSqliteEvents({ file: path })
    await append(store, 10)
    await store.close()
    const database = new DatabaseSync(path)
    database.exec(`INSERT INTO event (stream, version, type, time, id, data, meta)
      SELECT stream, version, type, time, id, data, meta FROM event WHERE version = 3`)
    database.close()
    const again = openSqliteEvents({ file: path })
    await append(again, 1_012)
    await assert.rejects(append(again, 1), isStorageError)
    assert.equal(await again.head(), '1023')
    await again.close()
  })

  test('goes back with a transaction that is taken back', async () => {
    const path = join(folder, 'taken-back.db')
    const store = openSqliteEvents({ file: path })
    await append(store, 1_000)
    const database = new DatabaseSync(path)
    database.exec(`CREATE TRIGGER refused BEFORE INSERT ON event_by_type BEGIN SELECT RAISE (ABORT, 'refused'); END`)
    await assert.rejects(append(store, 100))
    assert.equal(await store.head(), '1000')
    database.exec('DROP TRIGGER refused')
    database.close()
    await append(store, 100)
    assert.equal(indexedThrough(path), 1_024)
    await findsTheSame(store)
    await store.close()
  })
})

let appended = 0
async function append(store: EventStore, count: number): Promise<void> {
  const events = Array.from({ length: count }, () => {
    appended += 1
    // The first kind is rare, so that pages are filled from both sides of the edge.
    const kind = appended % 97 === 0 ? 0 : 1 + (appended % (KINDS - 1))
    return { id: newId(appended), type: `kind-${kind}.v1`, data: null }
  })
  await store.append('visit-demo-1', events, { expected: 'any', meta: META })
}

function isStorageError(error: unknown): boolean {
  return isDomainError(error, 'STORE_UNAVAILABLE')
}

/** One event to each stream in turn, from where the store stands. */
async function appendInTurn(store: EventStore, names: readonly string[], count: number): Promise<void> {
  const head = Number(await store.head())
  const appends = Array.from({ length: count }, async (_, n) => {
    const place = head + n
    const version = Math.floor(place / names.length)
    const event = { id: newId(place), type: 'kind-1.v1', data: { place } }
    return await store.append(names[place % names.length] ?? '', [event], {
      expected: version === 0 ? 'none' : version,
      meta: META,
    })
  })
  for (const [n, { position }] of (await Promise.all(appends)).entries()) assert.equal(position, String(head + n + 1))
}

async function findsTheStreams(store: EventStore, names: readonly string[]): Promise<void> {
  const all: RecordedEvent[] = []
  for (let after = '0', end = false; !end; ) {
    const page = await store.readAll({ after, limit: 5_000 })
    all.push(...page.events)
    after = page.checkedThrough
    end = page.end
  }
  for (const [index, name] of names.entries()) {
    const wanted = all.filter(({ stream }) => stream === name)
    assert.deepEqual(
      wanted.map(({ version }) => version),
      wanted.map((_, n) => n + 1),
    )
    assert.deepEqual(await store.readStream(name), wanted)
    assert.deepEqual(await store.readStream(name, { direction: 'backwards' }), wanted.toReversed())
    const from = 1 + ((index * 7) % wanted.length)
    for (const limit of [1, 5, wanted.length]) {
      assert.deepEqual(await store.readStream(name, { from, limit }), wanted.slice(from - 1, from - 1 + limit))
      assert.deepEqual(
        await store.readStream(name, { from, limit, direction: 'backwards' }),
        wanted.slice(Math.max(from - limit, 0), from).toReversed(),
      )
    }
  }
}

async function findsTheSame(store: EventStore): Promise<void> {
  const all = await positions(store, {})
  for (const wanted of [['kind-0.v1'], ['kind-0.v1', 'kind-3.v1']]) {
    const expected = all.filter(({ type }) => wanted.includes(type)).map(({ position }) => position)
    for (const limit of [5, 5_000]) {
      const filter = { types: wanted }
      const found = async (options: ReadAllOptions): Promise<string[]> =>
        (await positions(store, { filter, limit, ...options })).map(({ position }) => position)
      assert.deepEqual(await found({}), expected)
      assert.deepEqual(await found({ direction: 'backwards' }), expected.toReversed())
    }
  }
}

async function positions(store: EventStore, options: ReadAllOptions): Promise<{ position: string; type: string }[]> {
  const found: { position: string; type: string }[] = []
  for (let after = '0', end = false; !end; ) {
    const page = await store.readAll({ limit: 5_000, ...options, after })
    found.push(...page.events.map(({ position, type }) => ({ position, type })))
    after = page.checkedThrough
    end = page.end
  }
  return found
}

function indexedThrough(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    return Number(database.prepare('SELECT through FROM event_index').get()?.through)
  } finally {
    database.close()
  }
}

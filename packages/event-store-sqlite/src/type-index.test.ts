import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, test } from 'node:test'
import { type EventStore, newId, type ReadAllOptions } from '@dulian/event-sourcing'
import { openSqliteEvents } from './index.ts'

const META = { correlationId: 'c', actor: 'tester', office: 'demo' }
const KINDS = 7

describe('the index by type, which follows the events at a distance', () => {
  let folder: string
  let file: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dulian-type-index-'))
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
    return Number(database.prepare('SELECT through FROM type_index').get()?.through)
  } finally {
    database.close()
  }
}

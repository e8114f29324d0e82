import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { type Appended, type EventStore, isDomainError, newId } from '@dulian/event-sourcing'
import { openSqliteEvents } from './index.ts'

const META = { correlationId: 'c', actor: 'tester', office: 'demo' }

test('within one transaction a repeated append is recognised, a conflict writes nothing, and positions follow the callers', () =>
  withStore(async (store) => {
    const id = newId(1)
    const outcomes = await Promise.allSettled([
      append(store, 'visit-demo-1', 'none', id),
      append(store, 'visit-demo-2', 'none'),
      append(store, 'visit-demo-1', 'none', id),
      append(store, 'visit-demo-1', 'none'),
      append(store, 'visit-demo-1', 'any', id),
      append(store, 'visit-demo-1', 1),
      append(store, 'visit-demo-2', 2),
      append(store, 'visit-demo-2', 'exists'),
    ])
    const told = outcomes.map((outcome) =>
      outcome.status === 'fulfilled'
        ? [outcome.value.version, outcome.value.position, outcome.value.repeated]
        : isDomainError(outcome.reason) && outcome.reason.code,
    )
    assert.deepEqual(told, [
      [1, '1', false],
      [1, '2', false],
      [1, '1', true],
      'STREAM_ALREADY_EXISTS',
      [1, '1', true],
      [2, '3', false],
      'WRONG_EXPECTED_VERSION',
      [2, '4', false],
    ])
    const { events } = await store.readAll()
    assert.deepEqual(
      events.map(({ stream, version, position }) => [stream, version, position]),
      [
        ['visit-demo-1', 1, '1'],
        ['visit-demo-2', 1, '2'],
        ['visit-demo-1', 2, '3'],
        ['visit-demo-2', 2, '4'],
      ],
    )
  }))

test('any number of events goes in whole and in order, however the statements divide it', () =>
  withStore(async (store) => {
    let stored = 0
    for (const count of [1, 2, 3, 4, 5, 15, 16, 17, 63, 64, 65, 149]) {
      const events = Array.from({ length: count }, (_, index) => ({
        id: newId(1),
        type: `t${index % 3}.v1`,
        data: index,
      }))
      const { position } = await store.append(`visit-demo-${count}`, events, { expected: 'none', meta: META })
      const page = await store.readAll({ after: String(stored) })
      stored += count
      assert.equal(position, String(stored))
      assert.deepEqual(
        page.events.map((event) => [event.id, event.type, event.data]),
        events.map((event) => [event.id, event.type, event.data]),
      )
      assert.deepEqual(await store.readStream(`visit-demo-${count}`), page.events)
    }
  }))

test('when one event of many cannot be written, none is, everybody is told, and the next group starts where it would have', () =>
  withStore(async (store, file) => {
    await append(store, 'visit-demo-1', 'none')
    const database = new DatabaseSync(file)
    database.exec(`CREATE TRIGGER refused BEFORE INSERT ON event WHEN NEW.version = 3
      BEGIN SELECT RAISE (ABORT, 'refused'); END`)
    const appends = Array.from({ length: 20 }, (_, n) => append(store, `visit-demo-${n + 2}`, 'none'))
    const bad = [append(store, 'visit-demo-1', 1), append(store, 'visit-demo-1', 2)]
    for (const { status } of await Promise.allSettled([...appends, ...bad])) assert.equal(status, 'rejected')
    assert.equal(await store.head(), '1')
    database.exec('DROP TRIGGER refused')
    database.close()
    const again = await append(store, 'visit-demo-1', 1)
    assert.deepEqual([again.version, again.position], [2, '2'])
  }))

function append(
  store: EventStore,
  stream: string,
  expected: 'none' | 'any' | 'exists' | number,
  id = newId(1),
): Promise<Appended> {
  return store.append(stream, [{ id, type: 'happened.v1', data: {} }], { expected, meta: META })
}

async function withStore(work: (store: EventStore, file: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dulian-event-insert-'))
  const file = join(folder, 'events.db')
  const store = openSqliteEvents({ file })
  try {
    await work(store, file)
  } finally {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

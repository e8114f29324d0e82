import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { type Appended, DomainError, type EventToAppend, isDomainError, newId } from '@dulian/event-sourcing'
import { openSqliteEvents, type SqliteEvents } from './index.ts'
import { packAppends, packError, unpackAppends, unpackError } from './writer-messages.ts'
import { currentThread } from './writer-thread.ts'

const META = { correlationId: 'c', actor: 'tester', office: 'demo' }

describe('the thread that writes', () => {
  test('when it is lost, what it was at has an unknown outcome, a repetition finds it or writes it, and work goes on', () =>
    withStore(async (store) => {
      await append(store, 'lost-demo-0', [event(0)])
      const attempts = Array.from({ length: 40 }, (_, n) => ({ stream: `lost-demo-${n + 1}`, events: [event(n)] }))
      const outcomes = Promise.allSettled(attempts.map(({ stream, events }) => append(store, stream, events)))
      // The group is on its way when the thread ends.
      await new Promise((resolve) => setImmediate(resolve))
      await currentThread().end()
      for (const outcome of await outcomes) {
        if (outcome.status === 'rejected') assert.ok(isDomainError(outcome.reason, 'STORE_UNAVAILABLE'))
      }
      for (const { stream, events } of attempts) await append(store, stream, events)
      const { events } = await store.readAll({ limit: 100 })
      assert.deepEqual(
        events
          .map(({ id }) => id)
          .toSorted()
          .slice(0),
        [...new Set(events.map(({ id }) => id))].toSorted(),
        'something was written twice',
      )
      assert.equal(events.length, 41)
    }))

  test('two files are written side by side, each closing for itself', () =>
    withStore((one) =>
      withStore(async (other) => {
        await Promise.all([append(one, 'a-demo-1', [event(1)]), append(other, 'b-demo-1', [event(2)])])
        await other.close()
        assert.equal((await append(one, 'a-demo-2', [event(3)])).position, '2')
        await assert.rejects(append(other, 'b-demo-2', [event(4)]), (error) => isDomainError(error, 'STORE_CLOSED'))
      }),
    ))

  test('appends and errors arrive as they were sent', () => {
    const requests = [
      {
        stream: 's-demo-1',
        expected: 'none' as const,
        ids: ['1', '2'],
        types: ['a', 'b'],
        data: ['{}', '"督"'],
        meta: '{}',
      },
      { stream: 's-demo-2', expected: 7, ids: ['3'], types: ['c'], data: ['[]'], meta: '{"x":1}' },
    ]
    assert.deepEqual(unpackAppends(packAppends(requests)), requests)
    const declared = { kind: 'unavailable', title: '', detail: '' } as const
    const error = new DomainError('STORE_FILE_DAMAGED', declared, { file: 'x.db' }, { cause: new Error('malformed') })
    const arrived = unpackError(structuredClone(packError(error)))
    assert.equal(arrived.code, 'STORE_FILE_DAMAGED')
    assert.match(arrived.detail, /x\.db.*已损坏/)
    assert.match(String(arrived.cause), /malformed/)
  })
})

function event(n: number): EventToAppend {
  return { id: newId(Date.now()), type: 'happened.v1', data: { n } }
}

function append(store: SqliteEvents, stream: string, events: readonly EventToAppend[]): Promise<Appended> {
  return store.append(stream, events, { expected: 'none', meta: META })
}

async function withStore(work: (store: SqliteEvents) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dulian-writer-'))
  try {
    const store = openSqliteEvents({ file: join(folder, 'events.db'), writesInThread: true })
    try {
      await work(store)
    } finally {
      await store.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

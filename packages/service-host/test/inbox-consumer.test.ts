import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Bus, BusMessage } from '@dulian/bus'
import { openSqliteBus } from '@dulian/bus-sqlite'
import { type EventStore, eventSourcingError, newId } from '@dulian/event-sourcing'
import { openSqliteEvents } from '@dulian/event-store-sqlite'
import { consumeInbox } from '../src/inbox-consumer.ts'
import { bellHeard } from './bell-services.ts'

interface Inbox {
  readonly bus: Bus
  readonly events: EventStore
  /** The same events behind a disk that is full for so many appends; called at each of them. */
  full(refusals: number, onRefused?: () => void): EventStore
}

async function inbox(t: TestContext): Promise<Inbox> {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-inbox-'))
  const bus = openSqliteBus({ file: join(folder, 'bus.db'), clock: () => Date.now() })
  const events = openSqliteEvents({ file: join(folder, 'events.db') })
  t.after(async () => {
    await bus.close()
    await events.close()
    await rm(folder, { recursive: true })
  })
  return {
    bus,
    events,
    full(refusals, onRefused = () => {}) {
      let left = refusals
      return {
        append: async (...given) => {
          if (left === 0) return await events.append(...given)
          left -= 1
          onRefused()
          throw eventSourcingError('STORAGE_FULL')
        },
        readStream: (...given) => events.readStream(...given),
        readAll: (...given) => events.readAll(...given),
        head: () => events.head(),
        onAppended: (listener) => events.onAppended(listener),
        close: () => events.close(),
      }
    },
  }
}

function message(data: unknown): BusMessage {
  return {
    id: newId(Date.now()),
    type: bellHeard.type,
    source: '/offices/yongchuan/tower',
    subject: 'bell-yongchuan-a',
    time: '2026-03-02T01:00:00Z',
    extensions: { office: 'yongchuan' },
    data,
  }
}

test('what is told while the disk is full is stored when space returns, and is no dead letter', async (t) => {
  const { bus, events, full } = await inbox(t)
  const contracts = [bellHeard]
  const consumer = await consumeInbox({ service: 'village', bus, store: full(30), contracts, lookAgain: 1 })
  await bus.publish(bellHeard.topic, [message({ times: 1, note: '在前' }), message({ times: 2, note: '在后' })])
  await consumer?.caughtUp()
  const { events: stored } = await events.readAll()
  assert.deepEqual(
    stored.map(({ data }) => (data as { note: string }).note),
    ['在前', '在后'],
  )
  assert.deepEqual(await bus.deadLetters('village'), [])
  await consumer?.close()
})

test('a consumer that waits for space can be closed, and the message comes again', async (t) => {
  const { bus, events, full } = await inbox(t)
  const contracts = [bellHeard]
  const { promise: refused, resolve } = Promise.withResolvers<void>()
  const waiting = await consumeInbox({ service: 'village', bus, store: full(1_000, resolve), contracts })
  await bus.publish(bellHeard.topic, [message({ times: 1, note: '仍在' })])
  await refused
  await waiting?.close()

  const again = await consumeInbox({ service: 'village', bus, store: events, contracts })
  await again?.caughtUp()
  assert.equal((await events.readAll()).events.length, 1)
  assert.deepEqual(await bus.deadLetters('village'), [])
  await again?.close()
})

test('a message that breaks its contract is a dead letter', async (t) => {
  const { bus, events } = await inbox(t)
  const consumer = await consumeInbox({ service: 'village', bus, store: events, contracts: [bellHeard] })
  await bus.publish(bellHeard.topic, [message({ times: 'many' })])
  await consumer?.caughtUp()
  assert.equal((await bus.deadLetters('village')).length, 1)
  await consumer?.close()
})

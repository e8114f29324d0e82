import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { comparePositions, eventSourcingError, START } from '@dulian/event-sourcing'
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client'
import { openKurrentEvents } from './index.ts'
import { codeOf, META, someEvents, withTestServer } from './testing/with-test-server.ts'

describe('KurrentDB events share a server', () => {
  test('services do not see each other, even when one name begins like the other, and have heads of their own', () =>
    withTestServer(async ({ open }) => {
      const [one, two] = [open({ service: 'office' }), open({ service: 'office-index' })]
      const first = await one.append('plan-demo-1', someEvents(2), { expected: 'none', meta: META })
      const second = await two.append('plan-demo-1', someEvents(3), { expected: 'none', meta: META })
      for (const [store, appended] of [
        [one, first],
        [two, second],
      ] as const) {
        assert.equal((await store.readStream('plan-demo-1')).length, appended.version)
        for (const filter of [{}, { categories: ['plan'] }, { types: ['happened.v1'] }]) {
          for (const direction of ['forwards', 'backwards'] as const) {
            assert.equal((await store.readAll({ filter, direction })).events.length, appended.version)
          }
        }
        assert.equal(await store.head(), appended.position)
      }
    }))

  test('a quiet service is asked for its head while others write: it stays, moves on, and is START at first', () =>
    withTestServer(async ({ open }) => {
      const [quiet, busy] = [open({ service: 'quiet' }), open({ service: 'busy' })]
      const rush = (round: number) => busy.append(`a-b-${round}`, someEvents(300), { expected: 'none', meta: META })
      await rush(1)
      assert.equal(await quiet.head(), START)
      await rush(2)
      assert.equal(await quiet.head(), START)
      const { position } = await quiet.append('a-b-1', someEvents(1), { expected: 'none', meta: META })
      assert.equal(await quiet.head(), position)
      await rush(3)
      assert.equal(await quiet.head(), position)
      const next = await quiet.append('a-b-1', someEvents(1), { expected: 1, meta: META })
      await rush(4)
      assert.equal(await quiet.head(), next.position)
    }))

  test('a page that finds nothing says that it has looked through what all others wrote', () =>
    withTestServer(async ({ open }) => {
      const [quiet, busy] = [open({ service: 'quiet' }), open({ service: 'busy' })]
      const { position } = await busy.append('a-b-1', someEvents(500), { expected: 'none', meta: META })
      const page = await quiet.readAll({ filter: { categories: ['a'], types: ['happened.v1'] } })
      assert.deepEqual([page.events, page.end], [[], true])
      assert.ok(comparePositions(page.checkedThrough, position) >= 0)
    }))

  test('two processes that append to one stream at any version lose and double nothing', () =>
    withTestServer(async ({ open }) => {
      const stores = [open(), open()]
      const written = await Promise.all(
        stores.flatMap((store) =>
          Array.from({ length: 20 }, async () => {
            const events = someEvents(2)
            const appended = await store.append('visit-demo-1', events, { expected: 'any', meta: META })
            return { events, appended }
          }),
        ),
      )
      const stored = await stores[0]?.readStream('visit-demo-1')
      assert.equal(stored?.length, 80)
      for (const { events, appended } of written) {
        const place = appended.version - 2
        assert.deepEqual(
          stored?.slice(place, appended.version).map(({ id }) => id),
          events.map(({ id }) => id),
        )
      }
    }))

  test('a repetition that another process sends is recognised, whatever was expected', () =>
    withTestServer(async ({ open }) => {
      for (const expected of ['none', 'any', 0] as const) {
        const [one, two] = [open(), open()]
        const stream = `visit-demo-${randomUUID()}`
        const events = someEvents(2)
        const first = await one.append(stream, events, { expected, meta: META })
        assert.deepEqual(await two.append(stream, events, { expected, meta: META }), { ...first, repeated: true })
        // The second knows the end of the log by now, but not yet what the first appends after it.
        const next = someEvents(1)
        const later = await one.append(stream, next, { expected: 2, meta: META })
        await two.readStream(stream)
        assert.deepEqual(await two.append(stream, next, { expected: 2, meta: META }), { ...later, repeated: true })
      }
    }))

  test('what somebody else put into one of our streams is reported and not guessed at', () =>
    withTestServer(async ({ server, open }) => {
      const store = open({ service: 'mine' })
      const client = EventStoreDBClient.connectionString(server.address)
      await client.appendToStream('mine.visit-demo-1', jsonEvent({ type: 'foreign', data: { a: 1 } }))
      await client.dispose()
      assert.equal(await codeOf(store.readStream('visit-demo-1')), 'EVENT_UNREADABLE')
      assert.equal(await codeOf(store.readAll()), 'EVENT_UNREADABLE')
    }))

  test('a stream of many thousand events is read whole, in parts, and from its end', () =>
    withTestServer(async ({ open }) => {
      const store = open()
      for (let round = 0; round < 20; round += 1) {
        await store.append('long-demo-1', someEvents(500), { expected: round * 500, meta: META })
      }
      assert.equal((await store.readStream('long-demo-1')).length, 10_000)
      const versions: number[] = []
      for (let from = 1; from <= 10_000; from += 777) {
        versions.push(...(await store.readStream('long-demo-1', { from, limit: 777 })).map(({ version }) => version))
      }
      assert.deepEqual(
        versions,
        Array.from({ length: 10_000 }, (_, index) => index + 1),
      )
      const last = await store.readStream('long-demo-1', { direction: 'backwards', limit: 2 })
      assert.deepEqual(
        last.map(({ version }) => version),
        [10_000, 9_999],
      )
      const any = await store.append('long-demo-1', someEvents(1), { expected: 'any', meta: META })
      assert.equal(any.version, 10_001)
    }))

  test('an append beyond what the server takes is refused with its limit, and nothing of it is stored', () =>
    withTestServer(
      async ({ open }) => {
        const store = open()
        const events = someEvents(3, { text: 'x'.repeat(30_000) })
        const refused = store.append('visit-demo-1', events, { expected: 'none', meta: META })
        await assert.rejects(refused, {
          code: 'EVENT_TOO_LARGE',
          details: { limit: 65_536, size: events.length * (30_011 + JSON.stringify(META).length) },
        })
        assert.deepEqual(await store.readStream('visit-demo-1'), [])
      },
      { maximumAppendSize: 65_536 },
    ))

  test('an append of several messages is one append', () =>
    withTestServer(
      async ({ open }) => {
        const store = open()
        const events = someEvents(5, { text: 'x'.repeat(900_000) })
        assert.equal((await store.append('visit-demo-1', events, { expected: 'none', meta: META })).version, 5)
        assert.equal((await store.append('visit-demo-1', events, { expected: 'none', meta: META })).repeated, true)
        assert.equal((await store.readStream('visit-demo-1')).length, 5)
      },
      { maximumAppendSize: 16 * 1024 * 1024 },
    ))

  test('a store for reading reads, hears and refuses to append', () =>
    withTestServer(async ({ open }) => {
      const [store, reader] = [open(), open({ readOnly: true })]
      const [event] = await store
        .append('visit-demo-1', someEvents(1), { expected: 'none', meta: META })
        .then(() => store.readStream('visit-demo-1'))
      assert.deepEqual(await reader.readStream('visit-demo-1'), [event])
      const append = reader.append('visit-demo-1', someEvents(1), { expected: 1, meta: META })
      await assert.rejects(append, eventSourcingError('STORE_UNAVAILABLE', { readOnly: true }))
      assert.ok(event)
      assert.equal(await codeOf(reader.importEvents([event])), 'STORE_UNAVAILABLE')
    }))

  test('addresses of both names are understood, and what is none is refused when the store is opened', () =>
    withTestServer(async ({ server, open }) => {
      const address = server.address.replace('esdb:', 'kurrentdb:')
      const store = open({ address })
      assert.equal((await store.append('a-b-1', someEvents(1), { expected: 'none', meta: META })).version, 1)
      assert.throws(() => openKurrentEvents({ address: 'http://localhost:2113', service: 'a' }))
      assert.throws(() => openKurrentEvents({ address, service: 'a.b' }), RangeError)
      assert.throws(() => openKurrentEvents({ address, service: '$a' }), RangeError)
    }))

  test('a time kept beside the meta is never part of it, not even when a caller puts it there', () =>
    withTestServer(async ({ open }) => {
      const store = open()
      const meta = { ...META, _recordedAt: '1999-01-01T00:00:00.000Z' }
      await store.append('visit-demo-1', someEvents(1), { expected: 'none', meta })
      const [event] = await store.readStream('visit-demo-1')
      assert.deepEqual(event?.meta, META)
      assert.ok(Math.abs(Date.parse(event?.time ?? '') - Date.now()) < 60_000)
    }))
})

import assert from 'node:assert/strict'
import { createServer, type Socket } from 'node:net'
import { describe, test } from 'node:test'
import { startKurrentTestServer } from '@dulian/kurrentdb-test-server'
import { freePort } from '@dulian/test-engines'
import { openKurrentEvents } from './index.ts'
import {
  codeOf,
  eventually,
  IMPATIENT,
  META,
  PERSISTENT,
  someEvents,
  until,
  withTestServer,
} from './testing/with-test-server.ts'

const ids = (events: readonly { readonly id: string }[]): string[] => events.map(({ id }) => id)

describe('KurrentDB events when the server is in trouble', () => {
  for (const how of ['broken', 'silent'] as const) {
    for (const expected of ['none', 'any', 1] as const) {
      test(`an append whose answer is lost (${how}, expected ${expected}) is written once and answered`, () =>
        withTestServer(async ({ server, open }) => {
          const store = open({ times: PERSISTENT })
          if (expected === 1) await store.append('visit-demo-1', someEvents(1), { expected: 'none', meta: META })
          const before = await store.readStream('visit-demo-1')
          const events = someEvents(3)
          server.faults.loseAppendAnswers(1, how)
          const appended = await store.append('visit-demo-1', events, { expected, meta: META })
          const stored = await store.readStream('visit-demo-1')
          assert.deepEqual(ids(stored), [...ids(before), ...ids(events)])
          assert.deepEqual(appended, {
            version: before.length + 3,
            position: stored.at(-1)?.position,
            repeated: false,
          })
        }))
    }
  }

  test('an append whose answers are all lost ends in STORE_UNAVAILABLE, and its repetition says it was written', () =>
    withTestServer(async ({ server, open }) => {
      const store = open({ times: IMPATIENT })
      const events = someEvents(2)
      server.faults.loseAppendAnswers(1_000, 'silent')
      const append = () => store.append('visit-demo-1', events, { expected: 'none', meta: META })
      assert.equal(await codeOf(append()), 'STORE_UNAVAILABLE')
      server.faults.loseAppendAnswers(0)
      assert.equal((await eventually(append)).version, 2)
      assert.deepEqual(ids(await store.readStream('visit-demo-1')), ids(events))
    }))

  test('answers lost under 64 writers, again and again, neither lose nor double an event', () =>
    withTestServer(async ({ server, open }) => {
      const store = open({ times: PERSISTENT })
      const written = await Promise.all(
        Array.from({ length: 64 }, async (_, writer) => {
          const own: string[] = []
          for (let version = 0; version < 10; version += 1) {
            const events = someEvents(1)
            if (writer === 0) server.faults.loseAppendAnswers(2, version % 2 === 0 ? 'broken' : 'silent')
            await store.append(`visit-demo-${writer}`, events, { expected: version, meta: META })
            own.push(...ids(events))
          }
          return own
        }),
      )
      for (const [writer, own] of written.entries()) {
        assert.deepEqual(ids(await store.readStream(`visit-demo-${writer}`)), own)
      }
      assert.equal((await store.readAll({ limit: 5_000 })).events.length, 640)
    }))

  test('a subscription that breaks takes nothing with it: appends on their way come to their end', () =>
    withTestServer(async ({ server, open }) => {
      const store = open()
      const stop = store.onAppended(() => {})
      const writers = Array.from({ length: 16 }, async (_, writer) => {
        for (let version = 0; version < 20; version += 1) {
          await store.append(`visit-demo-${writer}`, someEvents(1), { expected: version, meta: META })
          if (writer === 0) server.faults.dropSubscriptions()
        }
      })
      await Promise.all(writers)
      stop()
      assert.equal((await store.readAll({ limit: 5_000 })).events.length, 320)
    }))

  test('closing or breaking one store leaves the appends of another alone', () =>
    withTestServer(async ({ server, open }) => {
      const [one, other] = [open(), open({ service: 'other' })]
      await one.append('visit-demo-1', someEvents(1), { expected: 'none', meta: META })
      server.faults.answerAppendsAfter(100)
      const answer = other.append('visit-demo-1', someEvents(1), { expected: 'none', meta: META })
      await one.close()
      assert.deepEqual([(await answer).version, (await answer).repeated], [1, false])
    }))

  test('a server that refuses ends reads and appends in STORE_UNAVAILABLE within their time, and is used again afterwards', () =>
    withTestServer(async ({ server, open }) => {
      const store = open({ times: IMPATIENT })
      await open().append('visit-demo-1', someEvents(1), { expected: 'none', meta: META })
      server.faults.refuseCalls(true)
      const began = performance.now()
      const refused = [
        store.append('visit-demo-1', someEvents(1), { expected: 1, meta: META }),
        store.append('visit-demo-1', someEvents(1), { expected: 'any', meta: META }),
        store.readStream('visit-demo-1'),
        store.readAll(),
        store.readAll({ direction: 'backwards' }),
        store.head(),
      ]
      assert.deepEqual(new Set(await Promise.all(refused.map(codeOf))), new Set(['STORE_UNAVAILABLE']))
      assert.ok(performance.now() - began < 10_000)
      server.faults.refuseCalls(false)
      const events = someEvents(1)
      const again = () => store.append('visit-demo-1', events, { expected: 1, meta: META })
      assert.equal((await eventually(again)).version, 2)
    }))

  test('a command shortly after a broken connection succeeds: it is tried again', () =>
    withTestServer(async ({ server, open }) => {
      const store = open()
      for (let version = 0; version < 10; version += 1) {
        server.faults.breakConnections()
        assert.equal((await store.readStream('visit-demo-1')).length, version)
        server.faults.breakConnections()
        await store.append('visit-demo-1', someEvents(1), { expected: version, meta: META })
      }
    }))

  test('a store opened before its server is there works as soon as it is', async () => {
    const port = await freePort()
    const address = `esdb://127.0.0.1:${port}?tls=false`
    const store = openKurrentEvents({ address, service: 'early', times: IMPATIENT })
    let hints = 0
    store.onAppended(() => {
      hints += 1
    })
    const events = someEvents(1)
    const append = () => store.append('a-b-1', events, { expected: 'none', meta: META })
    assert.equal(await codeOf(append()), 'STORE_UNAVAILABLE')
    const server = await startKurrentTestServer({ port })
    try {
      await eventually(append)
      await until('a hint', () => hints > 0)
    } finally {
      await store.close()
      await server.stop()
    }
  })

  for (const scheme of ['esdb', 'esdb+discover']) {
    test(`a server that takes connections and says nothing ends in STORE_UNAVAILABLE too, and closing does not wait for it (${scheme})`, async () => {
      const sockets: Socket[] = []
      const silent = createServer((socket) => sockets.push(socket.on('error', () => {})))
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
      const listening = silent.address()
      assert.ok(listening !== null && typeof listening === 'object')
      const address = `${scheme}://127.0.0.1:${listening.port}?tls=false&maxDiscoverAttempts=1&gossipTimeout=2`
      const store = openKurrentEvents({ address, service: 'silent', times: IMPATIENT })
      const began = performance.now()
      const appends = Array.from({ length: 32 }, (_, index) =>
        store.append('a-b-1', someEvents(1), { expected: index % 2 === 0 ? 'any' : 'none', meta: META }),
      )
      const reads = [
        store.readStream('a-b-1'),
        store.readAll(),
        store.readAll({ direction: 'backwards' }),
        store.head(),
      ]
      const codes = await Promise.all([...appends, ...reads].map(codeOf))
      assert.deepEqual(new Set(codes), new Set(['STORE_UNAVAILABLE']))
      assert.ok(performance.now() - began < 10_000)
      const running = store.readStream('a-b-1')
      await store.close()
      assert.equal(await codeOf(running), 'STORE_CLOSED')
      // The gRPC library leaves a connection open that never came about.
      for (const socket of sockets) socket.destroy()
      silent.close()
    })
  }

  test('a disk without room refuses and stores nothing, and the store goes on when there is room again', () =>
    withTestServer(async ({ server, open }) => {
      const store = open({ times: IMPATIENT })
      server.faults.fillStorage(true)
      const events = someEvents(1)
      const append = () => store.append('visit-demo-1', events, { expected: 'none', meta: META })
      assert.equal(await codeOf(append()), 'STORE_UNAVAILABLE')
      assert.deepEqual(await open().readStream('visit-demo-1'), [])
      server.faults.fillStorage(false)
      assert.equal((await eventually(append)).version, 1)
      assert.equal((await open().readAll()).events.length, 1)
    }))

  test('closing while reads and appends are under way ends each of them, and lets go of the connection', () =>
    withTestServer(async ({ server, open }) => {
      const store = open()
      await store.append('visit-demo-1', someEvents(400, { text: 'x'.repeat(1_000) }), { expected: 'none', meta: META })
      server.faults.answerAppendsAfter(200)
      const append = store.append('visit-demo-2', someEvents(1), { expected: 'none', meta: META })
      const closing = store.close()
      const read = store.readStream('visit-demo-1')
      assert.equal(await codeOf(read), 'STORE_CLOSED')
      assert.equal((await append).version, 1)
      await closing
    }))

  for (const hours of [-1, 1, 24 * 400]) {
    test(`a server whose clock is ${hours} hours off takes appends, and dates them by its own clock`, () =>
      withTestServer(async ({ server, open }) => {
        const store = open()
        server.faults.skewClock(hours * 3_600_000)
        await store.append('visit-demo-1', someEvents(1), { expected: 'none', meta: META })
        const [event] = await store.readStream('visit-demo-1')
        const off = Date.parse(event?.time ?? '') - Date.now() - hours * 3_600_000
        assert.ok(Math.abs(off) < 60_000, `${off} ms beside it`)
      }))
  }
})

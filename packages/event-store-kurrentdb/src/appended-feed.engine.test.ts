import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { KurrentEvents } from './index.ts'
import { META, someEvents, until, withTestServer } from './testing/with-test-server.ts'

let streams = 0
async function appendOne(store: KurrentEvents): Promise<void> {
  streams += 1
  await store.append(`visit-demo-${streams}`, someEvents(1), { expected: 'none', meta: META })
}

describe('KurrentDB events tell that there is something to read', () => {
  test('what another process appends is heard of, and what another service appends is not', () =>
    withTestServer(async ({ open }) => {
      const [store, other, foreign] = [open(), open(), open({ service: 'foreign' })]
      let hints = 0
      store.onAppended(() => {
        hints += 1
      })
      await until('the subscription to stand', () => hints > 0)
      const before = hints
      for (let count = 0; count < 20; count += 1) await appendOne(foreign)
      await appendOne(other)
      await until('the hint', () => hints > before)
      assert.equal(hints, before + 1)
    }))

  for (const how of ['dropSubscriptions', 'breakConnections'] as const) {
    test(`after ${how} it subscribes again by itself, and again`, () =>
      withTestServer(async ({ server, open }) => {
        const [store, other] = [open(), open()]
        let readable = 0
        store.onAppended(() => {
          void store.readAll().then(
            (page) => {
              readable = Math.max(readable, page.events.length)
            },
            () => {},
          )
        })
        for (let round = 1; round <= 5; round += 1) {
          server.faults[how]()
          await appendOne(other)
          await until('the event of the other process', () => readable === round)
        }
      }))
  }

  test('what was appended while nothing was heard is hinted at once the server is back', () =>
    withTestServer(async ({ server, open }) => {
      const store = open()
      let hints = 0
      store.onAppended(() => {
        hints += 1
      })
      await until('the subscription to stand', () => hints > 0)
      server.faults.refuseCalls(true)
      const before = hints
      server.faults.refuseCalls(false)
      await until('the hint of the new subscription', () => hints > before)
    }))

  test('a listener that throws disturbs neither the other listeners nor the store', () =>
    withTestServer(async ({ open }) => {
      const store = open()
      let hints = 0
      store.onAppended(() => {
        throw new Error('a fault of the listener')
      })
      store.onAppended(() => {
        hints += 1
      })
      await appendOne(store)
      await until('the other listener', () => hints > 0)
      await appendOne(store)
      assert.equal((await store.readAll()).events.length, 2)
    }))
})

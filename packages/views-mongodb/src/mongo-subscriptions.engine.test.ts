import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { type EventStore, newId, Subscription, streamName, systemClock } from '@dulian/event-sourcing'
import { subscriptionSuite } from '@dulian/event-sourcing/testing'
import { openSqliteEvents } from '@dulian/event-store-sqlite'
import { engineToSkip, findEngine } from '@dulian/test-engines'
import type { SpaceDefinition, ViewEngine } from '@dulian/views'
import { openMongoViews } from './index.ts'
import { onceAvailable } from './testing/counting-view.ts'
import { MongoProxy } from './testing/mongo-proxy.ts'
import { PATIENT } from './testing/patience.ts'

const engine = await findEngine('mongodb')
after(() => engine?.stop())
const address = engine?.address ?? ''

if (engine !== undefined) {
  subscriptionSuite(`SQLite and MongoDB (${engine.title})`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dulian-subscriptions-'))
    const service = `test-${randomUUID()}`
    const stores: EventStore[] = []
    const engines: ViewEngine[] = []
    return {
      store: async () => {
        const store = openSqliteEvents({ file: join(folder, 'events.db') })
        stores.push(store)
        return store
      },
      views: async (clock) => {
        const views = openMongoViews({ address, service, clock: () => clock.now(), ...PATIENT })
        engines.push(views)
        return views
      },
      dispose: async () => {
        for (const views of engines) await views.close()
        for (const store of stores) await store.close()
        await rm(folder, { recursive: true })
      },
    }
  })
}

const SUMS: SpaceDefinition = { name: 'sums', revision: 1, collections: { sums: { indexes: {} } } }

describe('a subscription whose views are on MongoDB', { skip: engineToSkip(engine, 'mongodb') }, () => {
  test('sees every event once and parks none while the server is gone again and again', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'dulian-outages-'))
    t.after(() => rm(folder, { recursive: true }))
    const store = openSqliteEvents({ file: join(folder, 'events.db') })
    t.after(() => store.close())
    const proxy = await MongoProxy.start(address)
    t.after(() => proxy.close())
    const service = `test-${randomUUID()}`
    const views = openMongoViews({ address: proxy.address, service, reachWithin: 1_000 })
    t.after(() => views.close())
    const space = await onceAvailable(() => views.open(SUMS))
    const parked: unknown[] = []
    const live = new Subscription({
      name: 'sums',
      store,
      space,
      filter: { types: ['counted.v1'] },
      handle: async ({ stream }, unit) => {
        for (const id of [stream, 'all']) {
          const before = await unit.get<{ sum: number }>('sums', id)
          unit.put('sums', id, { sum: (before?.sum ?? 0) + 1 })
        }
      },
      clock: systemClock,
      holder: 'one',
      batchSize: 3,
      pollInterval: 20,
      retry: { attempts: 3, delay: () => 10 },
      onProblem: (problem) => {
        if (problem.kind === 'parked') parked.push(problem)
      },
    })
    await live.start()
    t.after(() => live.stop())
    let appended = 0
    const append = async (): Promise<void> => {
      appended += 1
      await store.append(
        streamName('counter', 'demo', `s${appended % 4}`),
        [{ id: newId(Date.now()), type: 'counted.v1', data: {} }],
        { expected: 'any', meta: { correlationId: 'test', actor: 'test', office: 'demo' } },
      )
    }
    for (let outage = 1; outage <= 8; outage += 1) {
      proxy.cutAt(outage, outage % 2 === 0 ? 'before' : 'after')
      for (let n = 0; n < 10; n += 1) await append()
      while (proxy.isUp) await append()
      for (let n = 0; n < 10; n += 1) await append()
      proxy.restore()
      await live.caughtUp()
    }
    assert.deepEqual(parked, [])
    assert.deepEqual(await space.parked(), [])
    const sumOf = async (id: string): Promise<number> =>
      Number((await space.get<{ sum: number }>('sums', id))?.document.sum)
    const streams = await Promise.all([0, 1, 2, 3].map((n) => sumOf(streamName('counter', 'demo', `s${n}`))))
    assert.equal(await sumOf('all'), appended)
    assert.equal(
      streams.reduce((sum, one) => sum + one, 0),
      appended,
    )
  })
})

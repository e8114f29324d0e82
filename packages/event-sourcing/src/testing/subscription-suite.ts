import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ViewEngine, ViewSpace } from '@dulian/views'
import { isViewError } from '@dulian/views'
import { z } from 'zod'
import { type FakeClock, fakeClock } from '../clock.ts'
import { eventSourcingError, isDomainError } from '../errors.ts'
import { eventCatalogue } from '../event-catalogue.ts'
import { type EventStore, streamName } from '../event-store.ts'
import { newId } from '../ids.ts'
import { defineProjection, on, type Projection } from '../projection.ts'
import { Subscription, type SubscriptionOptions } from '../subscription.ts'
import { BatchUnitOfWork } from '../unit-of-work.ts'

/** A pair of engines under test. Every call of `store` and `views` opens what was there before. */
export interface SubscriptionHarness {
  store(): Promise<EventStore>
  views(clock: FakeClock): Promise<ViewEngine>
  dispose(): Promise<void>
}

const counted = eventCatalogue({
  Counted: { stored: 'counted.v1', schema: z.object({ by: z.number() }) },
})

/** Sums per stream and over all: the second shows at once when anything is applied twice or left out. */
const sums: Projection = defineProjection(
  { name: 'sums', revision: 1, collections: { sums: { indexes: { bySum: ['sum'] } } } },
  [
    on(counted, {
      Counted: async (event, unit) => {
        for (const id of [event.envelope.stream, 'all']) {
          const before = await unit.get<{ sum: number }>('sums', id)
          unit.put('sums', id, { sum: (before?.sum ?? 0) + event.data.by })
        }
      },
    }),
  ],
)

const RETRY = { attempts: 3, delay: () => 1 }

interface Bench {
  readonly store: EventStore
  readonly clock: FakeClock
  readonly space: ViewSpace
  readonly engine: ViewEngine
  readonly harness: SubscriptionHarness
}

/** What every pair of an event store and a view engine must hold for subscriptions. */
export function subscriptionSuite(name: string, makeHarness: () => Promise<SubscriptionHarness>): void {
  async function withBench(work: (bench: Bench) => Promise<void>): Promise<void> {
    const harness = await makeHarness()
    try {
      const clock = fakeClock('2026-03-02T00:00:00Z')
      const store = await harness.store()
      const engine = await harness.views(clock)
      await work({ harness, clock, store, engine, space: await engine.open(sums.space) })
    } finally {
      await harness.dispose()
    }
  }

  async function count({ store }: Bench, stream: string, ...steps: readonly number[]): Promise<void> {
    for (const by of steps) {
      await store.append(
        streamName('counter', 'demo', stream),
        [{ id: newId(Date.now()), type: 'counted.v1', data: { by } }],
        {
          expected: 'any',
          meta: { correlationId: 'test', actor: 'test', office: 'demo' },
        },
      )
    }
  }

  function follow({ store, space, clock }: Bench, more: Partial<SubscriptionOptions> = {}): Subscription {
    return new Subscription({
      name: 'sums',
      store,
      space,
      filter: { types: sums.types },
      handle: (event, unit) => sums.project(event, unit),
      clock,
      holder: 'one',
      retry: RETRY,
      pollInterval: 20,
      ...more,
    })
  }

  async function sumOf(space: ViewSpace, stream: string): Promise<number | undefined> {
    const id = stream === 'all' ? 'all' : streamName('counter', 'demo', stream)
    return (await space.get<{ sum: number }>('sums', id))?.document.sum
  }

  describe(`subscriptions on ${name}`, () => {
    test('a view sees every event once, live and after a restart', () =>
      withBench(async (bench) => {
        await count(bench, 'a', 1, 2, 3, 4, 5, 6, 7, 8, 9)
        const live = follow(bench, { batchSize: 4 })
        await live.start()
        await live.caughtUp()
        await count(bench, 'b', 100)
        await live.caughtUp()
        assert.equal(await sumOf(bench.space, 'all'), 145)
        await live.stop()
        await bench.engine.close()

        await count(bench, 'a', 1_000)
        const engine = await bench.harness.views(bench.clock)
        const space = await engine.open(sums.space)
        const again = follow({ ...bench, space }, { holder: 'two' })
        await again.start()
        await again.caughtUp()
        assert.equal(await sumOf(space, 'all'), 1_145)
        await again.stop()
      }))

    test('two runners of one subscription never apply an event twice, and the second takes over when the first stops', () =>
      withBench(async (bench) => {
        const first = follow(bench, { holder: 'one', batchSize: 3 })
        const second = follow({ ...bench, space: await bench.engine.open(sums.space) }, { holder: 'two', batchSize: 3 })
        await Promise.all([first.start(), second.start()])
        for (let n = 0; n < 50; n += 1) await count(bench, `s${n % 5}`, 1)
        await Promise.race([first.caughtUp(), second.caughtUp()])
        assert.equal(await sumOf(bench.space, 'all'), 50)
        await first.stop()
        for (let n = 0; n < 10; n += 1) await count(bench, 's0', 1)
        await second.caughtUp()
        assert.equal(await sumOf(bench.space, 'all'), 60)
        await second.stop()
      }))

    test('who waits at the runner without the lease learns how far the other one has come, also past events that nobody wants', () =>
      withBench(async (bench) => {
        const first = follow(bench, { holder: 'one' })
        await first.start()
        await count(bench, 'a', 1)
        await first.caughtUp()
        const second = follow({ ...bench, space: await bench.engine.open(sums.space) }, { holder: 'two' })
        await second.start()
        await count(bench, 'a', 2, 3)
        assert.equal(await second.reached(await bench.store.head()), true)
        assert.equal(await sumOf(bench.space, 'all'), 6)
        const { position } = await bench.store.append(
          streamName('other', 'demo', 'a'),
          [{ id: newId(Date.now()), type: 'unwanted.v1', data: {} }],
          { expected: 'none', meta: { correlationId: 'test', actor: 'test', office: 'demo' } },
        )
        assert.equal(await second.reached(position), true)
        assert.equal(second.status().state, 'waiting-for-lease')
        await assert.rejects(second.replay('some event'), (error) => isDomainError(error, 'SUBSCRIPTION_ELSEWHERE'))
        await first.stop()
        await second.stop()
      }))

    test('a runner that lost its lease leaves nothing behind', () =>
      withBench(async (bench) => {
        const { space, store, clock } = bench
        await count(bench, 'a', 5)
        const slow = await space.acquire('slow', 1_000)
        assert.ok(slow)
        const page = await store.readAll({ filter: { types: sums.types } })
        const unit = new BatchUnitOfWork(space, '0')
        for (const event of page.events) {
          unit.at(event.position)
          await sums.project(event, unit)
        }
        clock.advance(2_000)
        assert.ok(await space.acquire('quick', 1_000))
        await assert.rejects(space.commit(slow, { position: page.checkedThrough, writes: unit.writes() }), (error) =>
          isViewError(error, 'LEASE_LOST'),
        )
        assert.equal(await sumOf(space, 'all'), undefined)
        assert.equal(await space.position(), '0')
      }))

    test('a crash between the handler and its checkpoint applies nothing twice', () =>
      withBench(async (bench) => {
        await count(bench, 'a', 1, 1, 1, 1, 1)
        let crashes = 2
        let handled = 0
        const shaky = follow(bench, {
          flush: async (events) => {
            handled += events.length
            if (crashes > 0) {
              crashes -= 1
              throw new Error('power cut before the checkpoint')
            }
          },
        })
        await shaky.start()
        await shaky.caughtUp()
        await shaky.stop()
        assert.equal(await sumOf(bench.space, 'all'), 5)
        assert.equal(handled, 15, 'the handler ran again for each lost checkpoint')
      }))

    test('a poison event is parked, its stream waits behind it, the rest goes on, and a replay heals in order', () =>
      withBench(async (bench) => {
        const { space } = bench
        let broken = true
        const problems: string[] = []
        const live = follow(bench, {
          handle: async (event, unit) => {
            await sums.project(event, unit)
            if (broken && (event.data as { by: number }).by === 13) throw new TypeError('cannot count to thirteen')
          },
          onProblem: (problem) => problems.push(problem.kind),
        })
        await live.start()
        await count(bench, 'bad', 1, 13, 2)
        await count(bench, 'good', 4)
        await live.caughtUp()
        assert.equal(await sumOf(space, 'bad'), 1, 'what the failing handler wrote is taken back')
        assert.equal(await sumOf(space, 'good'), 4)
        const parked = await space.parked()
        assert.deepEqual(parked.map(({ error }) => error).sort(), ['BLOCKED', 'TypeError'])
        const poison = parked.find(({ error }) => error === 'TypeError')
        assert.equal(poison?.attempts, RETRY.attempts)
        assert.deepEqual(problems, ['retrying', 'retrying', 'parked'])

        await assert.rejects(live.replay(poison?.eventId ?? ''), TypeError)
        assert.equal((await space.parked()).length, 2, 'a failed replay changes nothing')
        broken = false
        assert.equal(await live.replay(poison?.eventId ?? ''), 2)
        assert.equal(await sumOf(space, 'bad'), 16)
        assert.equal(await sumOf(space, 'all'), 20)
        assert.equal((await space.parked()).length, 0)
        await count(bench, 'bad', 100)
        await live.caughtUp()
        assert.equal(await sumOf(space, 'all'), 120)
        await live.stop()
      }))

    for (const [what, code] of [
      ['what could not be stored is tried until it can: a full disk parks nothing', 'STORAGE_FULL'],
      ['what counts in a view that is far behind waits for it and is not parked', 'CHECK_BEHIND'],
    ] as const) {
      test(what, () =>
        withBench(async (bench) => {
          let refusals = 3 * RETRY.attempts
          const problems = new Set<string>()
          const live = follow(bench, {
            handle: async (event, unit) => {
              await sums.project(event, unit)
              if (refusals > 0) {
                refusals -= 1
                throw eventSourcingError(code)
              }
            },
            onProblem: (problem) => problems.add(problem.kind),
          })
          await live.start()
          await count(bench, 'a', 1, 2)
          await count(bench, 'b', 4)
          await live.caughtUp()
          assert.equal(await sumOf(bench.space, 'all'), 7)
          assert.deepEqual([...problems], ['retrying'])
          assert.deepEqual(await bench.space.parked(), [])
          await live.stop()
        }),
      )
    }

    test('a poison event in a page that has to be repeated is parked once, for its own fault, and skipped for good', () =>
      withBench(async (bench) => {
        let outages = 2
        const live = follow(bench, {
          handle: async (event, unit) => {
            await sums.project(event, unit)
            if ((event.data as { by: number }).by === 13) throw new TypeError('cannot count to thirteen')
          },
          flush: async () => {
            if (outages === 0) return
            outages -= 1
            throw new Error('nobody takes it now')
          },
        })
        await count(bench, 'bad', 13)
        await live.start()
        await live.caughtUp()
        const parked = await bench.space.parked()
        assert.deepEqual(
          parked.map(({ error, attempts }) => [error, attempts]),
          [['TypeError', RETRY.attempts]],
        )
        await live.skip(parked[0]?.eventId ?? '')
        await count(bench, 'bad', 2)
        await live.caughtUp()
        assert.equal(await sumOf(bench.space, 'bad'), 2)
        await live.stop()
      }))

    test('skipping a poison event leaves it out and lets what waited through, also after a restart', () =>
      withBench(async (bench) => {
        const { space } = bench
        const refuse: SubscriptionOptions['handle'] = async (event, unit) => {
          if ((event.data as { by: number }).by === 13) throw new TypeError('no')
          await sums.project(event, unit)
        }
        const first = follow(bench, { handle: refuse })
        await first.start()
        await count(bench, 'bad', 13)
        await first.caughtUp()
        await first.stop()
        const second = follow(bench, { handle: refuse, holder: 'two' })
        await second.start()
        await count(bench, 'bad', 2)
        await second.caughtUp()
        const parked = await space.parked()
        assert.equal(parked.length, 2, 'the stream is still blocked after the restart')
        const poison = parked.find(({ error }) => error === 'TypeError')
        assert.equal(await second.skip(poison?.eventId ?? ''), 2)
        assert.equal(await sumOf(space, 'all'), 2)
        await second.stop()
      }))

    test('a view filled from the beginning equals the live one', () =>
      withBench(async (bench) => {
        const { space } = bench
        const live = follow(bench, { batchSize: 4 })
        await live.start()
        for (let n = 0; n < 40; n += 1) await count(bench, `s${n % 7}`, n)
        await live.caughtUp()
        const documents = async (): Promise<unknown> => {
          const page = await space.find('sums', { where: {}, sort: [['sum', 'asc']], limit: 100 })
          return page.items.map(({ id, document }) => [id, document])
        }
        const before = await documents()
        await live.stop()

        const next = await space.beginGeneration()
        const again = follow({ ...bench, space: next }, { batchSize: 9 })
        await again.start()
        await again.caughtUp()
        await again.stop()
        await space.promote(next)
        assert.deepEqual(await documents(), before)
      }))

    test('what was handled between the filling and the promotion of a generation is made up for without another event', () =>
      withBench(async (bench) => {
        const { space } = bench
        const live = follow(bench)
        await live.start()
        await count(bench, 'a', 1, 2)
        await live.caughtUp()
        const next = await space.beginGeneration()
        const filling = follow({ ...bench, space: next })
        await filling.start()
        await filling.caughtUp()
        await filling.stop()
        await count(bench, 'a', 4)
        await live.caughtUp()
        await space.promote(next)
        live.recheckLease()
        for (const until = Date.now() + 5_000; Date.now() < until && (await sumOf(space, 'all')) !== 7; ) {
          await new Promise((resolve) => setImmediate(resolve))
        }
        assert.equal(await sumOf(space, 'all'), 7)
        await live.stop()
      }))

    test('stopping in the middle of a page keeps what was handled and nothing else', () =>
      withBench(async (bench) => {
        await count(bench, 'a', ...Array.from({ length: 20 }, () => 1))
        let seen = 0
        let stopping: Promise<void> | undefined
        const live: Subscription = follow(bench, {
          handle: async (event, unit) => {
            await sums.project(event, unit)
            seen += 1
            if (seen === 7) stopping = live.stop()
          },
        })
        await live.start()
        while (stopping === undefined) await new Promise((resolve) => setImmediate(resolve))
        await stopping
        assert.equal(await sumOf(bench.space, 'all'), 7)
        const again = follow(bench, { holder: 'two' })
        await again.start()
        await again.caughtUp()
        assert.equal(await sumOf(bench.space, 'all'), 20)
        await again.stop()
      }))
  })
}

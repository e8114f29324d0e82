import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, type TestContext, test } from 'node:test'
import { engineToSkip, findEngine } from '@dulian/test-engines'
import { type Commit, isViewError, type Lease, type ParkedEvent, type ViewSpace } from '@dulian/views'
import { openMongoViews } from './index.ts'
import { COUNTING, onceAvailable, reachedIn, writesOf } from './testing/counting-view.ts'
import { MongoProxy } from './testing/mongo-proxy.ts'
import { PATIENT } from './testing/patience.ts'

const engine = await findEngine('mongodb')
after(() => engine?.stop())

const TTL = 30_000
const lost = (error: unknown): boolean => isViewError(error, 'LEASE_LOST')
const unavailable = (error: unknown): boolean => isViewError(error, 'VIEWS_UNAVAILABLE')

describe('a commit on MongoDB is whole', { skip: engineToSkip(engine, 'mongodb') }, () => {
  const address = engine?.address ?? ''
  let now = Date.parse('2026-05-20T08:00:00Z')
  const clock = (): number => now

  async function openDirectly(t: TestContext, service: string) {
    const views = openMongoViews({ address, service, clock, ...PATIENT })
    t.after(() => views.close())
    return { views, space: await views.open(COUNTING) }
  }

  async function openBehindProxy(t: TestContext, service: string) {
    const proxy = await MongoProxy.start(address)
    t.after(() => proxy.close())
    const views = openMongoViews({ address: proxy.address, service, clock, reachWithin: 2_000 })
    t.after(() => views.close())
    const space = await onceAvailable(() => views.open(COUNTING))
    return { proxy, views, space, lease: await onceAvailable(() => held(space, 'first')) }
  }

  // Small writes travel in the space's record, large ones in several documents of the journal.
  for (const [size, filling] of [
    ['small', 0],
    ['large', 100_000],
  ] as const) {
    for (const how of ['before', 'after'] as const) {
      const what = how === 'before' ? 'does not reach the server' : 'is carried out and its answer is lost'
      test(`a ${size} commit whose writer dies when any one of its steps ${what}`, async (t) => {
        const outcomes: number[] = []
        for (let step = 1; ; step += 1) {
          const service = `test-${randomUUID()}`
          const first = await openBehindProxy(t, service)
          await first.space.commit(first.lease, commitOf(1, filling))
          first.proxy.cutAt(step, how)
          const failure = await first.space.commit(first.lease, commitOf(2, filling)).then(
            () => undefined,
            (error: unknown) => error,
          )
          const second = await openDirectly(t, service)
          const reached = await reachedIn(second.space)
          assert.equal(new Set(reached).size, 1, `step ${step}: ${reached}`)
          outcomes.push(reached[0] ?? 0)
          first.proxy.restore()
          if (failure === undefined) {
            assert.equal(reached[0], 2)
          } else {
            assert.ok(unavailable(failure), String(failure))
            // Nobody knows what became of it, so the lease is over: whoever goes on asks for it and for the position.
            const again = (): Promise<void> => first.space.commit(first.lease, commitOf(2, filling))
            await onceAvailable(again).then(
              () => assert.equal(step, 1, 'only what is asked before the commit begins leaves it as it was'),
              (error: unknown) => assert.ok(lost(error), String(error)),
            )
          }
          now += TTL
          const lease = await held(second.space, 'second')
          await second.space.commit(lease, commitOf(2, filling))
          await second.space.commit(lease, commitOf(3, filling))
          assert.deepEqual(new Set(await reachedIn(second.space)), new Set([3]))
          await assert.rejects(first.space.commit(first.lease, commitOf(4, filling)), lost)
          if (failure === undefined) break
        }
        assert.ok(outcomes.length > 4 && outcomes.includes(2), String(outcomes))
        if (how === 'before') assert.equal(outcomes[0], 1, String(outcomes))
      })
    }
  }

  for (const [size, filling] of [
    ['small', 0],
    ['large', 100_000],
  ] as const) {
    test(`a ${size} commit whose connection breaks at any one of its steps and is back at once`, async (t) => {
      for (let step = 1; ; step += 1) {
        const service = `test-${randomUUID()}`
        const first = await openBehindProxy(t, service)
        await first.space.commit(first.lease, commitOf(1, filling))
        first.proxy.blinkAt(step, 'after')
        const failure = await first.space.commit(first.lease, commitOf(2, filling)).then(
          () => undefined,
          (error: unknown) => error,
        )
        if (first.proxy.isWaiting) {
          assert.ok(step > 4, `all ${step - 1} steps of the commit were tried`)
          break
        }
        if (failure !== undefined) assert.ok(unavailable(failure), String(failure))
        const second = await openDirectly(t, service)
        const reached = await reachedIn(second.space)
        assert.equal(new Set(reached).size, 1, `step ${step}: ${reached}`)
        now += TTL
        const lease = await held(second.space, 'second')
        await second.space.commit(lease, commitOf(2, filling))
        await second.space.commit(lease, commitOf(3, filling))
        assert.deepEqual(new Set(await reachedIn(second.space)), new Set([3]))
      }
    })
  }

  test('a writer that was held up while another took over changes nothing of what came after', async (t) => {
    for (const target of ['.documents.items', '.documents.others', '.parked']) {
      const service = `test-${randomUUID()}`
      const first = await openBehindProxy(t, service)
      await first.space.commit(first.lease, commitOf(1))
      const heldUp = first.proxy.hold('update', target)
      const late = first.space.commit(first.lease, commitOf(2))
      await heldUp
      now += TTL
      const second = await openDirectly(t, service)
      const lease = await held(second.space, 'second')
      assert.deepEqual(new Set(await reachedIn(second.space)), new Set([2]), 'carried out by whoever takes over')
      // The same version once more, as a replayed event would have it, with other content.
      const again = commitOf(2).writes?.map((write) => ({ ...write, document: { office: 'cq' } })) ?? []
      await second.space.commit(lease, { position: '3', writes: again })
      first.proxy.letThrough()
      await late
      for (const { collection, id } of again) {
        assert.deepEqual((await second.space.get(collection, id))?.document, { office: 'cq' })
      }
      assert.equal(await second.space.position(), '3')
      await assert.rejects(first.space.commit(first.lease, commitOf(4)), lost)
    }
  })

  test('a writer that is held up before it is decided leaves nothing behind', async (t) => {
    for (const [name, target, filling] of [
      ['update', 'spaces', 0],
      ['insert', 'journal', 100_000],
      ['update', 'spaces', 100_000],
    ] as const) {
      const service = `test-${randomUUID()}`
      const first = await openBehindProxy(t, service)
      await first.space.commit(first.lease, commitOf(1))
      const heldUp = first.proxy.hold(name, target)
      const late = assert.rejects(first.space.commit(first.lease, commitOf(2, filling)), lost)
      await heldUp
      now += TTL
      const second = await openDirectly(t, service)
      const lease = await held(second.space, 'second')
      first.proxy.letThrough()
      await late
      assert.deepEqual(new Set(await reachedIn(second.space)), new Set([1]))
      await second.space.commit(lease, commitOf(2))
      assert.deepEqual(new Set(await reachedIn(second.space)), new Set([2]))
    }
  })

  test('two engines that take the lease from each other again and again lose nothing and double nothing', async (t) => {
    const service = `test-${randomUUID()}`
    const both = await Promise.all([openDirectly(t, service), openDirectly(t, service)])
    const [one, other] = both
    let reached = 0
    for (let round = 0; round < 20; round += 1) {
      const [holding, waiting] = round % 2 === 0 ? [one, other] : [other, one]
      const lease = await held(holding.space, `round ${round}`)
      reached = Number(await holding.space.position())
      const commits = [1, 2, 3].map((n) => holding.space.commit(lease, commitOf(reached + n)))
      now += TTL
      const taken = held(waiting.space, `against ${round}`)
      const settled = await Promise.allSettled(commits)
      const theirs = await taken
      for (const { status, ...rest } of settled) {
        if (status === 'rejected') assert.ok('reason' in rest && lost(rest.reason))
      }
      const kept = settled.filter(({ status }) => status === 'fulfilled').length
      assert.deepEqual(new Set(await reachedIn(waiting.space)), new Set([reached + kept]))
      await waiting.space.commit(theirs, commitOf(reached + kept + 1))
      await waiting.space.release(theirs)
    }
  })
})

/** Commit `n`: its documents, and a parked event that takes the place of the one before. */
function commitOf(n: number, filling = 0): Commit {
  return { position: String(n), writes: writesOf(n, filling), park: [parking(n)], unpark: [String(n - 1)] }
}

function parking(n: number): ParkedEvent {
  return {
    eventId: String(n),
    stream: 'counter-1',
    position: String(n),
    type: 'counted.v1',
    error: 'TypeError',
    attempts: 5,
    parkedAt: '2026-05-20T08:00:00.000Z',
  }
}

async function held(space: ViewSpace, holder: string): Promise<Lease> {
  const lease = await space.acquire(holder, TTL)
  assert.ok(lease, `${holder} gets the lease`)
  return lease
}

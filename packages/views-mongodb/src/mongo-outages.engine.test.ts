import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, type TestContext, test } from 'node:test'
import { canStartLocally, engineToSkip, findEngine, noEngine, startLocalEngine } from '@dulian/test-engines'
import { isViewError, type Lease, type ViewSpace } from '@dulian/views'
import { MongoClient } from 'mongodb'
import { Database } from './database.ts'
import { openMongoViews } from './index.ts'
import { applyWrites, LARGEST_WRITE_BYTES } from './record-writes.ts'
import { positionKey, toPosition } from './stored-position.ts'
import { COUNTING, onceAvailable, reachedIn, writesOf } from './testing/counting-view.ts'
import { MongoProxy } from './testing/mongo-proxy.ts'
import { PATIENT } from './testing/patience.ts'

const engine = await findEngine('mongodb')
after(() => engine?.stop())
const address = engine?.address ?? ''

/** Where the server's absence is under test. */
const BRIEF = { reachWithin: 1_000, answerWithin: 3_000 }

const unavailable = (error: unknown): boolean => isViewError(error, 'VIEWS_UNAVAILABLE')

describe('views on MongoDB', { skip: engineToSkip(engine, 'mongodb') }, () => {
  async function openBehindProxy(t: TestContext, within: typeof PATIENT) {
    const proxy = await MongoProxy.start(address)
    t.after(() => proxy.close())
    const service = `test-${randomUUID()}`
    const views = openMongoViews({ address: proxy.address, service, ...within })
    t.after(() => views.close())
    const space = await onceAvailable(() => views.open(COUNTING))
    return { proxy, views, space, service }
  }

  test('a server that is gone is named as such, within moments, and is found again when it is back', async (t) => {
    const { proxy, views, space } = await openBehindProxy(t, BRIEF)
    await space.commit(await held(space), { position: '1', writes: writesOf(1) })
    for (let outage = 1; outage <= 3; outage += 1) {
      const lease = await held(space)
      proxy.cut()
      const calls = [
        space.get('items', 'same'),
        space.find('items', { where: {} }),
        space.count('items', {}),
        space.position(),
        space.acquire('other', 1_000),
        space.commit(lease, { position: '2' }),
        space.beginGeneration(),
        views.open(COUNTING),
        views.storedRevision(COUNTING.name),
      ]
      const begun = performance.now()
      for (const call of await Promise.allSettled(calls)) {
        assert.ok(call.status === 'rejected' && unavailable(call.reason), String('reason' in call && call.reason))
        assert.doesNotMatch(String(call.reason), /127\.0\.0\.1/)
      }
      assert.ok(performance.now() - begun < 20_000)
      proxy.restore()
      await onceAvailable(() => space.position())
      assert.deepEqual(new Set(await reachedIn(space)), new Set([1]))
    }
  })

  test('a server that takes everything and answers nothing makes nobody wait for ever', async (t) => {
    const { proxy, space } = await openBehindProxy(t, BRIEF)
    const lease = await held(space)
    proxy.silence()
    await assert.rejects(space.get('items', 'same'), unavailable)
    await assert.rejects(space.commit(lease, { position: '1', writes: writesOf(1) }), unavailable)
    proxy.restore()
    const anew = await onceAvailable(() => held(space))
    await space.commit(anew, { position: '1', writes: writesOf(1) })
    assert.deepEqual(new Set(await reachedIn(space)), new Set([1]))
  })

  test('closing while the server is gone comes to an end, and everything is refused as closed', async (t) => {
    const { proxy, views, space } = await openBehindProxy(t, BRIEF)
    proxy.cut()
    const reading = space.get('items', 'same').catch((error: unknown) => error)
    await views.close()
    assert.ok(isViewError(await reading))
    await assert.rejects(space.get('items', 'same'), (error) => isViewError(error, 'VIEW_CLOSED'))
  })

  test('writes wait for the majority, and are not sent as retryable to a server that cannot', async (t) => {
    const { proxy, space } = await openBehindProxy(t, PATIENT)
    await space.commit(await held(space), { position: '1', writes: writesOf(1) })
    const writes = proxy.commands.filter(({ name }) => ['insert', 'update', 'delete', 'findAndModify'].includes(name))
    assert.ok(writes.length >= 4)
    for (const { name, body } of writes) assert.equal((body.writeConcern as { w?: unknown })?.w, 'majority', name)
    if (engine?.source !== 'local') return
    for (const { body } of writes) assert.equal(body.txnNumber, undefined)
  })

  test('thirty writers of one new document at once leave the newest version', async (t) => {
    const client = new MongoClient(address)
    t.after(() => client.close())
    const database = new Database({ db: client.db(`dulian-test-${randomUUID()}`) })
    const versions = Array.from({ length: 30 }, (_, n) => n + 1).sort(() => Math.random() - 0.5)
    for (let round = 0; round < 20; round += 1) {
      const id = `round-${round}`
      const write = (n: number) =>
        applyWrites(
          (collection) => database.documents(collection),
          [
            {
              collection: 'raced',
              id,
              position: positionKey(String(n)),
              live: true,
              text: `{"n":${n}}`,
              fields: {},
              tokens: [],
            },
          ],
          1,
        )
      await Promise.all(versions.map(write))
      const record = await database.documents('raced').findOne({ _id: id })
      assert.equal(record?.text, '{"n":30}')
      assert.equal(toPosition(record?.version ?? ''), '30')
    }
  })

  test('stale writes among thousands are left out, wherever in the bulk they stand', async (t) => {
    const { space } = await openBehindProxy(t, PATIENT)
    const lease = await held(space)
    const ids = Array.from({ length: 2_500 }, (_, n) => n)
    const put = (n: number, version: string) => ({
      collection: 'items',
      id: `i${n}`,
      version,
      document: { office: version },
    })
    await space.commit(lease, { position: '9', writes: ids.filter((n) => n % 3 === 0).map((n) => put(n, '9')) })
    await space.commit(lease, { position: '10', writes: ids.map((n) => put(n, '5')) })
    assert.equal(await space.count('items', { office: '9' }), 834)
    assert.equal(await space.count('items', { office: '5' }), 2_500 - 834)
  })

  test('a document beyond what MongoDB takes is refused clearly and nothing of its commit is kept', async (t) => {
    const { space } = await openBehindProxy(t, PATIENT)
    const lease = await held(space)
    const large = (bytes: number) => [
      { collection: 'items', id: 'small', version: '1', document: { n: 1 } },
      { collection: 'items', id: 'large', version: '1', document: { text: 'x'.repeat(bytes) } },
    ]
    await assert.rejects(space.commit(lease, { position: '1', writes: large(LARGEST_WRITE_BYTES) }), (error) =>
      isViewError(error, 'DOCUMENT_TOO_LARGE'),
    )
    assert.equal(await space.get('items', 'small'), undefined)
    assert.equal(await space.position(), '0')
    await space.commit(lease, { position: '1', writes: large(LARGEST_WRITE_BYTES - 1_000) })
    assert.equal(
      (await space.get<{ text: string }>('items', 'large'))?.document.text.length,
      LARGEST_WRITE_BYTES - 1_000,
    )
  })

  test('thousands of parked events are listed in order', async (t) => {
    const { space } = await openBehindProxy(t, PATIENT)
    const lease = await held(space)
    const park = Array.from({ length: 2_500 }, (_, n) => ({
      eventId: `e${n}`,
      stream: 's',
      position: String(2_500 - n),
      type: 't.v1',
      error: 'BLOCKED',
      attempts: 0,
      parkedAt: '',
    }))
    await space.commit(lease, { position: '2500', park })
    assert.deepEqual(await space.parked(), park.toReversed())
  })
})

describe('a server in memory', { skip: canStartLocally('mongodb') ? false : noEngine('mongodb') }, () => {
  test('that comes back with nothing gets empty views, which go on from the beginning', async (t) => {
    const local = await startLocalEngine('mongodb')
    t.after(() => local.stop())
    const views = openMongoViews({ address: local.address, service: 'lost' })
    t.after(() => views.close())
    const space = await views.open(COUNTING)
    const lease = await held(space)
    await space.commit(lease, { position: '1', writes: writesOf(1) })
    await local.kill()
    await local.restart()
    assert.equal(await onceAvailable(() => space.position()), '0')
    await assert.rejects(
      onceAvailable(() => space.commit(lease, { position: '2' })),
      (error) => isViewError(error, 'LEASE_LOST'),
    )
    await space.commit(await held(space), { position: '1', writes: writesOf(1) })
    assert.deepEqual(new Set(await reachedIn(space)), new Set([1]))
  })
})

async function held(space: ViewSpace): Promise<Lease> {
  const lease = await space.acquire('tester', 30_000)
  assert.ok(lease)
  return lease
}

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, type TestContext, test } from 'node:test'
import { engineToSkip, findEngine } from '@dulian/test-engines'
import type { SpaceDefinition, ViewSpace } from '@dulian/views'
import { MongoClient } from 'mongodb'
import { openMongoViews } from './index.ts'
import { COUNTING, reachedIn, writesOf } from './testing/counting-view.ts'
import { PATIENT } from './testing/patience.ts'

const engine = await findEngine('mongodb')
after(() => engine?.stop())

/** A name with everything that means something in MongoDB's names. */
const ODD: SpaceDefinition = { ...COUNTING, name: 'system.名/称 $1.2.3' }

describe('generations on MongoDB', { skip: engineToSkip(engine, 'mongodb') }, () => {
  const address = engine?.address ?? ''

  function openBoth(t: TestContext) {
    const service = `test-${randomUUID()}`
    const client = new MongoClient(address)
    const open = () => {
      const views = openMongoViews({ address, service, ...PATIENT })
      t.after(() => views.close())
      return views
    }
    t.after(() => client.close())
    const db = client.db(`dulian-${service}`)
    const collections = async (): Promise<string[]> =>
      (await db.listCollections().toArray()).map(({ name }) => name).filter((name) => name.startsWith('view.'))
    const indexes = async (name: string): Promise<string[]> =>
      (await db.collection(name).listIndexes().toArray()).map((index) => String(index.name)).sort()
    return { db, open, collections, indexes }
  }

  test('a promotion takes the old collections away, and the next start those that no space names', async (t) => {
    const { db, open, collections } = openBoth(t)
    const views = open()
    const space = await views.open(ODD)
    await fill(space, 1)
    const next = await space.beginGeneration()
    await fill(next, 2)
    const prefixes = async (): Promise<string[]> => [
      ...new Set((await collections()).map((name) => name.replace(/\.(documents\..*|parked)$/, ''))),
    ]
    assert.equal((await prefixes()).length, 2)
    await space.promote(next)
    const [live = '', ...others] = await prefixes()
    assert.deepEqual(others, [])
    assert.match(live, /\.2$/)
    await db.collection(`${live.replace(/2$/, '1')}.documents.items`).insertOne({ left: 'over' })
    await db.collection<{ _id: string }>(`${live.replace(/2$/, '17')}.parked`).insertOne({ _id: 'x' })
    await db.collection('journal').insertOne({ space: ODD.name, generation: 1, journal: 'x' })
    await db.collection('somebody.else').insertOne({})
    assert.deepEqual(new Set(await reachedIn(await open().open(ODD))), new Set([2]))
    assert.deepEqual(await prefixes(), [live])
    assert.equal(await db.collection('journal').countDocuments(), 0)
    assert.equal(await db.collection('somebody.else').countDocuments(), 1)
  })

  test('a generation being filled has no indexes; building or promoting makes them, opening adapts them', async (t) => {
    const { open, indexes } = openBoth(t)
    const space = await open().open(COUNTING)
    const declared = ['_id_', 'fields.office_1_fields.date_1__id_1', 'tokens_1'].sort()
    assert.deepEqual(await indexes('view.counting.1.documents.items'), declared)
    const next = await space.beginGeneration()
    await fill(next, 1)
    assert.deepEqual(await indexes('view.counting.2.documents.items'), ['_id_'])
    await next.buildIndexes()
    assert.deepEqual(await indexes('view.counting.2.documents.items'), declared)
    await space.promote(next)
    const other = { ...COUNTING, collections: { items: { indexes: { byNumber: ['n'], again: ['n'] } } } }
    const adapted = await open().open(other)
    assert.deepEqual(await indexes('view.counting.2.documents.items'), ['_id_', 'fields.n_1__id_1'].sort())
    const found = await adapted.find('items', { where: { n: 1 } })
    assert.deepEqual(found.items.map(({ id }) => id).sort(), ['new-1', 'same'])
  })

  test('whoever takes over from a process that indexed other fields finds what that wrote', async (t) => {
    const { open } = openBoth(t)
    const before = await open().open(COUNTING)
    const definition = {
      ...COUNTING,
      collections: { ...COUNTING.collections, items: { indexes: { byNumber: ['n'] } } },
    }
    const behind = await open().open(definition)
    await fill(before, 1)
    const lease = await behind.acquire('tester', 30_000)
    assert.ok(lease)
    assert.equal(await behind.count('items', { n: 1 }), 2)
  })
})

async function fill(space: ViewSpace, n: number): Promise<void> {
  const lease = await space.acquire('filler', 30_000)
  assert.ok(lease)
  await space.commit(lease, { position: String(n), writes: writesOf(n) })
  await space.release(lease)
}

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { BatchUnitOfWork, KnownDocuments } from '@dulian/event-sourcing'
import { openSqliteViews } from '@dulian/views-sqlite'

test('what committed batches left is not read again, what was taken back or removed is not believed', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-known-'))
  const engine = openSqliteViews({ folder })
  t.after(async () => {
    await engine.close()
    await rm(folder, { recursive: true })
  })
  const space = await engine.open({ name: 'lamps', revision: 1, collections: { lamps: { indexes: {} } } })
  const lease = await space.acquire('test', 60_000)
  assert.ok(lease)
  let reads = 0
  const { get, getMany } = space
  space.get = (collection, id) => {
    reads += 1
    return get.call(space, collection, id) as never
  }
  space.getMany = (collection, ids) => {
    reads += ids.length
    return getMany.call(space, collection, ids) as never
  }
  const known = new KnownDocuments(10)

  const first = new BatchUnitOfWork(space, '0', known)
  first.at('1')
  assert.equal(await first.get('lamps', 'a'), undefined)
  first.put('lamps', 'a', { on: true })
  first.put('lamps', 'b', { on: false })
  await space.commit(lease, { position: '1', writes: first.writes() })
  first.remember()
  assert.equal(reads, 1)

  const second = new BatchUnitOfWork(space, '1', known)
  await second.prefetch('lamps', ['a', 'b'])
  second.at('2')
  assert.deepEqual(await second.get('lamps', 'a'), { on: true })
  second.put('lamps', 'a', { on: false })
  second.undo()
  assert.deepEqual(await second.get('lamps', 'a'), { on: true })
  second.remove('lamps', 'b')
  assert.deepEqual(
    second.writes().map(({ id, version, document }) => [id, version, document]),
    [['b', '2', null]],
    'what was only read is not written',
  )
  await space.commit(lease, { position: '2', writes: second.writes() })
  second.remember()

  const third = new BatchUnitOfWork(space, '2', known)
  third.at('3')
  assert.equal(await third.get('lamps', 'b'), undefined)
  third.put('lamps', 'b', { on: true })
  await space.commit(lease, { position: '3', writes: third.writes() })
  third.remember()
  assert.equal(reads, 1)
  assert.deepEqual((await get.call(space, 'lamps', 'b'))?.document, { on: true })

  const uncommitted = new BatchUnitOfWork(space, '3', known)
  uncommitted.at('4')
  uncommitted.put('lamps', 'a', { on: 'lost' })
  assert.deepEqual(await new BatchUnitOfWork(space, '3', known).get('lamps', 'a'), { on: true })
})

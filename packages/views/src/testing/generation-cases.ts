import assert from 'node:assert/strict'
import { test } from 'node:test'
import { START } from '../position.ts'
import type { ViewSpace } from '../view-space.ts'
import { failsWith, held, idsOf, parking, put, type ViewCase } from './view-case.ts'

const lost = failsWith('LEASE_LOST')

async function fill(space: ViewSpace, ids: readonly string[], position: string): Promise<void> {
  const lease = await held(space, 'rebuild')
  const writes = ids.map((id) => put(id, position, { office: 'yc', generation: space.generation, words: ['重建'] }))
  await space.commit(lease, { position, writes })
  await space.release(lease)
}

export function generationCases(start: () => ViewCase): void {
  test('a rebuild is filled beside the live view, which answers and moves on until the swap', async () => {
    const on = start()
    const { space: live, lease } = await on.filled({ one: { office: 'yc', n: 1 }, two: { office: 'yc', n: 2 } })
    assert.equal(live.generation, 1)
    const next = await live.beginGeneration()
    assert.ok(next.generation > live.generation)
    assert.equal(await next.position(), START)
    assert.equal(await next.count('items', {}), 0)
    await fill(next, ['one', 'three'], '1')
    assert.deepEqual(await idsOf(live, { where: { office: 'yc' } }), ['one', 'two'])
    await live.commit(lease, { position: '2', writes: [put('two', '2', { office: 'yc', n: 22 })] })
    assert.deepEqual((await live.get('items', 'two'))?.document, { office: 'yc', n: 22 })
    assert.equal(await live.position(), '2')
    assert.equal(await next.position(), '1')
    assert.equal(await next.get('items', 'two'), undefined)

    const generation = next.generation
    await live.promote(next)
    assert.equal(live.generation, generation)
    assert.deepEqual(await idsOf(live, { where: { office: 'yc' } }), ['one', 'three'])
    assert.deepEqual(await idsOf(live, { where: { words: { all: ['重建'] } } }), ['one', 'three'])
    assert.equal(await live.position(), '1')
    await next.close()
    assert.equal(await live.count('items', {}), 2)
    const again = await on.reopen()
    assert.equal(again.generation, generation)
    assert.deepEqual(await idsOf(again, { where: { office: 'yc' } }), ['one', 'three'])
  })

  test('a swap ends every lease: nobody goes on from a position of the old generation', async () => {
    const { space: live, lease } = await start().filled({})
    const next = await live.beginGeneration()
    const rebuilding = await held(next, 'tester')
    await next.commit(rebuilding, { position: '1' })
    await live.promote(next)
    await assert.rejects(live.commit(lease, { position: '9' }), lost)
    await assert.rejects(live.renew(lease, 1_000), lost)
    await assert.rejects(live.commit(rebuilding, { position: '9' }), lost)
    const fresh = await held(live, 'somebody else')
    assert.ok(fresh.token > lease.token)
    assert.ok(fresh.token > rebuilding.token)
    await live.commit(fresh, { position: '2' })
    assert.equal(await live.position(), '2')
  })

  test('parked events belong to their generation', async () => {
    const { space: live, lease } = await start().filled({})
    await live.commit(lease, { position: '1', park: [parking('old', '1')] })
    const next = await live.beginGeneration()
    assert.deepEqual(await next.parked(), [])
    await next.commit(await held(next), { position: '1', park: [parking('new', '1')] })
    await live.promote(next)
    assert.deepEqual(await live.parked(), [parking('new', '1')])
  })

  test('an unfinished rebuild goes on where it was, also after a restart', async () => {
    const on = start()
    const { space } = await on.filled({ one: { office: 'yc' } })
    const first = await space.beginGeneration()
    await fill(first, ['two'], '7')
    const live = await on.reopen()
    assert.deepEqual(await idsOf(live, { where: {} }), ['one'])
    const resumed = await live.beginGeneration({ resume: true })
    assert.equal(resumed.generation, first.generation)
    assert.equal(await resumed.position(), '7')
    await fill(resumed, ['three'], '8')
    await live.promote(resumed)
    assert.deepEqual(await idsOf(live, { where: { office: 'yc' } }), ['three', 'two'])
  })

  test('without resume an unfinished rebuild is dropped and cannot be promoted any more', async () => {
    const { space: live, lease } = await start().filled({ one: { office: 'yc' } })
    const dropped = await live.beginGeneration()
    await fill(dropped, ['two'], '7')
    const fresh = await live.beginGeneration()
    assert.ok(fresh.generation > dropped.generation)
    assert.equal(await fresh.position(), START)
    assert.equal(await fresh.count('items', {}), 0)
    await assert.rejects(live.promote(dropped), lost)
    await live.commit(lease, { position: '2' })
    assert.deepEqual(await idsOf(live, { where: {} }), ['one'])
    await fill(fresh, ['three'], '7')
    await live.promote(fresh)
    assert.deepEqual(await idsOf(live, { where: {} }), ['three'])
  })

  test('indexes may be built before the swap; what is written and resumed afterwards is found like the rest', async () => {
    const on = start()
    const { space } = await on.filled({})
    const filling = await space.beginGeneration()
    await fill(filling, ['a'], '1')
    const where = { words: { all: ['重建'] } }
    assert.deepEqual(await idsOf(filling, { where }), ['a'], 'found without an index, too')
    await filling.buildIndexes()
    await filling.buildIndexes()
    await fill(filling, ['b'], '2')
    const live = await on.reopen()
    const resumed = await live.beginGeneration({ resume: true })
    await fill(resumed, ['c'], '3')
    const lease = await held(resumed)
    await resumed.commit(lease, { position: '4', writes: [put('a', '4', { office: 'yc', words: ['其他'] })] })
    assert.deepEqual(await idsOf(resumed, { where }), ['b', 'c'])
    await live.promote(resumed)
    assert.deepEqual(await idsOf(live, { where }), ['b', 'c'])
    assert.deepEqual(await idsOf(live, { where: { office: 'yc' } }), ['a', 'b', 'c'])
  })

  test('there is nothing to resume after a swap', async () => {
    const { space: live } = await start().filled({})
    const next = await live.beginGeneration({ resume: true })
    await fill(next, ['one'], '1')
    await live.promote(next)
    const after = await live.beginGeneration({ resume: true })
    assert.ok(after.generation > live.generation)
    assert.equal(await after.count('items', {}), 0)
  })

  test('the stored revision is the live generation’s, and changes with the swap', async () => {
    const on = start()
    const engine = await on.harness.engine()
    assert.equal(await engine.storedRevision(on.definition.name), undefined)
    await on.filled({ one: { office: 'yc' } })
    assert.equal(await engine.storedRevision(on.definition.name), 1)
    const revised = await engine.open({ ...on.definition, revision: 2 })
    assert.equal(await engine.storedRevision(on.definition.name), 1)
    assert.deepEqual(await idsOf(revised, { where: { office: 'yc' } }), ['one'], 'the old documents answer')
    const next = await revised.beginGeneration()
    await fill(next, ['two'], '1')
    assert.equal(await engine.storedRevision(on.definition.name), 1)
    await revised.promote(next)
    assert.equal(await engine.storedRevision(on.definition.name), 2)
    assert.deepEqual(await idsOf(revised, { where: { office: 'yc' } }), ['two'])
  })

  test('an unfinished rebuild of another revision is not resumed', async () => {
    const on = start()
    const { space } = await on.filled({})
    const old = await space.beginGeneration()
    await fill(old, ['old'], '7')
    const revised = await on.open({ ...on.definition, revision: 2 })
    const next = await revised.beginGeneration({ resume: true })
    assert.ok(next.generation > old.generation)
    assert.equal(await next.count('items', {}), 0)
  })

  test('new indexes and collections of a definition serve the documents that are there already', async () => {
    const on = start()
    await on.filled({
      a: { office: 'yc', title: '甲', labels: ['x'], words: ['y'] },
      b: { office: 'yc', title: '乙' },
    })
    const engine = await on.harness.reopen()
    const space = await engine.open({
      ...on.definition,
      collections: {
        items: { indexes: { byTitle: ['title'], byDate: ['office', 'date'] }, tokens: 'labels' },
        added: { indexes: { byName: ['name'] } },
      },
    })
    assert.deepEqual(await idsOf(space, { where: { title: '乙' } }), ['b'])
    assert.deepEqual(await idsOf(space, { where: { labels: { all: ['x'] } } }), ['a'])
    assert.deepEqual(await idsOf(space, { where: { name: 'x' } }, 'added'), [])
    await assert.rejects(space.find('items', { where: { words: { all: ['y'] } } }), failsWith('QUERY_NOT_DECLARED'))
  })

  test('another engine that has the space open turns to the promoted generation by itself', async () => {
    const on = start()
    const { space: watching, lease } = await on.filled({ one: { office: 'yc' } })
    const other = await on.harness.another()
    try {
      const theirs = await other.open(on.definition)
      const next = await theirs.beginGeneration()
      await fill(next, ['two', 'three'], '5')
      assert.deepEqual(await idsOf(watching, { where: { office: 'yc' } }), ['one'])
      await theirs.promote(next)
    } finally {
      await other.close()
    }
    assert.deepEqual(await idsOf(watching, { where: { office: 'yc' } }), ['three', 'two'])
    assert.equal(await watching.position(), '5')
    await assert.rejects(watching.commit(lease, { position: '6' }), lost)
    await watching.commit(await held(watching), { position: '6' })
  })
}

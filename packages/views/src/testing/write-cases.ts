import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Document } from '../document.ts'
import { failsWith, held, idsOf, put, type ViewCase } from './view-case.ts'

export function writeCases(start: () => ViewCase): void {
  test('a document is found with the position that wrote it; one that is not there is undefined', async () => {
    const { space } = await start().filled({ one: { office: 'yc', title: '责任督学' } })
    assert.deepEqual(await space.get('items', 'one'), {
      id: 'one',
      version: '1',
      document: { office: 'yc', title: '责任督学' },
    })
    assert.equal(await space.get('items', 'two'), undefined)
    assert.equal(await space.get('others', 'one'), undefined)
  })

  test('many documents are read at once; what is missing is left out', async () => {
    const { space } = await start().filled({ one: { n: 1 }, two: { n: 2 }, 三: { n: 3 } })
    const found = await space.getMany('items', ['三', 'one', 'nobody', 'one'])
    assert.deepEqual([...found.keys()].sort(), ['one', '三'])
    assert.deepEqual(found.get('三'), { id: '三', version: '1', document: { n: 3 } })
    assert.equal((await space.getMany('items', [])).size, 0)
  })

  test('an older write loses, a newer one wins', async () => {
    const { space, lease } = await start().filled({})
    await space.commit(lease, { position: '10', writes: [put('one', '10', { n: 10 })] })
    await space.commit(lease, { position: '11', writes: [put('one', '9', { n: 9 }), put('two', '9', { n: 9 })] })
    assert.deepEqual(await space.get('items', 'one'), { id: 'one', version: '10', document: { n: 10 } })
    assert.deepEqual((await space.get('items', 'two'))?.document, { n: 9 })
    await space.commit(lease, { position: '12', writes: [put('one', '12', { n: 12 })] })
    assert.deepEqual((await space.get('items', 'one'))?.document, { n: 12 })
  })

  test('positions are compared as numbers of any length, the second part included', async () => {
    const { space, lease } = await start().filled({})
    const ascending = [
      '9',
      '10',
      '10/1',
      '10/9',
      '10/10',
      '9007199254740993',
      '9007199254740994',
      '9223372036854775806',
    ]
    for (const version of ascending) {
      await space.commit(lease, { position: version, writes: [put('one', version, { at: version })] })
      assert.deepEqual(await space.get('items', 'one'), { id: 'one', version, document: { at: version } })
      assert.equal(await space.position(), version)
    }
    for (const version of ascending.slice(0, -1)) {
      await space.commit(lease, { position: version, writes: [put('one', version, { at: 'older' })] })
    }
    assert.equal((await space.get('items', 'one'))?.version, '9223372036854775806')
    assert.equal(await space.position(), '9223372036854775806')
  })

  test('the same commit twice gives the same as once', async () => {
    const { space, lease } = await start().filled({ gone: { office: 'yc', date: 'd' } })
    const commit = {
      position: '5',
      writes: [
        put('one', '4', { office: 'yc', words: ['永川'] }),
        put('two', '5', { office: 'yc' }),
        put('gone', '5', null),
      ],
    }
    const read = async () => [
      (await space.find('items', { where: { office: 'yc' }, sort: [['date', 'asc']] })).items,
      await idsOf(space, { where: { words: { all: ['永川'] } } }),
      await space.position(),
    ]
    await space.commit(lease, commit)
    const once = await read()
    await space.commit(lease, commit)
    assert.deepEqual(await read(), once)
    assert.deepEqual(once[1], ['one'])
  })

  test('of two writes of one position to one document, the later in the batch stands', async () => {
    const { space, lease } = await start().filled({})
    await space.commit(lease, { position: '3', writes: [put('one', '3', { n: 1 }), put('one', '3', { n: 2 })] })
    assert.deepEqual((await space.get('items', 'one'))?.document, { n: 2 })
  })

  test('a deleted document is gone from everywhere', async () => {
    const { space, lease } = await start().filled({ one: { office: 'yc', date: 'd', words: ['永川'] } })
    await space.commit(lease, { position: '2', writes: [put('one', '2', null)] })
    assert.equal(await space.get('items', 'one'), undefined)
    assert.equal((await space.getMany('items', ['one'])).size, 0)
    assert.deepEqual(await idsOf(space, { where: {} }), [])
    assert.deepEqual(await idsOf(space, { where: { office: 'yc' }, sort: [['date', 'asc']] }), [])
    assert.deepEqual(await idsOf(space, { where: { office: { not: 'x' }, rank: null } }), [])
    assert.deepEqual(await idsOf(space, { where: { words: { all: ['永川'] } } }), [])
    assert.equal(await space.count('items', {}), 0)
    assert.deepEqual(await space.group('items', ['office'], {}), [])
  })

  test('a deleted document does not come back by an older write, only by a newer one', async () => {
    const { space, lease } = await start().filled({ one: { n: 1 } })
    await space.commit(lease, { position: '7', writes: [put('one', '7', null), put('never', '7', null)] })
    await space.commit(lease, { position: '8', writes: [put('one', '6', { n: 6 }), put('never', '6', { n: 6 })] })
    assert.equal(await space.get('items', 'one'), undefined)
    assert.equal(await space.get('items', 'never'), undefined)
    await space.commit(lease, { position: '9', writes: [put('one', '9', { n: 9 })] })
    assert.deepEqual((await space.get('items', 'one'))?.document, { n: 9 })
  })

  test('a delete that is older than the document loses', async () => {
    const { space, lease } = await start().filled({})
    await space.commit(lease, { position: '5', writes: [put('one', '5', { n: 5 })] })
    await space.commit(lease, { position: '6', writes: [put('one', '4', null)] })
    assert.deepEqual((await space.get('items', 'one'))?.document, { n: 5 })
  })

  test('documents come back exactly: unicode, odd keys, empty things, large and deep ones', async () => {
    let deep: Document = { bottom: true }
    for (let level = 0; level < 60; level += 1) deep = { level: [deep], 名: level }
    const odd: Record<string, Document> = {
      empty: {},
      'id with spaces / ü 永川 👩‍🏫': { 名称: '𠮷野家 \u2028 "\\' },
      keys: { 'a.b': 1, $set: { $inc: 1 }, '': '', _id: 'x', version: 'mine', id: 'mine', __proto: 0 },
      values: { list: [], nested: [[], {}, [null, false, 0, '']], number: -1.5e-7, big: Number.MAX_SAFE_INTEGER },
      large: { text: '督'.repeat(350_000) },
      deep,
    }
    const { space } = await start().filled(odd)
    for (const [id, document] of Object.entries(odd)) {
      assert.deepEqual((await space.get('items', id))?.document, document, id)
    }
  })

  test('undefined members vanish', async () => {
    const { space } = await start().filled({ one: { office: 'yc', rank: undefined } })
    assert.deepEqual((await space.get('items', 'one'))?.document, { office: 'yc' })
    assert.deepEqual(await idsOf(space, { where: { rank: null } }), ['one'])
  })

  test('a replaced document leaves nothing of the old one behind', async () => {
    const { space, lease } = await start().filled({
      one: { office: 'yc', state: 'open', words: ['旧', '共'], extra: 1 },
    })
    await space.commit(lease, { position: '2', writes: [put('one', '2', { office: 'cq', words: ['新', '共'] })] })
    assert.deepEqual((await space.get('items', 'one'))?.document, { office: 'cq', words: ['新', '共'] })
    assert.deepEqual(await idsOf(space, { where: { office: 'yc' } }), [])
    assert.deepEqual(await idsOf(space, { where: { office: 'cq', state: null } }), ['one'])
    assert.deepEqual(await idsOf(space, { where: { words: { all: ['旧'] } } }), [])
    assert.deepEqual(await idsOf(space, { where: { words: { all: ['新', '共'] } } }), ['one'])
  })

  test('two spaces and two collections do not touch each other', async () => {
    const [a, b] = [start(), start()]
    const { space: one, lease } = await a.filled({ same: { office: 'a' } })
    const { space: two } = await b.filled({ same: { office: 'b' } })
    await one.commit(lease, {
      position: '9',
      writes: [put('same', '9', null), put('same', '9', { kind: 'x' }, 'others')],
    })
    assert.equal(await one.get('items', 'same'), undefined)
    assert.deepEqual((await one.get('others', 'same'))?.document, { kind: 'x' })
    assert.deepEqual((await two.get('items', 'same'))?.document, { office: 'b' })
    assert.equal(await two.position(), '1')
    assert.equal(await two.count('others', {}), 0)
  })

  test('a space without collections keeps its checkpoint all the same', async () => {
    const on = start()
    const bare = { name: on.definition.name, revision: 1, collections: {} }
    const space = await on.open(bare)
    await space.commit(await held(space), { position: '12' })
    assert.equal(await space.position(), '12')
    await assert.rejects(space.find('items', { where: {} }), failsWith('QUERY_NOT_DECLARED'))
  })

  test('everything is there after reopening', async () => {
    const on = start()
    const { space, lease } = await on.filled({ one: { office: 'yc', words: ['永川'] }, two: { office: 'yc' } })
    await space.commit(lease, { position: '2', writes: [put('two', '2', null)] })
    const again = await on.reopen()
    assert.equal(await again.position(), '2')
    assert.deepEqual(await idsOf(again, { where: { words: { all: ['永川'] } } }), ['one'])
    await again.commit(await held(again), { position: '3', writes: [put('two', '1', { office: 'yc' })] })
    assert.equal(await again.get('items', 'two'), undefined, 'the deletion is remembered')
  })
}

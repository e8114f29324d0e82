import assert from 'node:assert/strict'
import { test } from 'node:test'
import { START } from '../position.ts'
import { failsWith, held, parking, put, TTL, type ViewCase } from './view-case.ts'

const lost = failsWith('LEASE_LOST')
const closed = failsWith('VIEW_CLOSED')

export function leaseCases(start: () => ViewCase): void {
  test('a second holder waits until the lease has run out; its token is greater', async () => {
    const on = start()
    const space = await on.open()
    const first = await held(space, 'first')
    assert.equal(first.holder, 'first')
    assert.equal(first.expiresAt, on.harness.clock.now() + TTL)
    assert.equal(await space.acquire('second', TTL), undefined)
    on.harness.clock.advance(TTL - 1)
    assert.equal(await space.acquire('second', TTL), undefined)
    on.harness.clock.advance(1)
    const second = await held(space, 'second')
    assert.ok(second.token > first.token)
    assert.equal(await space.acquire('first', TTL), undefined)
  })

  test('a renewed lease goes on; whoever lost it cannot renew it', async () => {
    const on = start()
    const space = await on.open()
    const first = await held(space, 'first')
    on.harness.clock.advance(TTL - 1)
    const renewed = await space.renew(first, TTL)
    assert.equal(renewed.token, first.token)
    assert.equal(renewed.expiresAt, on.harness.clock.now() + TTL)
    on.harness.clock.advance(TTL - 1)
    assert.equal(await space.acquire('second', TTL), undefined)
    on.harness.clock.advance(1)
    await held(space, 'second')
    await assert.rejects(space.renew(renewed, TTL), lost)
  })

  test('a lease given back can be taken at once; giving back an old one takes nothing from the new holder', async () => {
    const space = await start().open()
    const first = await held(space, 'first')
    await space.release(first)
    const second = await held(space, 'second')
    assert.ok(second.token > first.token)
    await space.release(first)
    assert.equal(await space.acquire('third', TTL), undefined)
    await assert.rejects(space.commit(first, { position: '1' }), lost)
    await space.commit(second, { position: '1' })
  })

  test('the same holder gets the lease again, with a greater token; the old one is void', async () => {
    const space = await start().open()
    const before = await held(space, 'runner')
    const after = await held(space, 'runner')
    assert.ok(after.token > before.token)
    await assert.rejects(space.commit(before, { position: '1' }), lost)
    await space.commit(after, { position: '1' })
  })

  test('a clock set back a day does not make a dead holder’s lease last a day', async () => {
    const on = start()
    const space = await on.open()
    const first = await held(space, 'first')
    on.harness.clock.advance(-86_400_000)
    const second = await held(space, 'second')
    await assert.rejects(space.commit(first, { position: '1' }), lost)
    await space.commit(second, { position: '1' })
    on.harness.clock.advance(86_400_000)
  })

  test('of a commit under a lost lease nothing is kept', async () => {
    const on = start()
    const space = await on.open()
    const first = await held(space, 'first')
    await space.commit(first, { position: '1', park: [parking('kept', '1')], writes: [put('one', '1', { n: 1 })] })
    on.harness.clock.advance(TTL)
    const second = await held(space, 'second')
    const stale = {
      position: '5',
      writes: [put('one', '5', { n: 5 }), put('two', '5', { n: 5 })],
      park: [parking('stale', '5')],
      unpark: ['kept'],
    }
    await assert.rejects(space.commit(first, stale), lost)
    assert.equal(await space.position(), '1')
    assert.deepEqual((await space.get('items', 'one'))?.document, { n: 1 })
    assert.equal(await space.get('items', 'two'), undefined)
    assert.deepEqual(await space.parked(), [parking('kept', '1')])
    await space.commit(second, stale)
    assert.equal(await space.position(), '5')
    assert.deepEqual(await space.parked(), [parking('stale', '5')])
  })

  test('a commit that cannot be carried out leaves nothing behind', async () => {
    const { space, lease } = await start().filled({})
    const bad = { collection: 'nothing', id: 'x', version: '2', document: {} }
    await assert.rejects(
      space.commit(lease, { position: '2', writes: [put('one', '2', { n: 2 }), bad], park: [parking('p', '2')] }),
    )
    assert.equal(await space.get('items', 'one'), undefined)
    assert.equal(await space.position(), '1')
    assert.deepEqual(await space.parked(), [])
  })

  test('a new space starts at the beginning; an older position is not taken over', async () => {
    const on = start()
    const space = await on.open()
    assert.equal(await space.position(), START)
    const lease = await held(space)
    await space.commit(lease, { position: '10/2' })
    await space.commit(lease, { position: '10/1', writes: [put('one', '3', { n: 3 })] })
    await space.commit(lease, { position: '9' })
    assert.equal(await space.position(), '10/2')
    assert.deepEqual((await space.get('items', 'one'))?.document, { n: 3 })
    const again = await on.reopen()
    assert.equal(await again.position(), '10/2')
  })

  test('the lease outlives a restart: nobody else gets it before its time', async () => {
    const on = start()
    const lease = await held(await on.open(), 'first')
    const again = await on.reopen()
    assert.equal(await again.acquire('second', TTL), undefined)
    await again.commit(lease, { position: '1' })
  })

  test('another engine on the same data sees the lease and the commits', async () => {
    const on = start()
    const { space, lease } = await on.filled({ one: { n: 1 } })
    const other = await on.harness.another()
    try {
      const theirs = await other.open(on.definition)
      assert.equal(await theirs.acquire('other', TTL), undefined)
      assert.deepEqual((await theirs.get('items', 'one'))?.document, { n: 1 })
      on.harness.clock.advance(TTL)
      await held(theirs, 'other')
      await assert.rejects(space.commit(lease, { position: '2' }), lost)
    } finally {
      await other.close()
    }
  })

  test('parked events are listed oldest first, outlive a restart, and go when they are unparked', async () => {
    const on = start()
    const { space, lease } = await on.filled({})
    await space.commit(lease, { position: '12', park: [parking('c', '12'), parking('a', '9'), parking('b', '10')] })
    await space.commit(lease, { position: '13', park: [{ ...parking('b', '10'), attempts: 6 }] })
    const again = await on.reopen()
    assert.deepEqual(await again.parked(), [
      parking('a', '9'),
      { ...parking('b', '10'), attempts: 6 },
      parking('c', '12'),
    ])
    await again.commit(await held(again), { position: '14', unpark: ['b', 'never parked'] })
    assert.deepEqual(
      (await again.parked()).map(({ eventId }) => eventId),
      ['a', 'c'],
    )
  })

  test('closing in the middle of work is clean: what was answered is kept, the rest is refused', async () => {
    const on = start()
    const { space, lease } = await on.filled({})
    const commits = Array.from({ length: 20 }, (_, n) => {
      const version = String(n + 2)
      return space.commit(lease, { position: version, writes: [put(`i${n}`, version, { n })] })
    })
    const read = space.find('items', { where: {} })
    const closing = space.close()
    const outcomes = await Promise.allSettled([...commits, read])
    await closing
    await space.close()
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') assert.ok(closed(outcome.reason), String(outcome.reason))
    }
    const kept = outcomes.slice(0, 20).filter(({ status }) => status === 'fulfilled').length
    const again = await on.reopen()
    const found = await again.count('items', {})
    assert.ok(found >= kept)
    assert.equal(await again.position(), String(found + 1))
  })

  test('a closed space and a closed engine refuse everything', async () => {
    const on = start()
    const { space, lease } = await on.filled({ one: {} })
    await space.close()
    await assert.rejects(space.get('items', 'one'), closed)
    await assert.rejects(space.find('items', { where: {} }), closed)
    await assert.rejects(space.commit(lease, { position: '2' }), closed)
    await assert.rejects(space.acquire('x', TTL), closed)
    await assert.rejects(space.beginGeneration(), closed)
    const other = await on.harness.another()
    const theirs = await other.open(on.definition)
    await other.close()
    await other.close()
    await assert.rejects(theirs.get('items', 'one'), closed)
    await assert.rejects(other.open(on.definition), closed)
    await assert.rejects(other.storedRevision(on.definition.name), closed)
  })
}

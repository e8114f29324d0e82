import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSame, patchBetween, patched } from './patch.ts'

const none = new Set<string>()

test('a patch carries a document from one state to the next', () => {
  const before = { name: '甲', pupils: 10, tags: ['a', 'b'], note: 'x' }
  const after = { name: '乙', pupils: 10, tags: ['b', 'c'], extra: true }
  const patch = patchBetween(before, after, none)
  assert.ok(patch !== undefined)
  assert.deepEqual(patched(before, patch), { ...after, note: null })
})

test('applied to another day’s document it changes only what the event changed', () => {
  const patch = patchBetween({ name: '甲', tags: ['a', 'c'] }, { name: '甲', tags: ['a', 'c', 'd'] }, none)
  assert.ok(patch !== undefined)
  assert.deepEqual(patched({ name: '丙', tags: ['a'] }, patch), { name: '丙', tags: ['a', 'd'] })
})

test('a counter is added to, any other number is set', () => {
  const patch = patchBetween({ visits: 4, pupils: 9 }, { visits: 5, pupils: 12 }, new Set(['visits']))
  assert.ok(patch !== undefined)
  assert.deepEqual(patched({ visits: 1, pupils: 3 }, patch), { visits: 2, pupils: 12 })
})

test('equal elements of a list are counted, and a change of one element is its going and its coming', () => {
  const patch = patchBetween({ list: [1, 1, { a: 1, b: 2 }] }, { list: [1, { a: 1, b: 3 }] }, none)
  assert.ok(patch !== undefined)
  assert.deepEqual(patched({ list: [1, 1, { b: 2, a: 1 }] }, patch), { list: [1, { a: 1, b: 3 }] })
})

test('what is the same gives no patch, and a document that is not there takes none', () => {
  assert.equal(patchBetween({ a: 1, b: { c: 1, d: 2 } }, { b: { d: 2, c: 1 }, a: 1 }, none), undefined)
  assert.equal(patchBetween(null, null, none), undefined)
  const patch = patchBetween({ a: 1 }, { a: 2 }, none)
  assert.ok(patch !== undefined)
  assert.equal(patched(null, patch), null)
  assert.deepEqual(patchBetween({ a: 1 }, null, none), { kind: 'gone' })
})

test('values are the same as stored: the order of fields does not count, that of a list does, and nothing is no null within', () => {
  assert.ok(isSame({ a: [{ b: 1, c: null }], d: undefined }, { a: [{ c: null, b: 1 }] }))
  assert.ok(isSame(undefined, null))
  const others = [{ a: null }, { a: 1, b: 2 }, { b: 1 }, [1], ['a'], { 0: 1 }, 1, '1', null, true] as const
  for (const [place, one] of others.entries()) {
    for (const [otherPlace, other] of others.entries()) {
      assert.equal(isSame(one, other), place === otherPlace, `${JSON.stringify(one)} and ${JSON.stringify(other)}`)
    }
  }
  assert.ok(!isSame({}, { a: null }))
  assert.ok(!isSame([1, 2], [2, 1]))
  assert.ok(!isSame({ a: undefined, b: 1 }, { a: 1, b: undefined }))
})

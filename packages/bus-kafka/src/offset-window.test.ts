import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OffsetWindow } from './offset-window.ts'

test('the offset to go on from moves only over what is done, in order', () => {
  const window = new OffsetWindow()
  assert.equal(window.reached(), undefined)
  const [first, second, third] = [window.add(10), window.add(11), window.add(14)]
  assert.equal(window.reached(), 10)
  window.done(second)
  assert.equal(window.reached(), 10)
  assert.deepEqual([window.doneAhead, window.unhandled], [1, 2])
  window.done(first)
  window.done(first)
  assert.equal(window.reached(), 14)
  window.done(third)
  assert.deepEqual([window.reached(), window.length, window.doneAhead], [15, 0, 0])
})

test('a batch may end with offsets nobody sees', () => {
  const window = new OffsetWindow()
  window.done(window.add(3))
  window.readUpTo(7)
  assert.equal(window.reached(), 7)
  assert.equal(window.next, 7)
})

test('long windows, finished in any order', () => {
  const window = new OffsetWindow()
  const slots = Array.from({ length: 2_000 }, (_, offset) => window.add(offset))
  const shuffled = slots.toSorted((one, other) => ((one.offset * 7919) % 2_000) - ((other.offset * 7919) % 2_000))
  const done = new Set<number>()
  for (const slot of shuffled) {
    window.done(slot)
    done.add(slot.offset)
    const expected = slots.find(({ offset }) => !done.has(offset))?.offset ?? 2_000
    assert.equal(window.reached(), expected)
    assert.equal(window.unhandled, 2_000 - done.size)
  }
})

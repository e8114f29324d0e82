import assert from 'node:assert/strict'
import { test } from 'node:test'
import { START } from '@dulian/views'
import { toLogPosition, toPosition } from './log-position.ts'

test('both parts of a position are kept, beyond what a number can hold', () => {
  const position = toPosition('9007199254740993', '9007199254740992')
  assert.equal(position, '9007199254740993/9007199254740992')
  assert.deepEqual(toLogPosition(position ?? ''), { commit: '9007199254740993', prepare: '9007199254740992' })
})

test('START is the beginning, and what a server sends for “nowhere” is no position', () => {
  assert.equal(toLogPosition(START), undefined)
  assert.equal(toPosition('18446744073709551615', '18446744073709551615'), undefined)
  assert.equal(toPosition('', ''), undefined)
})

test('a position of another kind of store is refused', () => {
  for (const position of ['17', '-1/0', '1/2/3', 'x', '']) assert.throws(() => toLogPosition(position), RangeError)
})

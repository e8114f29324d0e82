import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comparePositions } from '@dulian/views'
import { positionKey, toPosition, versionKey } from './stored-position.ts'

const ASCENDING = [
  '0',
  '1',
  '9',
  '10',
  '10/0',
  '10/1',
  '10/9',
  '10/10',
  '11',
  '9007199254740993',
  '9999999999999999999',
]

test('keys sort like their positions, and give them back', () => {
  for (const a of ASCENDING) {
    assert.equal(toPosition(positionKey(a)), a)
    for (const b of ASCENDING) {
      const order = Math.sign(comparePositions(a, b))
      assert.equal(
        Math.sign(Buffer.compare(Buffer.from(positionKey(a)), Buffer.from(positionKey(b)))),
        order,
        `${a} ${b}`,
      )
      const [first, second] = [versionKey(positionKey(a), 7), versionKey(positionKey(b), 7)]
      assert.equal(first < second ? -1 : first > second ? 1 : 0, order, `versions of ${a} ${b}`)
    }
  }
})

test('at one position the later commit has the greater version', () => {
  assert.ok(versionKey(positionKey('5'), 9) < versionKey(positionKey('5'), 10))
  assert.ok(versionKey(positionKey('5'), 10) < versionKey(positionKey('5/1'), 9))
  assert.equal(toPosition(versionKey(positionKey('5/1'), 9)), '5/1')
})

test('what is no position is refused', () => {
  for (const text of ['', '-1', '1.5', '1/', '/1', '1/2/3', '12345678901234567890']) {
    assert.throws(() => positionKey(text), TypeError, text)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deterministicId, isUuid, newId } from './ids.ts'

test('a name gives the UUIDv5 that any other implementation gives in our namespace', () => {
  assert.equal(deterministicId('a', 'b'), 'fa49f337-699d-5b9a-9742-68f9280b10b0')
  assert.equal(deterministicId('督导', '第1号'), '15e32e2e-55ef-574f-9efc-c6e8b331a69b')
  assert.equal(deterministicId('x'), '61dade0d-8a02-5b9e-981b-c48feea20447')
})

test('parts are told apart, and every id is a UUID whatever the name', () => {
  assert.notEqual(deterministicId('a', 'bc'), deterministicId('ab', 'c'))
  for (let n = 0; n < 100; n += 1) assert.ok(isUuid(deterministicId('n', String(n))))
})

test('new ids sort by the time they were made', () => {
  const ids = [1_700_000_000_000, 1_700_000_000_001, 1_800_000_000_000].map(newId)
  assert.deepEqual(ids.toSorted(), ids)
  assert.ok(ids.every(isUuid))
})

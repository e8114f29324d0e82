import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RequestRate } from './request-rate.ts'

test('a caller is counted by the minute, and told how long it has to wait', () => {
  const rate = new RequestRate(2)
  assert.deepEqual([rate.count('li', 60_000), rate.count('li', 60_001), rate.count('wang', 60_002)], [0, 0, 0])
  assert.equal(rate.count('li', 75_000), 45_000)
  assert.equal(rate.count('wang', 75_000), 0)
  assert.equal(rate.count('li', 120_000), 0, 'the next minute begins anew')
})

test('no number of callers makes it grow without end, and those counted last stay counted', () => {
  const rate = new RequestRate(1)
  for (let caller = 0; caller < 30_000; caller += 1) assert.equal(rate.count(`caller-${caller}`, 0), 0)
  assert.equal(rate.count('caller-29999', 0), 60_000)
  assert.equal(rate.count('caller-0', 0), 0)
})

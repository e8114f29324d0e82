import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, addYears, chinaDate, formatChineseDate, isIsoDate, startOfChinaDay } from './index.ts'

test('[N3] the day in China begins at 16:00 UTC of the day before', () => {
  assert.equal(chinaDate('2026-11-21T15:59:59.999Z'), '2026-11-21')
  assert.equal(chinaDate('2026-11-21T16:00:00.000Z'), '2026-11-22')
  assert.equal(chinaDate('2026-12-31T16:00:00Z'), '2027-01-01')
  assert.equal(chinaDate('2026-11-22T00:00:00+08:00'), '2026-11-22')
  assert.equal(chinaDate(Date.parse('2024-02-28T16:00:00Z')), '2024-02-29')
  assert.equal(chinaDate(new Date('2026-11-21T20:00:00-05:00')), '2026-11-22')
  assert.equal(chinaDate(startOfChinaDay('2026-11-22')), '2026-11-22')
  assert.equal(chinaDate(startOfChinaDay('2026-11-22') - 1), '2026-11-21')
})

test('[N3] the day in China does not depend on where the machine stands', () => {
  const zone = process.env.TZ
  try {
    for (const machine of ['America/Los_Angeles', 'Pacific/Kiritimati', 'UTC', 'Asia/Shanghai']) {
      process.env.TZ = machine
      assert.equal(chinaDate('2026-02-14T15:59:59Z'), '2026-02-14', machine)
      assert.equal(chinaDate('2026-02-14T16:00:00Z'), '2026-02-15', machine)
      assert.equal(addDays('2026-03-08', 1), '2026-03-09', machine)
    }
  } finally {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  }
})

test('days are added over month, year and leap day', () => {
  assert.equal(addDays('2026-12-31', 1), '2027-01-01')
  assert.equal(addDays('2024-02-28', 1), '2024-02-29')
  assert.equal(addDays('2026-03-01', -1), '2026-02-28')
})

test('dates are written the Chinese way, without leading zeros', () => {
  assert.equal(formatChineseDate('2026-11-22'), '2026年11月22日')
  assert.equal(formatChineseDate('2026-05-09'), '2026年5月9日')
  assert.throws(() => formatChineseDate('2026-02-30'), RangeError)
})

test('only real days are days', () => {
  assert.equal(isIsoDate('2026-02-28'), true)
  for (const text of ['2026-02-29', '2026-00-10', '2026-1-1', '', ' 2026-01-01'])
    assert.equal(isIsoDate(text), false, text)
})

test('what is no instant is refused', () => {
  assert.throws(() => chinaDate('soon'), RangeError)
  assert.throws(() => chinaDate(Number.NaN), RangeError)
})

test('a term of years that begins on 29 February ends in a February', () => {
  assert.equal(addYears('2023-09-01', 3), '2026-09-01')
  assert.equal(addYears('2024-02-29', 3), '2027-02-28')
  assert.equal(addYears('2024-02-29', 4), '2028-02-29')
  assert.throws(() => addYears('2023-02-29', 1), RangeError)
})

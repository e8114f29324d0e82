import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chineseDates, count, day, moment, percent, workingDays } from './format.ts'

test('days and instants read as in Chinese documents, instants in China time', () => {
  assert.equal(day('2026-01-05'), '2026年1月5日')
  assert.equal(moment('2026-11-22T17:05:00.000Z'), '2026年11月23日 01:05')
  assert.equal(moment('2026-11-22'), '2026年11月22日', 'of what is known by its day no hour is made up')
  assert.equal(day(null), '—')
})

test('a day inside a sentence is put into Chinese, an instant is left alone', () => {
  assert.equal(
    chineseDates('限 2026-12-10 前完成（2026-11-22T01:00:00Z）'),
    '限2026年12月10日前完成（2026-11-22T01:00:00Z）',
  )
})

test('[D3] time left is told in working days, on the day itself and after it', () => {
  assert.deepEqual([3, 0, -2, null].map(workingDays), ['剩 3 个工作日', '今天到期', '逾期 2 个工作日', '未定期限'])
})

test('numbers have commas, shares one decimal', () => {
  assert.equal(count(1234567), '1,234,567')
  assert.equal(percent(0.625), '62.5%')
})

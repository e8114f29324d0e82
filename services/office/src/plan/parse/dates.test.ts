import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findDates } from './dates.ts'
import { Reading } from './reading.ts'

function dates(text: string, year: number | undefined): string[] {
  const reading = new Reading(text)
  return findDates(reading, 0, reading.text.length, year).map((date) => `${date.text} ${date.from}/${date.to}`)
}

const cases: readonly (readonly [string, ...string[]])[] = [
  ['做好2026年5月20--21日的监测', '2026年5月20--21日 2026-05-20/2026-05-21'],
  ['2026年5月20日—6月3日开展', '2026年5月20日—6月3日 2026-05-20/2026-06-03'],
  ['5月20至21日', '5月20至21日 2026-05-20/2026-05-21'],
  ['12月28日到2027年1月5日', '12月28日到2027年1月5日 2026-12-28/2027-01-05'],
  ['2026 年 5 月\n\n20～21 日', '2026 年 5 月20～21 日 2026-05-20/2026-05-21'],
  ['9月底前完成', '9月底前 2026-09-01/2026-09-30'],
  ['2026年6月30日前报送', '2026年6月30日 2026-06-30/2026-06-30'],
  ['3月至6月、3—5月', '3月至6月 2026-03-01/2026-06-30', '3—5月 2026-03-01/2026-05-31'],
  ['2月下旬召开', '2月下旬 2026-02-21/2026-02-28'],
  ['上半年自查，下半年复查', '上半年 2026-01-01/2026-06-30', '下半年 2026-07-01/2026-12-31'],
  [
    '年底前、本年度内、今年',
    '年底前 2026-01-01/2026-12-31',
    '本年度内 2026-01-01/2026-12-31',
    '今年 2026-01-01/2026-12-31',
  ],
  ['第一季度和四季度', '第一季度 2026-01-01/2026-03-31', '四季度 2026-10-01/2026-12-31'],
  ['春秋两季开学', '春秋两季 2026-02-01/2027-01-31'],
  ['2025—2026学年第二学期', '2025—2026学年第二学期 2026-02-01/2026-07-31'],
  ['2026—2028年', '2026—2028年 2026-01-01/2028-12-31'],
  ['2026.3.15前', '2026.3.15 2026-03-15/2026-03-15'],
  ['二〇二六年五月二十日', '二〇二六年五月二十日 2026-05-20/2026-05-20'],
]

test('[G5] days, spans, months, half-years, quarters, seasons and years are read from what is printed', () => {
  for (const [text, ...wanted] of cases) assert.deepEqual(dates(text, 2026), wanted, text)
})

test('[G5] a month without a known year, an impossible day and every placeholder give no date', () => {
  assert.deepEqual(dates('9月底前完成', undefined), [])
  for (const text of [
    '2月30日13月',
    '202_年5月20日',
    '202X年xx月xx日',
    '20xx年5月',
    '5月xx日',
    'xx月底前',
    '2026年×月×日',
  ]) {
    assert.deepEqual(dates(text, 2026), [], text)
  }
})

test('[G5] 每年, 三年, 3个月 and 九年一贯制 are no dates', () => {
  assert.deepEqual(dates('每年底小结，任期三年，3个月内，九年一贯制学校，每年内部审计', 2026), [])
})

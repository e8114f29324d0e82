import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCalendar } from '@dulian/calendar'
import { ruleAt } from '@dulian/dated-rules'
import { dueSoonTerm, rectificationTerm, urgingTerm } from './deadline-rules.ts'
import { documentCodeAt, formatNumber } from './document-codes.ts'

test('the defaults where the sources are silent: 30 working days to rectify, labelled as a default', () => {
  const day = '2026-11-22'
  assert.deepEqual(
    [ruleAt(rectificationTerm, day), ruleAt(urgingTerm, day), ruleAt(dueSoonTerm, day)].map(({ id, value }) => [
      id,
      value.workingDays,
    ]),
    [
      ['rectification-term', 30],
      ['urging-term', 10],
      ['due-soon', 3],
    ],
  )
  assert.ok(
    [ruleAt(rectificationTerm, day), ruleAt(urgingTerm, day), ruleAt(dueSoonTerm, day)].every(
      ({ confidence }) => confidence !== 'high',
    ),
  )
})

test('[N3] 30 working days over the National Day of 2026 count make-up days as working days', () => {
  const calendar = openCalendar()
  const from = '2026-09-07'
  const due = calendar.addWorkingDays(from, ruleAt(rectificationTerm, from).value.workingDays)
  assert.equal(calendar.workingDaysBetween(from, due), 30)
  const days: string[] = []
  for (let time = Date.parse(from); time < Date.parse(due); time += 86_400_000)
    days.push(new Date(time + 86_400_000).toISOString().slice(0, 10))
  const worked = days.filter((day) => calendar.isWorkingDay(day))
  const atWeekends = worked.filter((day) => [0, 6].includes(new Date(day).getUTCDay()))
  assert.equal(worked.length, 30)
  assert.ok(atWeekends.length > 0, 'a make-up day lies in between')
  assert.ok(!worked.includes('2026-10-01'))
})

test('[N12] numbers are printed as the office writes them', () => {
  const day = '2026-11-22'
  const print = (office: string, series: 'problem' | 'decision' | 'urging-notice', number: number) =>
    formatNumber(series, documentCodeAt(office, series, day), 2026, number)
  assert.equal(print('yongchuan', 'urging-notice', 3), '永教督办〔2026〕3号')
  assert.equal(print('qijiang', 'decision', 12), '綦教督决〔2026〕12号')
  assert.equal(print('dadukou', 'problem', 12), '渡-2026-0012')
  assert.equal(print('elsewhere', 'problem', 1), 'elsewhere-2026-0001')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, openCalendar } from './index.ts'

const calendar = openCalendar()

function daysOff(from: string, to: string): string[] {
  const off: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) if (!calendar.isWorkingDay(day)) off.push(day)
  return off
}

function weekendsWorked(year: number): string[] {
  const worked: string[] = []
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
    if (calendar.describe(day).reason === 'make-up-day') worked.push(day)
  }
  return worked
}

// The figures are those of the State Council's notices on the holidays of 2024, 2025 and 2026.
test('[N3] the long holidays of 2024 to 2026 are free from the first day to the last', () => {
  const runs: [from: string, to: string, days: number][] = [
    ['2024-02-10', '2024-02-17', 8],
    ['2024-05-01', '2024-05-05', 5],
    ['2024-10-01', '2024-10-07', 7],
    ['2025-01-28', '2025-02-04', 8],
    ['2025-05-01', '2025-05-05', 5],
    ['2025-10-01', '2025-10-08', 8],
    ['2026-02-15', '2026-02-23', 9],
    ['2026-05-01', '2026-05-05', 5],
    ['2026-10-01', '2026-10-07', 7],
  ]
  for (const [from, to, days] of runs) {
    assert.equal(daysOff(from, to).length, days, `${from} – ${to}`)
    assert.equal(calendar.isWorkingDay(addDays(to, 1)), true, `the day after ${to}`)
  }
})

test('[N3] the weekends to be worked in exchange (调休) are working days', () => {
  assert.deepEqual(weekendsWorked(2024), [
    '2024-02-04',
    '2024-02-18',
    '2024-04-07',
    '2024-04-28',
    '2024-05-11',
    '2024-09-14',
    '2024-09-29',
    '2024-10-12',
  ])
  assert.deepEqual(weekendsWorked(2025), ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'])
  assert.deepEqual(weekendsWorked(2026), [
    '2026-01-04',
    '2026-02-14',
    '2026-02-28',
    '2026-05-09',
    '2026-09-20',
    '2026-10-10',
  ])
})

test('[N3] a year has as many working days as its notice leaves: 2025 has 248, 2026 has 248', () => {
  assert.equal(calendar.workingDaysBetween('2024-12-31', '2025-12-31'), 248)
  assert.equal(calendar.workingDaysBetween('2025-12-31', '2026-12-31'), 248)
})

test('[N3] the day of receipt is not counted: five working days from a Friday end on the next Friday', () => {
  assert.equal(calendar.addWorkingDays('2026-03-06', 5), '2026-03-13')
  assert.equal(calendar.workingDaysBetween('2026-03-06', '2026-03-13'), 5)
})

test('[N3] five working days over Spring Festival 2026 count the make-up Saturday and leave out the nine days', () => {
  // Received Thursday 12 February; 13 (Friday), 14 (Saturday, worked), then 24, 25, 26.
  assert.equal(calendar.addWorkingDays('2026-02-12', 5), '2026-02-26')
  assert.equal(calendar.workingDaysBetween('2026-02-12', '2026-02-26'), 5)
})

test('[N3] thirty working days over National Day 2026 count the make-up days on both sides', () => {
  // From Friday 18 September: 20 (Sunday, worked), 21–24, 28–30, 8–10 October (10: Saturday, worked), 12–16, 19–23, 26–30, 2–5 November.
  assert.equal(calendar.addWorkingDays('2026-09-18', 30), '2026-11-05')
})

test('[N3] counting forwards and backwards are each other’s reverse, from working days and from days off', () => {
  for (const from of ['2026-02-12', '2026-02-14', '2026-02-18', '2026-09-20', '2026-10-10', '2026-12-31']) {
    for (const count of [1, 2, 7, 40]) {
      const to = calendar.addWorkingDays(from, count)
      assert.equal(calendar.workingDaysBetween(from, to), count)
      assert.equal(calendar.workingDaysBetween(to, from), -count)
      if (calendar.isWorkingDay(from)) assert.equal(calendar.addWorkingDays(to, -count), from)
    }
  }
  assert.equal(calendar.addWorkingDays('2026-02-18', 0), '2026-02-18')
  assert.equal(calendar.workingDaysBetween('2026-02-18', '2026-02-18'), 0)
  assert.equal(calendar.workingDaysBetween('2026-02-18', '2026-02-17'), 0, 'and not −0')
})

test('[N3] the next working day skips the whole holiday; a term that ends on a day off ends on that day', () => {
  assert.equal(calendar.nextWorkingDay('2026-02-14'), '2026-02-24')
  assert.equal(calendar.nextWorkingDay('2026-09-30'), '2026-10-08')
  assert.equal(calendar.sameOrNextWorkingDay('2026-10-03'), '2026-10-08')
  assert.equal(calendar.sameOrNextWorkingDay('2026-10-10'), '2026-10-10')
})

test('[N3] a year without a published notice is reported, and counted by weekends alone', () => {
  assert.deepEqual([2024, 2025, 2026, 2090].map(calendar.covers), [true, true, true, false])
  assert.deepEqual(calendar.uncoveredYears('2026-12-20', '2026-12-31'), [])
  assert.deepEqual(calendar.uncoveredYears('2089-12-20', '2090-02-01'), [2089, 2090])
  assert.equal(calendar.isWorkingDay('2090-10-02'), true)
  assert.equal(calendar.isWorkingDay('2090-10-01'), false, 'a Sunday')
})

test('[N3] an office’s dated override outweighs the official calendar and is named as the reason', () => {
  const local = openCalendar({
    overrides: [
      { date: '2026-05-08', kind: 'holiday', source: '演练放假通知' },
      { date: '2026-10-02', kind: 'working', source: '值班安排' },
      { date: '2090-10-02', kind: 'holiday', source: '国办通知' },
    ],
    completeYears: [2090],
  })
  assert.equal(local.isWorkingDay('2026-05-08'), false)
  assert.deepEqual(local.describe('2026-10-02'), {
    date: '2026-10-02',
    working: true,
    reason: 'override',
    note: '值班安排',
  })
  assert.equal(local.addWorkingDays('2026-05-07', 1), '2026-05-09', 'the make-up Saturday')
  assert.equal(local.covers(2090), true)
  assert.equal(calendar.isWorkingDay('2026-05-08'), true, 'another calendar knows nothing of it')
})

test('[N3] a day says why it is free or worked', () => {
  assert.deepEqual(calendar.describe('2026-02-17'), {
    date: '2026-02-17',
    working: false,
    reason: 'official-holiday',
    note: '春节',
  })
  assert.equal(calendar.describe('2026-02-14').reason, 'make-up-day')
  assert.equal(calendar.describe('2026-03-07').reason, 'weekend')
  assert.equal(calendar.describe('2026-03-09').reason, 'weekday')
})

test('[N3] what is no day and no count is refused', () => {
  for (const date of ['2026-02-30', '2026-2-3', '20260203', '', 'yesterday', '2026-02-03T00:00:00Z']) {
    assert.throws(() => calendar.isWorkingDay(date), RangeError)
    assert.throws(() => calendar.addWorkingDays(date, 1), RangeError)
    assert.throws(() => calendar.workingDaysBetween(date, '2026-02-03'), RangeError)
  }
  for (const count of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e9]) {
    assert.throws(() => calendar.addWorkingDays('2026-02-03', count), RangeError)
  }
  assert.throws(() => openCalendar({ overrides: [{ date: '2026-13-01', kind: 'holiday', source: 'x' }] }), RangeError)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCalendar } from './calendar.ts'
import { InputDay } from './input-day.ts'

test('a day that people enter lies within reach of every calculation', () => {
  for (const day of ['1949-10-01', '2026-11-22', '2149-12-31']) assert.equal(InputDay.parse(day), day)
  for (const day of ['1949-09-30', '2150-01-01', '9999-12-31', '2026-02-30', '2026-11-22T00:00:00Z', '']) {
    assert.equal(InputDay.safeParse(day).success, false, day)
  }
  assert.equal(openCalendar().addWorkingDays('2149-12-31', 250).slice(0, 4), '2150')
})

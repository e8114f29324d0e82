import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleAt } from '@dulian/dated-rules'
import { school, supervisor, visitId } from '../../test/samples.ts'
import { visitFrequency } from '../rules/visit-frequency.ts'
import { beginDuty, countVisit, missDuty, reassignDuty, waiveDuty } from './decide.ts'
import type { DutyParties, MonthlyDutyEvent } from './events.ts'
import { evolveMonthlyDuty, initialMonthlyDuty, type MonthlyDuty } from './state.ts'

const parties: DutyParties = {
  schoolId: school.schoolId,
  schoolName: school.name,
  kind: 'school',
  zoneId: school.zoneId,
  zoneName: school.zoneName,
  supervisorId: supervisor.supervisorId,
  supervisorName: supervisor.name,
}
const rule = ruleAt(visitFrequency, '2026-11-01')
const begin = { month: '2026-11', parties, rule, earlier: [] }
const visit = { visitId, visitedOn: '2026-11-03' }

function after(...steps: ((state: MonthlyDuty) => MonthlyDutyEvent[])[]): MonthlyDuty {
  return steps.reduce((state, step) => step(state).reduce(evolveMonthlyDuty, state), initialMonthlyDuty)
}
const begun = (state: MonthlyDuty) => beginDuty(begin, state)
const counted = (state: MonthlyDuty) => countVisit(visit, state)
const missed = (state: MonthlyDuty) => missDuty({ date: '2026-12-01' }, state)

test('[I7] a month is begun once, with the rule and its version, due on its last day', () => {
  const [event] = begun(initialMonthlyDuty)
  assert.deepEqual(event?.data, {
    ...parties,
    month: '2026-11',
    dueOn: '2026-11-30',
    required: 1,
    rule: { id: 'visit-frequency', version: 1 },
  })
  assert.deepEqual(begun(after(begun)), [])
})

test('[I7] one visit meets it, the same visit counts once, and a visit made before it began counts', () => {
  assert.equal(after(begun, counted).stage, 'met')
  assert.deepEqual(counted(after(begun, counted)), [])
  assert.equal(after((state) => beginDuty({ ...begin, earlier: [visit] }, state)).stage, 'met')
  assert.deepEqual(counted(initialMonthlyDuty), [], 'what is not due is not counted')
})

test('[I7] it is missed only once the month is over, never when met, and a late record still meets it', () => {
  assert.deepEqual(missDuty({ date: '2026-11-30' }, after(begun)), [])
  assert.equal(after(begun, missed).stage, 'missed')
  assert.deepEqual(missed(after(begun, counted)), [])
  assert.deepEqual(missed(after(begun, missed)), [])
  assert.equal(after(begun, missed, counted).stage, 'met')
})

test('[I7] it follows the posting within its month and stays with whoever answered for the school at its end', () => {
  const replaced = { ...parties, supervisorId: null, supervisorName: null }
  const [event] = reassignDuty({ parties: replaced, on: '2026-11-16' }, after(begun))
  assert.deepEqual(event?.data, { ...replaced, from: '2026-11-16' })
  assert.deepEqual(reassignDuty({ parties, on: '2026-11-16' }, after(begun)), [])
  assert.deepEqual(reassignDuty({ parties: replaced, on: '2026-12-01' }, after(begun)), [])
  assert.deepEqual(reassignDuty({ parties: replaced, on: '2026-11-16' }, after(begun, missed)), [])
})

test('[I7] a school that closes in the month need not be visited, one that closes later must', () => {
  assert.equal(after(begun, (state) => waiveDuty({ closedOn: '2026-11-20' }, state)).stage, 'waived')
  assert.deepEqual(waiveDuty({ closedOn: '2026-12-20' }, after(begun)), [])
  assert.deepEqual(waiveDuty({ closedOn: '2026-11-20' }, after(begun, counted)), [])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal, stateAfter } from '@dulian/event-sourcing/testing'
import { answer, checklist, school, staff } from '../../test/samples.ts'
import { type OpenSelfCheck, openSelfCheck, returnSelfCheck, type SubmitSelfCheck, submitSelfCheck } from './decide.ts'
import { dueDayOf } from './open-self-checks.ts'
import { selfCheckIdOf, selfCheckStream } from './self-check.ts'
import { initialSelfCheck, type SelfCheck } from './state.ts'

const open: OpenSelfCheck = {
  period: '2026-11',
  school: { ...school, kind: 'school' },
  checklist: { checklistId: checklist.checklistId, edition: 2, title: checklist.title },
  openedOn: '2026-11-01',
  dueOn: '2026-11-25',
  rule: { id: 'self-check-term', version: 1 },
  by: null,
}
const submit: SubmitSelfCheck = {
  answers: [answer('A01'), answer('C02', { answer: 'no', note: '一个班不一致，已改正' }), answer('D01')],
  statement: '校务会逐项自查。',
  checklist,
  by: staff,
  today: '2026-11-20',
}
const opened = (state: SelfCheck) => openSelfCheck(open, state)
const submitted = (state: SelfCheck) => submitSelfCheck(submit, state)
const returned = (state: SelfCheck) => returnSelfCheck({ reason: '补照片', by: staff, today: '2026-11-21' }, state)
const given = (...steps: readonly ((state: SelfCheck) => ReturnType<typeof opened>)[]): SelfCheck =>
  stateAfter(selfCheckStream, ...steps)

test('[I4] a school is asked once a month, a closed one not at all', () => {
  assert.equal(opened(initialSelfCheck).length, 1)
  assert.deepEqual(opened(given(opened)), [])
  assert.deepEqual(openSelfCheck({ ...open, school: { ...open.school, closedOn: '2026-10-31' } }, initialSelfCheck), [])
  assert.notEqual(selfCheckIdOf(school.schoolId, '2026-11'), selfCheckIdOf(school.schoolId, '2026-12'))
})

test('[I4] the due day of the rule is the last of a shorter month', () => {
  assert.deepEqual([dueDayOf('2026-11', 25), dueDayOf('2026-02', 30)], ['2026-11-25', '2026-02-28'])
})

test('[I5] it is handed in whole, once; the same again is the same, another is refused until it was sent back', () => {
  const state = given(opened, submitted)
  assert.deepEqual(submitted(state), [])
  const other = { ...submit, statement: '改写' }
  assert.throws(() => submitSelfCheck(other, state), refusal('SELF_CHECK_ALREADY_SUBMITTED'))
  const [event] = submitSelfCheck(other, given(opened, submitted, returned))
  assert.equal(event?.type === 'SelfCheckSubmitted' && event.data.statement, '改写')
  assert.equal(event?.type === 'SelfCheckSubmitted' && event.data.items.length, 3, 'what was asked is kept with it')
})

test('[I4] an open item, an unexplained negative, or no statement is refused at its place', () => {
  const state = given(opened)
  const refused = (change: Partial<SubmitSelfCheck>, code: string, pointer: string) =>
    assert.throws(() => submitSelfCheck({ ...submit, ...change }, state), refusal(code, pointer))
  refused({ answers: submit.answers.slice(0, 2) }, 'VISIT_ITEM_UNANSWERED', '/answers/-')
  refused(
    { answers: [answer('A01', { answer: 'no' }), answer('C02'), answer('D01')] },
    'VISIT_NOTE_MISSING',
    '/answers/0/note',
  )
  refused({ statement: '  ' }, 'SELF_CHECK_STATEMENT_MISSING', '/statement')
  assert.throws(() => submitSelfCheck(submit, initialSelfCheck), refusal('SELF_CHECK_NOT_FOUND'))
})

test('[I5] only what was handed in is sent back, and once', () => {
  assert.throws(() => returned(initialSelfCheck), refusal('SELF_CHECK_NOT_FOUND'))
  assert.throws(() => returned(given(opened)), refusal('SELF_CHECK_NOT_SUBMITTED'))
  assert.deepEqual(returned(given(opened, submitted, returned)), [])
})

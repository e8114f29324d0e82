import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal } from '@dulian/event-sourcing/testing'
import {
  appointSupervisor,
  correctSupervisor,
  dismissSupervisor,
  issueCertificate,
  passDay,
  registerSupervisor,
  requireInTerm,
} from './decide.ts'
import type { SupervisorEvent, SupervisorRegistered } from './events.ts'
import { evolveSupervisor, initialSupervisor, isInTerm, type Supervisor } from './state.ts'

const person: SupervisorRegistered = {
  name: '示例督学甲',
  category: 'school',
  employment: 'part-time',
  homeUnit: '示例教师进修学院',
  field: '学前教育',
  phone: '13800000001',
}
const decided = { decidedBy: '示例区政府教育督导委员会', decidedOn: '2023-08-20' }
const registered = registerSupervisor(person)
const given = (...events: SupervisorEvent[]): Supervisor => events.reduce(evolveSupervisor, initialSupervisor)
const when = (state: Supervisor, decide: (state: Supervisor) => SupervisorEvent[]): Supervisor =>
  decide(state).reduce(evolveSupervisor, state)
const appointed = (termFrom = '2023-09-01', of = person): Supervisor =>
  when(given(...registerSupervisor(of)), (state) => appointSupervisor({ termFrom, ...decided }, state))
const renewed = (state: Supervisor, termFrom: string): Supervisor =>
  when(state, (now) => appointSupervisor({ termFrom, ...decided }, now))
const noticed = (state: Supervisor, date: string): Supervisor => when(state, (now) => passDay(date, now))

test('[R1] a person is registered with category, employment, home unit and field', () => {
  const state = given(...registered)
  assert.ok(state.stage === 'registered')
  assert.deepEqual(state.person, person)
})

test('[R1] a correction tells what changed and since when; one that changes nothing, lies ahead, or is of somebody who left is refused', () => {
  const correction = { reason: '工作调动', on: '2026-11-22' }
  const state = given(...registered)
  const moved = { ...correction, homeUnit: '示例实验小学', field: person.field, effectiveFrom: '2026-09-01' }
  const [event] = correctSupervisor(moved, state)
  assert.ok(event?.type === 'SupervisorDetailsCorrected')
  const { homeUnit, formerHomeUnit, field, phone, effectiveFrom } = event.data
  assert.deepEqual(
    [homeUnit, formerHomeUnit, field, phone, effectiveFrom],
    ['示例实验小学', '示例教师进修学院', null, null, '2026-09-01'],
  )
  const after = given(...registered, event)
  assert.ok(after.stage === 'registered')
  assert.deepEqual(after.person, { ...person, homeUnit: '示例实验小学' })
  assert.throws(() => correctSupervisor({ ...moved }, after), refusal('SUPERVISOR_NOTHING_TO_CORRECT'))
  const ahead = { ...moved, effectiveFrom: '2026-11-23' }
  assert.throws(() => correctSupervisor(ahead, state), refusal('SUPERVISOR_CORRECTION_TO_COME', '/effectiveFrom'))
  const gone = when(appointed(), (now) =>
    dismissSupervisor({ ground: 'own-request', on: '2026-01-01', reason: '本人申请' }, now),
  )
  assert.throws(() => correctSupervisor(moved, gone), refusal('SUPERVISOR_DISMISSED'))
  assert.throws(() => correctSupervisor(moved, initialSupervisor), refusal('SUPERVISOR_UNKNOWN'))
})

test('[R2] a term of three years from 2023-09-01 ends with 2026-08-31, under the rule of its first day', () => {
  const [event] = appointSupervisor({ termFrom: '2023-09-01', ...decided }, given(...registered))
  assert.ok(event?.type === 'SupervisorAppointed')
  assert.equal(event.data.termTo, '2026-08-31')
  assert.equal(event.data.consecutiveTerm, 1)
  assert.deepEqual(event.data.rules, [
    { id: 'term-years', version: 1 },
    { id: 'term-notice-days', version: 1 },
  ])
})

test('[R2] appointed on 2023-09-01: 将到期 before the end, 任期届满 on 2026-09-01, each noticed once', () => {
  const state = appointed()
  assert.deepEqual(passDay('2026-06-02', state), [])
  assert.deepEqual(passDay('2026-06-03', state), [
    { type: 'TermNearingEnd', data: { termTo: '2026-08-31', noticedOn: '2026-06-03' } },
  ])
  const near = noticed(state, '2026-06-03')
  assert.ok(near.stage === 'appointed')
  assert.equal(near.term, 'near-end')
  assert.deepEqual(passDay('2026-06-04', near), [])
  assert.deepEqual(passDay('2026-08-31', near), [])
  assert.deepEqual(passDay('2026-09-01', near), [
    { type: 'TermEnded', data: { termTo: '2026-08-31', endedOn: '2026-09-01' } },
  ])
  assert.deepEqual(passDay('2026-09-02', noticed(near, '2026-09-01')), [])
})

test('[R2] a term whose end was slept through is ended without a late warning', () => {
  assert.deepEqual(
    passDay('2026-11-22', appointed()).map(({ type }) => type),
    ['TermEnded'],
  )
})

test('[R2] no new task on a day outside the term, whether or not the clock has noticed', () => {
  const state = appointed()
  assert.doesNotThrow(() => requireInTerm(state, '2026-08-31'))
  assert.throws(() => requireInTerm(state, '2026-09-01'), refusal('SUPERVISOR_TERM_NOT_RUNNING', '/supervisorId'))
  assert.throws(() => requireInTerm(state, '2023-08-31'), refusal('SUPERVISOR_TERM_NOT_RUNNING', '/supervisorId'))
  assert.throws(
    () => requireInTerm(given(...registered), '2024-01-01'),
    refusal('SUPERVISOR_NOT_APPOINTED', '/supervisorId'),
  )
  assert.throws(() => requireInTerm(initialSupervisor, '2024-01-01'), refusal('SUPERVISOR_UNKNOWN', '/supervisorId'))
})

test('[R2] a renewal during the term begins on the day after it, neither earlier nor later', () => {
  const state = appointed()
  const renew = (termFrom: string) => appointSupervisor({ termFrom, ...decided }, state)
  assert.throws(() => renew('2026-08-31'), refusal('TERM_OVERLAPS', '/termFrom'))
  assert.throws(() => renew('2026-09-02'), refusal('TERM_LEAVES_GAP', '/termFrom'))
  const [event] = renew('2026-09-01')
  assert.ok(event?.type === 'SupervisorReappointed')
  assert.equal(event.data.consecutiveTerm, 2)
  assert.equal(event.data.inOfficeFrom, '2023-09-01')
  const both = renewed(state, '2026-09-01')
  assert.ok(isInTerm(both, '2026-08-31'))
  assert.ok(isInTerm(both, '2026-09-01'))
  assert.deepEqual(passDay('2026-09-01', both), [])
})

test('[R2] an appointment asked for twice is made once', () => {
  assert.deepEqual(appointSupervisor({ termFrom: '2023-09-01', ...decided }, appointed()), [])
})

test('[R2] a part-time supervisor serves three consecutive terms, not four', () => {
  let state = appointed('2017-09-01')
  state = renewed(state, '2020-09-01')
  state = renewed(state, '2023-09-01')
  assert.throws(
    () => appointSupervisor({ termFrom: '2026-09-01', ...decided }, state),
    refusal('CONSECUTIVE_TERMS_EXCEEDED'),
  )
})

test('[R2] after a pause the terms are counted anew', () => {
  let state = appointed('2017-09-01')
  state = renewed(state, '2020-09-01')
  state = renewed(state, '2023-09-01')
  state = noticed(state, '2026-09-01')
  const [event] = appointSupervisor({ termFrom: '2027-09-01', ...decided }, state)
  assert.ok(event?.type === 'SupervisorReappointed')
  assert.equal(event.data.consecutiveTerm, 1)
})

test('[R2] the limit of consecutive terms is for part-time supervisors', () => {
  let state = appointed('2017-09-01', { ...person, employment: 'full-time' })
  for (const from of ['2020-09-01', '2023-09-01', '2026-09-01']) state = renewed(state, from)
  assert.ok(isInTerm(state, '2027-01-01'))
})

test('[R2] a term ends neither before it begins nor, for a part-time supervisor, after three years', () => {
  const appoint = (termTo: string) =>
    appointSupervisor({ termFrom: '2023-09-01', termTo, ...decided }, given(...registered))
  assert.throws(() => appoint('2023-08-31'), refusal('TERM_ENDS_BEFORE_START', '/termTo'))
  assert.throws(() => appoint('2026-09-01'), refusal('TERM_TOO_LONG', '/termTo'))
  assert.equal(appoint('2025-08-31').length, 1)
})

test('[R3] each term gets one certificate; issuing it again changes nothing', () => {
  const state = appointed()
  const issue = { certificateNumber: '督学证〔2023〕1号', termFrom: '2023-09-01', issuedOn: '2023-09-01' }
  const issued = when(state, (now) => issueCertificate(issue, now))
  assert.ok(issued.stage === 'appointed')
  assert.equal(issued.certificate?.number, '督学证〔2023〕1号')
  assert.deepEqual(issueCertificate(issue, issued), [])
  assert.deepEqual(issueCertificate({ ...issue, termFrom: '2020-09-01' }, state), [])
})

test('[R3] [R13] the hired are 解聘, the appointed 解任, and after it nothing more is decided for them', () => {
  const dismissal = { ground: 'duties-neglected', on: '2024-05-01', reason: '未按规定履职' } as const
  const [hired] = dismissSupervisor(dismissal, appointed())
  assert.ok(hired?.type === 'SupervisorDismissed')
  assert.equal(hired.data.form, 'dismissal')
  const [removed] = dismissSupervisor(dismissal, appointed('2023-09-01', { ...person, employment: 'full-time' }))
  assert.ok(removed?.type === 'SupervisorDismissed')
  assert.equal(removed.data.form, 'removal')
  const gone = when(appointed(), (now) => dismissSupervisor(dismissal, now))
  assert.deepEqual(dismissSupervisor(dismissal, gone), [])
  assert.throws(() => requireInTerm(gone, '2024-04-01'), refusal('SUPERVISOR_DISMISSED'))
  assert.throws(() => appointSupervisor({ termFrom: '2026-09-01', ...decided }, gone), refusal('SUPERVISOR_DISMISSED'))
  assert.deepEqual(passDay('2026-09-01', gone), [])
})

test('[R13] who was never appointed cannot be dismissed, nor before the first term began', () => {
  const dismissal = { ground: 'own-request', on: '2023-08-01', reason: '本人申请' } as const
  assert.throws(() => dismissSupervisor(dismissal, given(...registered)), refusal('SUPERVISOR_NOT_APPOINTED'))
  assert.throws(() => dismissSupervisor(dismissal, appointed()), refusal('DISMISSAL_BEFORE_TERM', '/on'))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fact } from '@dulian/conflict-of-interest'
import { isDomainError } from '@dulian/event-sourcing'
import { refusal, stateAfter } from '@dulian/event-sourcing/testing'
import { person } from '../../test/registry-story.ts'
import { registerSchool } from '../school/decide.ts'
import { evolveSchool, initialSchool, type School } from '../school/state.ts'
import { appointSupervisor, registerSupervisor } from '../supervisor/decide.ts'
import { initialSupervisor, type Supervisor } from '../supervisor/state.ts'
import { supervisorStream } from '../supervisor/supervisor.ts'
import { uncoveredDays } from './coverage.ts'
import { endPosting, endPostingOf, type PostSupervisor, postSupervisor } from './decide.ts'
import { evolvePosting, initialPosting, type Posting } from './state.ts'

const school = '0197a000-0000-7000-8000-000000000001'
const jia = '0197a000-0000-7000-8000-000000000501'
const yi = '0197a000-0000-7000-8000-000000000502'
const schoolWith = (enrolment: number | null): School =>
  registerSchool({
    code: '3150000001',
    name: '示例第一小学',
    kind: 'school',
    stage: 'primary',
    ownership: 'public',
    address: null,
    zone: null,
    enrolment,
    overrideReason: undefined,
    on: '2026-01-01',
  }).reduce(evolveSchool, initialSchool)
const inTerm: Supervisor = stateAfter(
  supervisorStream,
  () => registerSupervisor(person),
  (state) => appointSupervisor({ termFrom: '2025-09-01', decidedBy: '示例委员会', decidedOn: '2025-08-20' }, state),
)
const others = (count: number, enrolment: number | null = 400) =>
  Array.from({ length: count }, (_, place) => ({ schoolId: `other-${place}`, enrolment }))
const command: PostSupervisor = {
  schoolId: school,
  supervisorId: jia,
  from: '2026-09-01',
  overrideReason: undefined,
  school: schoolWith(600),
  supervisor: inTerm,
  otherSchools: [],
  facts: [],
}
const when = (state: Posting, posting: Partial<PostSupervisor>): Posting =>
  postSupervisor({ ...command, ...posting }, state).reduce(evolvePosting, state)

test('[R6] a fifth school is within 1∶5, a sixth is refused with the ratio and the rule', () => {
  const [, event] = postSupervisor({ ...command, otherSchools: others(4) }, initialPosting)
  assert.ok(event?.type === 'SupervisorPosted')
  assert.deepEqual(event.data.ratio, {
    schools: 5,
    large: false,
    rules: [
      { id: 'schools-per-supervisor', version: 1 },
      { id: 'large-school-pupils', version: 1 },
    ],
  })
  assert.throws(
    () => postSupervisor({ ...command, otherSchools: others(5) }, initialPosting),
    (error: unknown) => isDomainError(error, 'RATIO_EXCEEDED') && error.details.ratio === '1∶5',
  )
})

test('[R6] a sixth school with a reason is posted, and the override stands beside it', () => {
  const events = postSupervisor(
    { ...command, otherSchools: others(5), overrideReason: '偏远校点，暂无他人' },
    initialPosting,
  )
  assert.deepEqual(
    events.map(({ type }) => type),
    ['RecusalCleared', 'RatioOverridden', 'SupervisorPosted'],
  )
  const [, override] = events
  assert.ok(override?.type === 'RatioOverridden')
  assert.equal(override.data.reason, '偏远校点，暂无他人')
  assert.equal(override.data.schools, 6)
})

test('[R6] a large school asks for a supervisor of its own', () => {
  const large = schoolWith(2000)
  assert.equal(postSupervisor({ ...command, school: large }, initialPosting).length, 2)
  const refused = (posting: Partial<PostSupervisor>) =>
    assert.throws(
      () => postSupervisor({ ...command, ...posting }, initialPosting),
      (error: unknown) => isDomainError(error, 'RATIO_EXCEEDED') && error.details.ratio === '1∶1',
    )
  refused({ school: large, otherSchools: others(1) })
  refused({ otherSchools: others(1, 2400) })
})

test('[R6] a school whose pupils were never reported counts as an ordinary one', () => {
  assert.equal(postSupervisor({ ...command, school: schoolWith(null) }, initialPosting).length, 2)
})

test('[R7] a replacement mid-month: the former one answers through the day before, no day is uncovered', () => {
  const held = when(initialPosting, {})
  const [, event] = postSupervisor({ ...command, supervisorId: yi, from: '2026-10-16' }, held)
  assert.ok(event?.type === 'PostingReplaced')
  assert.equal(event.data.formerSupervisorId, jia)
  assert.equal(event.data.formerTo, '2026-10-15')
  const history = [
    { from: '2026-09-01', to: event.data.formerTo },
    { from: event.data.from, to: null },
  ]
  assert.deepEqual(uncoveredDays(history, '2026-09-01', '2026-12-31'), [])
})

test('[R7] days without anybody are named, first and last included', () => {
  const history = [
    { from: '2026-10-10', to: '2026-10-15' },
    { from: '2026-10-20', to: '2026-10-25' },
  ]
  assert.deepEqual(uncoveredDays(history, '2026-10-01', '2026-10-31'), [
    { from: '2026-10-01', to: '2026-10-09' },
    { from: '2026-10-16', to: '2026-10-19' },
    { from: '2026-10-26', to: '2026-10-31' },
  ])
  assert.deepEqual(uncoveredDays([], '2026-10-01', '2026-10-01'), [{ from: '2026-10-01', to: '2026-10-01' }])
  assert.deepEqual(uncoveredDays(history, '2026-10-11', '2026-10-14'), [])
})

test('[R7] the past of a posting is not rewritten: a new one begins after the one before', () => {
  const held = when(initialPosting, {})
  assert.throws(
    () => postSupervisor({ ...command, supervisorId: yi, from: '2026-09-01' }, held),
    refusal('POSTING_FROM_TOO_EARLY', '/from'),
  )
  const vacant = endPosting({ on: '2026-12-31', reason: '岗位调整' }, held).reduce(evolvePosting, held)
  assert.throws(
    () => postSupervisor({ ...command, supervisorId: yi, from: '2026-12-31' }, vacant),
    refusal('POSTING_FROM_TOO_EARLY', '/from'),
  )
  assert.equal(postSupervisor({ ...command, supervisorId: yi, from: '2027-01-01' }, vacant).length, 2)
})

test('posting the same supervisor again changes nothing', () => {
  assert.deepEqual(postSupervisor({ ...command, otherSchools: others(9) }, when(initialPosting, {})), [])
})

test('[R14] a relative of the principal is not put on that school, with no reason that would help, and the reason is told', () => {
  const spouse: Fact = {
    id: '0197a000-0000-7000-8000-000000000601',
    personId: jia,
    kind: 'kinship',
    objectId: school,
    description: '配偶任该校校长',
    from: '2024-09-01',
    to: null,
  }
  const facts = [spouse]
  assert.throws(
    () => postSupervisor({ ...command, facts, overrideReason: '暂无他人' }, initialPosting),
    (error: unknown) =>
      refusal('RECUSAL_REQUIRED', '/supervisorId')(error) &&
      isDomainError(error) &&
      error.detail.includes('示例督学甲应当回避示例第一小学：配偶任该校校长'),
  )
  assert.equal(postSupervisor({ ...command, supervisorId: yi, facts }, initialPosting).length, 2)
  const [cleared] = postSupervisor({ ...command, facts: [{ ...spouse, to: '2026-08-31' }] }, initialPosting)
  assert.ok(cleared?.type === 'RecusalCleared')
  assert.ok(cleared.data.rules.some(({ id, version }) => id === 'recusal-kinship' && version === 1))
})

test('[R14] who rotated away after a full turn does not come straight back', () => {
  const turn = {
    id: 'turn',
    personId: jia,
    kind: 'posting',
    objectId: school,
    description: '担任该校挂牌督学',
  } as const
  const facts: Fact[] = [{ ...turn, from: '2022-09-01', to: '2025-08-31' }]
  assert.throws(
    () => postSupervisor({ ...command, facts }, initialPosting),
    refusal('RECUSAL_REQUIRED', '/supervisorId'),
  )
  const standIn: Fact[] = [{ ...turn, from: '2025-03-01', to: '2025-08-31' }]
  assert.equal(postSupervisor({ ...command, facts: standIn }, initialPosting).length, 2)
})

test('[R2] nobody is posted outside the term', () => {
  assert.throws(
    () => postSupervisor({ ...command, from: '2028-09-01' }, initialPosting),
    refusal('SUPERVISOR_TERM_NOT_RUNNING', '/supervisorId'),
  )
  assert.throws(
    () => postSupervisor({ ...command, supervisor: initialSupervisor }, initialPosting),
    refusal('SUPERVISOR_UNKNOWN', '/supervisorId'),
  )
})

test('nobody is posted to a closed school', () => {
  const open = schoolWith(600)
  assert.ok(open.stage === 'open')
  const closed: School = { stage: 'closed', school: open.school, closedOn: '2026-08-31' }
  assert.throws(() => postSupervisor({ ...command, school: closed }, initialPosting), refusal('SCHOOL_CLOSED'))
})

test('a posting ends with its last day, once, and not before it began', () => {
  const held = when(initialPosting, {})
  assert.throws(
    () => endPosting({ on: '2026-08-31', reason: '调整' }, held),
    refusal('POSTING_ENDS_BEFORE_START', '/on'),
  )
  const vacant = endPosting({ on: '2026-09-30', reason: '调整' }, held).reduce(evolvePosting, held)
  assert.deepEqual(endPosting({ on: '2026-09-30', reason: '调整' }, vacant), [])
  assert.throws(() => endPosting({ on: '2026-10-30', reason: '调整' }, vacant), refusal('POSTING_NOT_HELD'))
  assert.throws(() => endPosting({ on: '2026-10-30', reason: '调整' }, initialPosting), refusal('POSTING_NOT_HELD'))
})

test('[R13] a dismissal ends the postings of the person dismissed and of nobody else', () => {
  const held = when(initialPosting, {})
  const end = { on: '2026-10-31', reason: '督学退出' }
  assert.deepEqual(endPostingOf({ ...end, supervisorId: yi }, held), [])
  assert.deepEqual(endPostingOf({ ...end, supervisorId: jia }, held), [
    { type: 'PostingEnded', data: { supervisorId: jia, ...end } },
  ])
  const [never] = endPostingOf({ on: '2026-08-01', reason: '督学退出', supervisorId: jia }, held)
  assert.ok(never?.type === 'PostingEnded')
  assert.equal(never.data.on, '2026-08-31')
  assert.deepEqual(endPostingOf(end, initialPosting), [])
})

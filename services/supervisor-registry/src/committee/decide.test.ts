import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal, stateAfter } from '@dulian/event-sourcing/testing'
import { person } from '../../test/registry-story.ts'
import { appointSupervisor, registerSupervisor } from '../supervisor/decide.ts'
import { supervisorStream } from '../supervisor/supervisor.ts'
import { committeeStream } from './committee.ts'
import {
  type ChangeSeat,
  changeSeat,
  endLiaison,
  leaveCommittee,
  nameLiaison,
  renameMemberBody,
  seatMemberBodies,
  vacateSeat,
  vacateSeatsOf,
} from './decide.ts'
import type { CommitteeEvent } from './events.ts'
import { bodiesOf, type Committee, memberSeat } from './state.ts'

const id = (place: number) => `0197a000-0000-7000-8000-${String(700 + place).padStart(12, '0')}`
const names = Array.from({ length: 19 }, (_, place) => `示例成员单位${place + 1}`)
const seated = stateAfter(committeeStream, (state) =>
  seatMemberBodies({ bodies: names.map((name, place) => ({ bodyId: id(place), name })), from: '2021-09-01' }, state),
)
const when = (state: Committee, ...decided: ((state: Committee) => CommitteeEvent[])[]): Committee =>
  decided.reduce((now, decide) => decide(now).reduce(committeeStream.evolve, now), state)
const liaison = {
  bodyId: id(0),
  personName: '示例联络员甲',
  section: '教科文科',
  phone: '13800000002',
  from: '2021-09-01',
}
const director: ChangeSeat = {
  role: 'director',
  seatId: 'director',
  bodyId: null,
  supervisor: null,
  personName: '示例主任甲',
  personTitle: '副区长',
  from: '2021-09-01',
}

test('[G1] nineteen member bodies are seated at once; one that is there already is refused by its place', () => {
  assert.equal(bodiesOf(seated).size, 19)
  const again = {
    bodies: [
      { bodyId: id(50), name: '示例新单位' },
      { bodyId: id(51), name: '示例成员单位3' },
    ],
  }
  assert.throws(
    () => seatMemberBodies({ ...again, from: '2024-01-01' }, seated),
    refusal('MEMBER_BODY_TAKEN', '/names/1'),
  )
  const repeated = { bodies: [{ bodyId: id(0), name: '示例成员单位1' }], from: '2021-09-01' }
  assert.deepEqual(seatMemberBodies(repeated, seated), [])
})

test('[G1] a change of director is dated, and the past is not rewritten', () => {
  const held = when(seated, (state) => changeSeat(director, state))
  assert.deepEqual(changeSeat(director, held), [])
  const next = { ...director, personName: '示例主任乙', from: '2024-03-01' }
  assert.equal(changeSeat(next, held)[0]?.type, 'SeatChanged')
  assert.throws(() => changeSeat({ ...next, from: '2021-09-01' }, held), refusal('COMMITTEE_DAY_TOO_EARLY', '/from'))
  const vacant = when(held, (state) => vacateSeat({ seatId: 'director', to: '2024-02-29', reason: '工作变动' }, state))
  assert.deepEqual(vacateSeat({ seatId: 'director', to: '2024-02-29', reason: '工作变动' }, vacant), [])
  assert.throws(
    () => vacateSeat({ seatId: 'director', to: '2024-03-29', reason: '工作变动' }, vacant),
    refusal('SEAT_VACANT'),
  )
  assert.throws(() => changeSeat({ ...next, from: '2024-02-29' }, vacant), refusal('COMMITTEE_DAY_TOO_EARLY', '/from'))
})

test('[G1] a member sits for a member body; nobody sits for none, or without a name', () => {
  const member: ChangeSeat = { ...director, role: 'member', seatId: memberSeat(id(0)), bodyId: id(0) }
  assert.equal(changeSeat(member, seated).length, 1)
  assert.throws(() => changeSeat({ ...member, bodyId: id(40) }, seated), refusal('MEMBER_BODY_UNKNOWN', '/bodyId'))
  assert.throws(() => changeSeat({ ...member, bodyId: null }, seated), refusal('MEMBER_BODY_UNKNOWN', '/bodyId'))
  assert.throws(
    () => changeSeat({ ...member, personName: undefined }, seated),
    refusal('SEAT_PERSON_MISSING', '/personName'),
  )
  assert.throws(
    () => changeSeat({ ...member, from: '2021-08-31' }, seated),
    refusal('COMMITTEE_DAY_TOO_EARLY', '/from'),
  )
})

test('[G1] a body that leaves takes its member and its liaison with it, and may not be changed afterwards', () => {
  const full = when(
    seated,
    (state) => changeSeat({ ...director, role: 'member', seatId: memberSeat(id(0)), bodyId: id(0) }, state),
    (state) => nameLiaison(liaison, state),
  )
  const leave = { bodyId: id(0), to: '2026-08-31', reason: '机构改革' }
  assert.deepEqual(
    leaveCommittee(leave, full).map(({ type }) => type),
    ['SeatVacated', 'LiaisonEnded', 'MemberBodyLeft'],
  )
  const left = when(full, (state) => leaveCommittee(leave, state))
  assert.deepEqual(leaveCommittee(leave, left), [])
  assert.throws(() => nameLiaison({ ...liaison, from: '2027-01-01' }, left), refusal('MEMBER_BODY_LEFT'))
  assert.throws(
    () => leaveCommittee({ ...leave, to: '2021-08-31' }, full),
    refusal('COMMITTEE_ENDS_BEFORE_START', '/to'),
  )
})

test('[G1] a reformed department keeps its seat under its new name', () => {
  const rename = { bodyId: id(0), name: '示例合并单位', from: '2024-03-01' }
  const renamed = when(seated, (state) => renameMemberBody(rename, state))
  assert.equal(bodiesOf(renamed).get(id(0))?.name, '示例合并单位')
  assert.deepEqual(renameMemberBody(rename, renamed), [])
  assert.throws(
    () => renameMemberBody({ ...rename, name: '示例成员单位2' }, seated),
    refusal('MEMBER_BODY_TAKEN', '/name'),
  )
})

test('[G3] a body has one liaison at a time, with the section, from a day on; of an unknown body there is none', () => {
  const named = when(seated, (state) => nameLiaison(liaison, state))
  assert.deepEqual(nameLiaison(liaison, named), [])
  const next = { ...liaison, personName: '示例联络员乙', from: '2025-01-01' }
  assert.equal(nameLiaison(next, named).length, 1)
  assert.throws(() => nameLiaison({ ...next, from: '2021-09-01' }, named), refusal('COMMITTEE_DAY_TOO_EARLY', '/from'))
  assert.throws(() => nameLiaison({ ...liaison, bodyId: id(40) }, seated), refusal('STREAM_NOT_FOUND'))
  const ended = when(named, (state) => endLiaison({ bodyId: id(0), to: '2025-12-31', reason: '轮岗' }, state))
  assert.deepEqual(endLiaison({ bodyId: id(0), to: '2025-12-31', reason: '轮岗' }, ended), [])
  assert.throws(
    () => endLiaison({ bodyId: id(1), to: '2025-12-31', reason: '轮岗' }, seated),
    refusal('LIAISON_MISSING'),
  )
})

test('[R16] the chief supervisor is a government supervisor in term, and is so no longer than that', () => {
  const supervisorOf = (category: 'government' | 'school') =>
    stateAfter(
      supervisorStream,
      () => registerSupervisor({ ...person, category }),
      (state) => appointSupervisor({ termFrom: '2025-09-01', decidedBy: '示例委员会', decidedOn: '2025-08-20' }, state),
    )
  const supervisorId = '0197a000-0000-7000-8000-000000000501'
  const chief: ChangeSeat = {
    ...director,
    role: 'chief-supervisor',
    seatId: 'chief-supervisor',
    supervisor: { supervisorId, state: supervisorOf('government') },
    personName: undefined,
    from: '2025-09-01',
  }
  const [event] = changeSeat(chief, seated)
  assert.ok(event?.type === 'SeatChanged')
  assert.deepEqual([event.data.personName, event.data.supervisorId], ['示例督学甲', supervisorId])
  assert.throws(
    () => changeSeat({ ...chief, supervisor: { supervisorId, state: supervisorOf('school') } }, seated),
    refusal('NOT_GOVERNMENT_SUPERVISOR', '/supervisorId'),
  )
  assert.throws(
    () => changeSeat({ ...chief, from: '2029-01-01' }, seated),
    refusal('SUPERVISOR_TERM_NOT_RUNNING', '/supervisorId'),
  )
  assert.throws(
    () => changeSeat({ ...chief, supervisor: null }, seated),
    refusal('SUPERVISOR_UNKNOWN', '/supervisorId'),
  )
  const held = when(seated, (state) => changeSeat(chief, state))
  const gone = { supervisorId, to: '2026-02-28', reason: '督学解聘' }
  assert.deepEqual(vacateSeatsOf(gone, held), [
    {
      type: 'SeatVacated',
      data: { seatId: 'chief-supervisor', role: 'chief-supervisor', to: '2026-02-28', reason: '督学解聘' },
    },
  ])
  assert.deepEqual(vacateSeatsOf({ ...gone, supervisorId: id(1) }, held), [])
})

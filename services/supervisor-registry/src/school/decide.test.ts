import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal } from '@dulian/event-sourcing/testing'
import {
  type CorrectSchool,
  closeSchool,
  correctSchool,
  type RegisterSchool,
  registerSchool,
  reportEnrolment,
  type ZoneFacts,
} from './decide.ts'
import type { SchoolEvent } from './events.ts'
import { schoolIdOf } from './school.ts'
import { evolveSchool, initialSchool, type School } from './state.ts'

const zone: ZoneFacts = { zoneId: '0197a000-0000-7000-8000-0000000000a1', name: '城区责任区', otherSchools: 4 }
const command: RegisterSchool = {
  code: '3150000001',
  name: '示例第一小学',
  kind: 'school',
  stage: 'primary',
  ownership: 'public',
  address: null,
  zone,
  enrolment: 1240,
  overrideReason: undefined,
  on: '2026-11-22',
}
const given = (...events: SchoolEvent[]): School => events.reduce(evolveSchool, initialSchool)
const registered = registerSchool(command)
const correction: CorrectSchool = { reason: '更名', overrideReason: undefined, on: '2026-11-22' }

test('a school is registered in its zone', () => {
  const [event, ...rest] = registered
  assert.deepEqual(rest, [])
  assert.equal(event?.type, 'SchoolRegistered')
  const state = given(...registered)
  assert.equal(state.stage, 'open')
  assert.ok(state.stage === 'open')
  assert.equal(state.school.zoneName, '城区责任区')
  assert.equal(state.school.enrolment, 1240)
})

test('a school cannot be registered in a zone that does not exist', () => {
  assert.throws(() => registerSchool({ ...command, zone: undefined }), refusal('ZONE_UNKNOWN', '/zoneId'))
})

test('the twenty-first school of a zone is refused, or taken with a reason under the rule that was overridden', () => {
  const full = { ...zone, otherSchools: 20 }
  assert.throws(() => registerSchool({ ...command, zone: full }), refusal('ZONE_FULL', '/zoneId'))
  assert.doesNotThrow(() => registerSchool({ ...command, zone: { ...zone, otherSchools: 19 } }))
  const [event] = registerSchool({ ...command, zone: full, overrideReason: '相邻责任区撤销' })
  assert.ok(event?.type === 'SchoolRegistered')
  assert.deepEqual(event.data.zoneLimitOverride, {
    schools: 20,
    limit: 20,
    reason: '相邻责任区撤销',
    rule: { id: 'schools-per-zone', version: 1 },
  })
})

test('the same 学校标识码 has the same id within an office and another one elsewhere', () => {
  assert.equal(schoolIdOf('yongchuan', '3150000001'), schoolIdOf('yongchuan', '3150000001'))
  assert.notEqual(schoolIdOf('yongchuan', '3150000001'), schoolIdOf('qijiang', '3150000001'))
  assert.notEqual(schoolIdOf('yongchuan', '3150000001'), schoolIdOf('yongchuan', '3150000002'))
})

test('a correction carries the whole school as it is afterwards', () => {
  const [event] = correctSchool({ ...correction, name: '示例实验小学' }, given(...registered))
  assert.ok(event?.type === 'SchoolDetailsCorrected')
  assert.equal(event.data.school.name, '示例实验小学')
  assert.equal(event.data.school.zoneId, zone.zoneId)
  assert.equal(event.data.school.enrolment, 1240)
})

test('a correction that changes nothing is refused', () => {
  assert.throws(
    () => correctSchool({ ...correction, name: command.name }, given(...registered)),
    refusal('SCHOOL_NOTHING_TO_CORRECT'),
  )
})

test('a school that stays in its full zone can be corrected; one that moves into a full zone cannot', () => {
  const full = { ...zone, otherSchools: 25 }
  assert.equal(correctSchool({ ...correction, name: '新名', move: { zone: full } }, given(...registered)).length, 1)
  const other = { ...full, zoneId: '0197a000-0000-7000-8000-0000000000a2' }
  assert.throws(
    () => correctSchool({ ...correction, move: { zone: other } }, given(...registered)),
    refusal('ZONE_FULL', '/zoneId'),
  )
})

test('enrolment of an older day than the known one is refused, the same figure again changes nothing', () => {
  const reported = reportEnrolment({ enrolment: 1302, asOf: '2026-09-10' }, given(...registered))
  const state = given(...registered, ...reported)
  assert.ok(state.stage === 'open')
  assert.equal(state.school.enrolment, 1302)
  assert.deepEqual(reportEnrolment({ enrolment: 1302, asOf: '2026-09-10' }, state), [])
  assert.throws(
    () => reportEnrolment({ enrolment: 1200, asOf: '2026-03-10' }, state),
    refusal('SCHOOL_ENROLMENT_OLDER', '/asOf'),
  )
})

test('a closed school takes no correction and no figure; closing it again on that day changes nothing', () => {
  const close = { closedOn: '2026-08-31', reason: '并入示例第二小学' }
  const closed = given(...registered, ...closeSchool(close, given(...registered)))
  assert.equal(closed.stage, 'closed')
  assert.deepEqual(closeSchool(close, closed), [])
  assert.throws(
    () => closeSchool({ ...close, closedOn: '2026-09-01' }, closed),
    refusal('SCHOOL_CLOSED_ON_ANOTHER_DAY'),
  )
  assert.throws(() => correctSchool({ ...correction, name: '新名' }, closed), refusal('SCHOOL_CLOSED'))
  assert.throws(() => reportEnrolment({ enrolment: 1, asOf: '2026-09-10' }, closed), refusal('SCHOOL_CLOSED'))
})

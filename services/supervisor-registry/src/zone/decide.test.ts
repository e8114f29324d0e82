import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDomainError } from '@dulian/event-sourcing'
import { appointSupervisor, registerSupervisor } from '../supervisor/decide.ts'
import { evolveSupervisor, initialSupervisor } from '../supervisor/state.ts'
import { establishZone, nameZoneHead } from './decide.ts'
import { evolveZone, initialZone } from './state.ts'

const supervisorId = '0197a000-0000-7000-8000-000000000501'
const registered = registerSupervisor({
  name: '示例督学甲',
  category: 'school',
  employment: 'part-time',
  homeUnit: '示例学校',
  field: '小学教育',
  phone: '13800000001',
}).reduce(evolveSupervisor, initialSupervisor)
const appointed = appointSupervisor(
  { termFrom: '2025-09-01', decidedBy: '示例委员会', decidedOn: '2025-08-20' },
  registered,
).reduce(evolveSupervisor, registered)
const zone = establishZone({ name: '城区责任区', nameTaken: false }).reduce(evolveZone, initialZone)

test('[R16] a zone is established under a name of its own', () => {
  assert.deepEqual(zone, { stage: 'established', name: '城区责任区', headSupervisorId: null })
  assert.throws(
    () => establishZone({ name: '城区责任区', nameTaken: true }),
    (error: unknown) => isDomainError(error, 'ZONE_NAME_TAKEN'),
  )
})

test('[R16] a zone gets a head who is in term; naming the same one again changes nothing', () => {
  const command = { supervisorId, supervisor: appointed, on: '2026-11-22' }
  const events = nameZoneHead(command, zone)
  assert.deepEqual(events, [{ type: 'ZoneHeadNamed', data: { supervisorId, supervisorName: '示例督学甲' } }])
  assert.deepEqual(nameZoneHead(command, events.reduce(evolveZone, zone)), [])
})

test('[R2] [R16] nobody outside a term becomes head of a zone', () => {
  assert.throws(
    () => nameZoneHead({ supervisorId, supervisor: registered, on: '2026-11-22' }, zone),
    (error: unknown) => isDomainError(error, 'SUPERVISOR_NOT_APPOINTED'),
  )
  assert.throws(
    () => nameZoneHead({ supervisorId, supervisor: appointed, on: '2029-01-01' }, zone),
    (error: unknown) => isDomainError(error, 'SUPERVISOR_TERM_NOT_RUNNING'),
  )
})

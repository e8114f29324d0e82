import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal, stateAfter } from '@dulian/event-sourcing/testing'
import { person } from '../../test/registry-story.ts'
import { appointSupervisor, registerSupervisor } from '../supervisor/decide.ts'
import { supervisorStream } from '../supervisor/supervisor.ts'
import { establishZone, nameZoneHead } from './decide.ts'
import { evolveZone } from './state.ts'
import { zoneStream } from './zone.ts'

const supervisorId = '0197a000-0000-7000-8000-000000000501'
const registered = stateAfter(supervisorStream, () => registerSupervisor(person))
const appointed = stateAfter(
  supervisorStream,
  () => registerSupervisor(person),
  (state) => appointSupervisor({ termFrom: '2025-09-01', decidedBy: '示例委员会', decidedOn: '2025-08-20' }, state),
)
const zone = stateAfter(zoneStream, () => establishZone({ name: '城区责任区', nameTaken: false }))

test('[R16] a zone is established under a name of its own', () => {
  assert.deepEqual(zone, { stage: 'established', name: '城区责任区', headSupervisorId: null })
  assert.throws(() => establishZone({ name: '城区责任区', nameTaken: true }), refusal('ZONE_NAME_TAKEN', '/name'))
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
    refusal('SUPERVISOR_NOT_APPOINTED', '/supervisorId'),
  )
  assert.throws(
    () => nameZoneHead({ supervisorId, supervisor: appointed, on: '2029-01-01' }, zone),
    refusal('SUPERVISOR_TERM_NOT_RUNNING', '/supervisorId'),
  )
})

import { registryError } from '../errors.ts'
import { requireInTerm } from '../supervisor/decide.ts'
import type { Supervisor } from '../supervisor/state.ts'
import type { ZoneEvent } from './events.ts'
import type { Zone } from './state.ts'

export interface EstablishZone {
  readonly name: string
  /** Whether another zone of the office has this name, as looked up. */
  readonly nameTaken: boolean
}

export function establishZone(command: EstablishZone): ZoneEvent[] {
  if (command.nameTaken) throw registryError('ZONE_NAME_TAKEN', { name: command.name }, { pointer: '/name' })
  return [{ type: 'ZoneEstablished', data: { name: command.name } }]
}

export interface NameZoneHead {
  readonly supervisorId: string
  readonly supervisor: Supervisor
  readonly on: string
}

export function nameZoneHead(command: NameZoneHead, state: Zone): ZoneEvent[] {
  if (state.stage === 'established' && state.headSupervisorId === command.supervisorId) return []
  const { person } = requireInTerm(command.supervisor, command.on)
  return [{ type: 'ZoneHeadNamed', data: { supervisorId: command.supervisorId, supervisorName: person.name } }]
}

export interface LeaveZoneHead {
  readonly supervisorId: string
  /** First day without the office. */
  readonly on: string
  readonly reason: string
}

/** Who leaves the office of supervisor heads no zone any more; whoever heads it by then is not touched. */
export function leaveZoneHead(command: LeaveZoneHead, state: Zone): ZoneEvent[] {
  if (state.stage !== 'established' || state.headSupervisorId !== command.supervisorId) return []
  return [{ type: 'ZoneHeadLeft', data: { ...command } }]
}

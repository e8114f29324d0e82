import { addDays } from '@dulian/calendar'
import { eventSourcingError } from '@dulian/event-sourcing'
import { registryError } from '../errors.ts'
import { requireInTerm } from '../supervisor/decide.ts'
import type { Supervisor } from '../supervisor/state.ts'
import type { CommitteeEvent, LiaisonNamed, SeatRole } from './events.ts'
import { bodiesOf, type Committee, type MemberBody, memberSeat, seatsOf, type Tenure } from './state.ts'

export interface SeatBodies {
  readonly bodies: readonly { readonly bodyId: string; readonly name: string }[]
  readonly from: string
}

/** Departments become member bodies, one or all nineteen at once; a name that has a seat already is refused. */
export function seatMemberBodies(command: SeatBodies, state: Committee): CommitteeEvent[] {
  const taken = new Set([...bodiesOf(state).values()].filter(({ to }) => to === null).map(({ name }) => name))
  const events: CommitteeEvent[] = []
  for (const [place, { bodyId, name }] of command.bodies.entries()) {
    if (bodiesOf(state).has(bodyId)) continue
    if (taken.has(name)) throw registryError('MEMBER_BODY_TAKEN', { name }, { pointer: `/names/${place}` })
    taken.add(name)
    events.push({ type: 'MemberBodySeated', data: { bodyId, name, from: command.from } })
  }
  return events
}

export function renameMemberBody(
  command: { readonly bodyId: string; readonly name: string; readonly from: string },
  state: Committee,
): CommitteeEvent[] {
  const body = requireMember(command.bodyId, state)
  if (body.name === command.name) return []
  const { bodyId, name, from } = command
  if (from <= body.from) throw registryError('COMMITTEE_DAY_TOO_EARLY', { after: body.from }, { pointer: '/from' })
  const taken = [...bodiesOf(state).values()].some((other) => other.to === null && other.name === name)
  if (taken) throw registryError('MEMBER_BODY_TAKEN', { name }, { pointer: '/name' })
  return [{ type: 'MemberBodyRenamed', data: { bodyId, name, formerName: body.name, from } }]
}

export interface Leave {
  readonly to: string
  readonly reason: string
}

/** A body that leaves takes its member's seat and its liaison with it. */
export function leaveCommittee(command: Leave & { readonly bodyId: string }, state: Committee): CommitteeEvent[] {
  const known = bodiesOf(state).get(command.bodyId)
  if (known !== undefined && known.to === command.to) return []
  const body = requireMember(command.bodyId, state)
  const { bodyId, to, reason } = command
  requireNotBefore(to, body.from)
  const events: CommitteeEvent[] = []
  const seatId = memberSeat(bodyId)
  const seat = seatsOf(state).get(seatId)
  if (seat?.tenure.held === true) {
    requireNotBefore(to, seat.tenure.from)
    events.push({ type: 'SeatVacated', data: { seatId, role: 'member', to, reason } })
  }
  if (body.liaison?.held === true) {
    requireNotBefore(to, body.liaison.from)
    events.push({ type: 'LiaisonEnded', data: { bodyId, to, reason } })
  }
  return [...events, { type: 'MemberBodyLeft', data: { bodyId, name: body.name, to, reason } }]
}

export interface ChangeSeat {
  readonly role: SeatRole
  /** Which of several; a new one where absent. Fixed for director, chief and members. */
  readonly seatId: string
  readonly bodyId: string | null
  /** For the chief supervisors: who it is, as looked up. */
  readonly supervisor: { readonly supervisorId: string; readonly state: Supervisor } | null
  readonly personName: string | undefined
  readonly personTitle: string
  readonly from: string
}

export function changeSeat(command: ChangeSeat, state: Committee): CommitteeEvent[] {
  const { role, seatId, personTitle, from } = command
  const bodyId = role === 'member' ? requireBodyOf(command, state) : null
  const person = personOf(command)
  const seat = seatsOf(state).get(seatId)
  const isSame = seat?.tenure.held === true && seat.tenure.personName === person.personName
  if (isSame && seat.personTitle === personTitle && seat.supervisorId === person.supervisorId) return []
  requireAfter(from, seat?.tenure)
  if (bodyId !== null) {
    const body = requireMember(bodyId, state)
    if (from < body.from) throw registryError('COMMITTEE_DAY_TOO_EARLY', { after: body.from }, { pointer: '/from' })
  }
  return [{ type: 'SeatChanged', data: { seatId, role, bodyId, ...person, personTitle, from } }]
}

export function vacateSeat(command: Leave & { readonly seatId: string }, state: Committee): CommitteeEvent[] {
  const { seatId, to, reason } = command
  const seat = seatsOf(state).get(seatId)
  if (seat === undefined) throw registryError('SEAT_UNKNOWN', {}, { pointer: '/seatId' })
  if (!seat.tenure.held) {
    if (seat.tenure.until === to) return []
    throw registryError('SEAT_VACANT', { until: seat.tenure.until })
  }
  requireNotBefore(to, seat.tenure.from)
  return [{ type: 'SeatVacated', data: { seatId, role: seat.role, to, reason } }]
}

/** The seats a supervisor holds as 总督学 or 副总督学 end with the office of supervisor. */
export function vacateSeatsOf(command: Leave & { readonly supervisorId: string }, state: Committee): CommitteeEvent[] {
  const { supervisorId, to, reason } = command
  return [...seatsOf(state)].flatMap(([seatId, seat]): CommitteeEvent[] => {
    if (seat.supervisorId !== supervisorId || !seat.tenure.held) return []
    // One that was still to begin never took effect.
    const last = to >= seat.tenure.from ? to : addDays(seat.tenure.from, -1)
    return [{ type: 'SeatVacated', data: { seatId, role: seat.role, to: last, reason } }]
  })
}

export function nameLiaison(command: LiaisonNamed, state: Committee): CommitteeEvent[] {
  const { liaison, from: memberFrom } = requireMember(command.bodyId, state)
  if (liaison?.held === true && liaison.personName === command.personName && liaison.phone === command.phone) return []
  requireAfter(command.from, liaison)
  if (command.from < memberFrom) {
    throw registryError('COMMITTEE_DAY_TOO_EARLY', { after: memberFrom }, { pointer: '/from' })
  }
  return [{ type: 'LiaisonNamed', data: command }]
}

export function endLiaison(command: Leave & { readonly bodyId: string }, state: Committee): CommitteeEvent[] {
  const { bodyId, to, reason } = command
  const { liaison } = requireMember(bodyId, state)
  if (liaison?.held !== true) {
    if (liaison?.until === to) return []
    throw registryError('LIAISON_MISSING')
  }
  requireNotBefore(to, liaison.from)
  return [{ type: 'LiaisonEnded', data: { bodyId, to, reason } }]
}

function personOf({ role, supervisor, personName, from }: ChangeSeat): {
  readonly supervisorId: string | null
  readonly personName: string
} {
  if (role !== 'chief-supervisor' && role !== 'deputy-chief-supervisor') {
    if (personName === undefined) throw registryError('SEAT_PERSON_MISSING', {}, { pointer: '/personName' })
    return { supervisorId: null, personName }
  }
  if (supervisor === null) throw registryError('SUPERVISOR_UNKNOWN', {}, { pointer: '/supervisorId' })
  const { person } = requireInTerm(supervisor.state, from)
  if (person.category !== 'government') {
    throw registryError('NOT_GOVERNMENT_SUPERVISOR', { name: person.name }, { pointer: '/supervisorId' })
  }
  return { supervisorId: supervisor.supervisorId, personName: person.name }
}

function requireBodyOf({ bodyId }: ChangeSeat, state: Committee): string {
  if (bodyId === null || bodiesOf(state).get(bodyId)?.to !== null) {
    throw registryError('MEMBER_BODY_UNKNOWN', {}, { pointer: '/bodyId' })
  }
  return bodyId
}

function requireMember(bodyId: string, state: Committee): MemberBody {
  const body = bodiesOf(state).get(bodyId)
  if (body === undefined) throw eventSourcingError('STREAM_NOT_FOUND')
  if (body.to !== null) throw registryError('MEMBER_BODY_LEFT', { name: body.name, to: body.to })
  return body
}

/** What somebody held so far is not rewritten: the next one begins after it. */
function requireAfter(from: string, tenure: Tenure | undefined): void {
  if (tenure === undefined) return
  const after = tenure.held ? tenure.from : tenure.until
  if (from <= after) throw registryError('COMMITTEE_DAY_TOO_EARLY', { after }, { pointer: '/from' })
}

function requireNotBefore(to: string, from: string): void {
  if (to < from) throw registryError('COMMITTEE_ENDS_BEFORE_START', { from }, { pointer: '/to' })
}

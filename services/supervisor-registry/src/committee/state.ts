import type { CommitteeEvent, SeatRole } from './events.ts'

/** Since when somebody holds something, or until when somebody did. */
export type Tenure =
  | { readonly held: true; readonly personName: string; readonly from: string }
  | { readonly held: false; readonly until: string }

export interface MemberBody {
  readonly name: string
  readonly from: string
  /** Last day as a member; null while it is one. */
  readonly to: string | null
  readonly liaison: (Tenure & { readonly phone: string }) | undefined
}

export interface Seat {
  readonly role: SeatRole
  readonly bodyId: string | null
  readonly supervisorId: string | null
  readonly personTitle: string
  readonly tenure: Tenure
}

export type Committee =
  | { readonly stage: 'empty' }
  | {
      readonly stage: 'seated'
      readonly bodies: ReadonlyMap<string, MemberBody>
      readonly seats: ReadonlyMap<string, Seat>
    }

export const initialCommittee: Committee = { stage: 'empty' }

export function evolveCommittee(state: Committee, event: CommitteeEvent): Committee {
  switch (event.type) {
    case 'MemberBodySeated': {
      const { bodyId, name, from } = event.data
      return withBody(state, bodyId, { name, from, to: null, liaison: undefined })
    }
    case 'MemberBodyRenamed':
      return changedBody(state, event.data.bodyId, { name: event.data.name })
    case 'MemberBodyLeft':
      return changedBody(state, event.data.bodyId, { to: event.data.to })
    case 'SeatChanged': {
      const { seatId, role, bodyId, supervisorId, personTitle, personName, from } = event.data
      return withSeat(state, seatId, {
        ...{ role, bodyId, supervisorId, personTitle },
        tenure: { held: true, personName, from },
      })
    }
    case 'SeatVacated': {
      const seat = seatsOf(state).get(event.data.seatId)
      if (seat === undefined) return state
      return withSeat(state, event.data.seatId, { ...seat, tenure: { held: false, until: event.data.to } })
    }
    case 'LiaisonNamed': {
      const { bodyId, personName, phone, from } = event.data
      return changedBody(state, bodyId, { liaison: { held: true, personName, phone, from } })
    }
    case 'LiaisonEnded':
      return changedBody(state, event.data.bodyId, { liaison: { held: false, until: event.data.to, phone: '' } })
    default:
      event satisfies never
      return state
  }
}

export function bodiesOf(state: Committee): ReadonlyMap<string, MemberBody> {
  return state.stage === 'seated' ? state.bodies : new Map()
}

export function seatsOf(state: Committee): ReadonlyMap<string, Seat> {
  return state.stage === 'seated' ? state.seats : new Map()
}

/** The seat of a body's member. */
export function memberSeat(bodyId: string): string {
  return `member:${bodyId}`
}

function withBody(state: Committee, bodyId: string, body: MemberBody): Committee {
  return { stage: 'seated', bodies: new Map(bodiesOf(state)).set(bodyId, body), seats: seatsOf(state) }
}

function changedBody(state: Committee, bodyId: string, changed: Partial<MemberBody>): Committee {
  const body = bodiesOf(state).get(bodyId)
  return body === undefined ? state : withBody(state, bodyId, { ...body, ...changed })
}

function withSeat(state: Committee, seatId: string, seat: Seat): Committee {
  return { stage: 'seated', bodies: bodiesOf(state), seats: new Map(seatsOf(state)).set(seatId, seat) }
}

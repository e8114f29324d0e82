import type { ZoneEvent } from './events.ts'

export type Zone =
  | { readonly stage: 'unknown' }
  | { readonly stage: 'established'; readonly name: string; readonly headSupervisorId: string | null }

export const initialZone: Zone = { stage: 'unknown' }

export function evolveZone(state: Zone, event: ZoneEvent): Zone {
  switch (event.type) {
    case 'ZoneEstablished':
      return { stage: 'established', name: event.data.name, headSupervisorId: null }
    case 'ZoneHeadNamed':
      return state.stage === 'established' ? { ...state, headSupervisorId: event.data.supervisorId } : state
    case 'ZoneHeadLeft':
      return state.stage === 'established' ? { ...state, headSupervisorId: null } : state
    default:
      event satisfies never
      return state
  }
}

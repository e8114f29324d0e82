import type { DutyParties, MonthlyDutyEvent, MonthlyVisitDue } from './events.ts'

interface Known {
  readonly duty: MonthlyVisitDue
  readonly visitIds: readonly string[]
}

/** One school in one month. `met`: visited as often as asked for. */
export type MonthlyDuty =
  | { readonly stage: 'none' }
  | (Known & { readonly stage: 'due' })
  | (Known & { readonly stage: 'met' })
  | (Known & { readonly stage: 'missed' })
  | (Known & { readonly stage: 'waived'; readonly closedOn: string })

export const initialMonthlyDuty: MonthlyDuty = { stage: 'none' }

export function evolveMonthlyDuty(state: MonthlyDuty, event: MonthlyDutyEvent): MonthlyDuty {
  switch (event.type) {
    case 'MonthlyVisitDue':
      return { stage: 'due', duty: event.data, visitIds: [] }
    case 'MonthlyVisitReassigned': {
      if (state.stage === 'none') return state
      const { from: _, ...parties } = event.data
      return { ...state, duty: { ...state.duty, ...parties } }
    }
    case 'MonthlyVisitCounted': {
      if (state.stage === 'none') return state
      const visitIds = [...state.visitIds, event.data.visitId]
      const { duty } = state
      if (state.stage === 'waived' || visitIds.length < duty.required) return { ...state, visitIds }
      return { stage: 'met', duty, visitIds }
    }
    case 'MonthlyVisitMissed':
      return state.stage === 'none' ? state : { stage: 'missed', duty: state.duty, visitIds: state.visitIds }
    case 'MonthlyVisitWaived': {
      if (state.stage === 'none') return state
      const { duty, visitIds } = state
      return { stage: 'waived', duty, visitIds, closedOn: event.data.closedOn }
    }
    default: {
      const unknown: never = event
      return unknown
    }
  }
}

/** Only what says whose duty it is. */
export function partiesOfDuty(of: DutyParties): DutyParties {
  const { schoolId, schoolName, kind, zoneId, zoneName, supervisorId, supervisorName } = of
  return { schoolId, schoolName, kind, zoneId, zoneName, supervisorId, supervisorName }
}

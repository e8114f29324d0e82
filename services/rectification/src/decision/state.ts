import type { DecisionEvent, DecisionIssued, DecisionReceived } from './events.ts'

export type Decision =
  | { readonly stage: 'none' }
  | {
      readonly stage: 'issued'
      readonly issued: DecisionIssued
      /** By school. */
      readonly received: ReadonlyMap<string, DecisionReceived>
    }

export const initialDecision: Decision = { stage: 'none' }

export function evolveDecision(state: Decision, event: DecisionEvent): Decision {
  switch (event.type) {
    case 'DecisionIssued':
      return { stage: 'issued', issued: event.data, received: new Map() }
    case 'DecisionReceived': {
      if (state.stage === 'none') return state
      return { ...state, received: new Map(state.received).set(event.data.schoolId, event.data) }
    }
    default: {
      const unknown: never = event
      return unknown
    }
  }
}

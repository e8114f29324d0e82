import type { DecisionEvent, DecisionIssued } from './events.ts'

export type Decision = { readonly stage: 'none' } | { readonly stage: 'issued'; readonly issued: DecisionIssued }

export const initialDecision: Decision = { stage: 'none' }

export function evolveDecision(_state: Decision, event: DecisionEvent): Decision {
  switch (event.type) {
    case 'DecisionIssued':
      return { stage: 'issued', issued: event.data }
    default: {
      const unknown: never = event.type
      return unknown
    }
  }
}

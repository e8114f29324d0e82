import type { TalentDelisted, TalentEvent } from './events.ts'

export type Talent =
  | { readonly stage: 'unknown' }
  | { readonly stage: 'listed'; readonly name: string; readonly on: string; readonly steps: ReadonlySet<string> }
  | {
      readonly stage: 'delisted'
      readonly name: string
      readonly on: string
      readonly outcome: TalentDelisted['outcome']
    }

export const initialTalent: Talent = { stage: 'unknown' }

export function evolveTalent(state: Talent, event: TalentEvent): Talent {
  switch (event.type) {
    case 'TalentListed':
      return { stage: 'listed', name: event.data.name, on: event.data.on, steps: new Set() }
    case 'TalentStepNoted':
      return state.stage === 'listed' ? { ...state, steps: new Set(state.steps).add(event.data.stepId) } : state
    case 'TalentDelisted': {
      const { on, outcome } = event.data
      return state.stage === 'listed' ? { stage: 'delisted', name: state.name, on, outcome } : state
    }
    default:
      event satisfies never
      return state
  }
}

import type { SelfCheckEvent, SelfCheckOpened, SelfCheckReturned, SelfCheckSubmitted } from './events.ts'

/** 学校自查 of one school and month. */
export type SelfCheck =
  | { readonly stage: 'none' }
  | { readonly stage: 'opened'; readonly opened: SelfCheckOpened }
  | { readonly stage: 'submitted'; readonly opened: SelfCheckOpened; readonly submitted: SelfCheckSubmitted }
  | {
      readonly stage: 'returned'
      readonly opened: SelfCheckOpened
      readonly submitted: SelfCheckSubmitted
      readonly returned: SelfCheckReturned
    }

export const initialSelfCheck: SelfCheck = { stage: 'none' }

export function evolveSelfCheck(state: SelfCheck, event: SelfCheckEvent): SelfCheck {
  switch (event.type) {
    case 'SelfCheckOpened':
      return { stage: 'opened', opened: event.data }
    case 'SelfCheckSubmitted':
      return state.stage === 'none' ? state : { stage: 'submitted', opened: state.opened, submitted: event.data }
    case 'SelfCheckReturned':
      return state.stage === 'submitted' ? { ...state, stage: 'returned', returned: event.data } : state
    default: {
      const unknown: never = event
      return unknown
    }
  }
}

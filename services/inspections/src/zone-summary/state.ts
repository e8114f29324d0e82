import type { ZoneSummaryEvent, ZoneSummaryReturned, ZoneSummarySubmitted } from './events.ts'

/** 责任区汇总 of one zone and month. */
export type ZoneSummary =
  | { readonly stage: 'none' }
  | { readonly stage: 'submitted'; readonly submitted: ZoneSummarySubmitted }
  | { readonly stage: 'returned'; readonly submitted: ZoneSummarySubmitted; readonly returned: ZoneSummaryReturned }

export const initialZoneSummary: ZoneSummary = { stage: 'none' }

export function evolveZoneSummary(state: ZoneSummary, event: ZoneSummaryEvent): ZoneSummary {
  switch (event.type) {
    case 'ZoneSummarySubmitted':
      return { stage: 'submitted', submitted: event.data }
    case 'ZoneSummaryReturned':
      return state.stage === 'submitted' ? { ...state, stage: 'returned', returned: event.data } : state
    default: {
      const unknown: never = event
      return unknown
    }
  }
}

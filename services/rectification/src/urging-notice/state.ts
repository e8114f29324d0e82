import type { UrgingNoticeEvent, UrgingNoticeIssued, UrgingNoticeReceived } from './events.ts'

export type UrgingNotice =
  | { readonly stage: 'none' }
  | { readonly stage: 'issued'; readonly issued: UrgingNoticeIssued }
  | { readonly stage: 'received'; readonly issued: UrgingNoticeIssued; readonly received: UrgingNoticeReceived }

export const initialUrgingNotice: UrgingNotice = { stage: 'none' }

export function evolveUrgingNotice(state: UrgingNotice, event: UrgingNoticeEvent): UrgingNotice {
  switch (event.type) {
    case 'UrgingNoticeIssued':
      return { stage: 'issued', issued: event.data }
    case 'UrgingNoticeReceived':
      return state.stage === 'none' ? state : { stage: 'received', issued: state.issued, received: event.data }
    default: {
      const unknown: never = event
      return unknown
    }
  }
}

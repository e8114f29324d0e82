import type { UrgingNoticeEvent, UrgingNoticeIssued } from './events.ts'

export type UrgingNotice =
  | { readonly stage: 'none' }
  | { readonly stage: 'issued'; readonly issued: UrgingNoticeIssued }

export const initialUrgingNotice: UrgingNotice = { stage: 'none' }

export function evolveUrgingNotice(_state: UrgingNotice, event: UrgingNoticeEvent): UrgingNotice {
  switch (event.type) {
    case 'UrgingNoticeIssued':
      return { stage: 'issued', issued: event.data }
    default: {
      const unknown: never = event.type
      return unknown
    }
  }
}

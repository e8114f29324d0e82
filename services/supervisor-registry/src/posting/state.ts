import type { PostingEvent } from './events.ts'

export type Posting =
  | { readonly stage: 'never' }
  | { readonly stage: 'held'; readonly supervisorId: string; readonly from: string }
  | { readonly stage: 'vacant'; readonly supervisorId: string; readonly until: string }

export const initialPosting: Posting = { stage: 'never' }

export function evolvePosting(state: Posting, event: PostingEvent): Posting {
  switch (event.type) {
    case 'SupervisorPosted':
    case 'PostingReplaced':
      return { stage: 'held', supervisorId: event.data.supervisorId, from: event.data.from }
    case 'PostingEnded':
      return { stage: 'vacant', supervisorId: event.data.supervisorId, until: event.data.on }
    case 'RecusalCleared':
    case 'RatioOverridden':
      return state
    default:
      event satisfies never
      return state
  }
}

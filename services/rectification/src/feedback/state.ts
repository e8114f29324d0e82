import type { FeedbackEvent, FeedbackRegistered } from './events.ts'

export type Feedback =
  | { readonly stage: 'none' }
  | { readonly stage: 'registered'; readonly registered: FeedbackRegistered }

export const initialFeedback: Feedback = { stage: 'none' }

export function evolveFeedback(_state: Feedback, event: FeedbackEvent): Feedback {
  switch (event.type) {
    case 'FeedbackRegistered':
      return { stage: 'registered', registered: event.data }
    default: {
      const unknown: never = event.type
      return unknown
    }
  }
}

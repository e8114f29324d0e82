import { defineStream } from '@dulian/event-sourcing'
import { feedbackEvents } from './events.ts'
import { evolveFeedback, initialFeedback } from './state.ts'

/** 反馈文件. */
export const feedbackStream = defineStream({
  category: 'feedback',
  events: feedbackEvents,
  initial: initialFeedback,
  evolve: evolveFeedback,
})

import { defineStream } from '@dulian/event-sourcing'
import { type PostingEvent, postingEvents } from './events.ts'
import { evolvePosting, initialPosting, type Posting } from './state.ts'

/** 挂牌督导: one stream per school, under the school's id. */
export const postingStream = defineStream<Posting, PostingEvent>({
  category: 'posting',
  events: postingEvents,
  initial: initialPosting,
  evolve: evolvePosting,
})

import { defineStream } from '@dulian/event-sourcing'
import { urgingNoticeEvents } from './events.ts'
import { evolveUrgingNotice, initialUrgingNotice } from './state.ts'

/** 督办通知. */
export const urgingNoticeStream = defineStream({
  category: 'urgingNotice',
  events: urgingNoticeEvents,
  initial: initialUrgingNotice,
  evolve: evolveUrgingNotice,
})

import { defineStream } from '@dulian/event-sourcing'
import { type CommitteeEvent, committeeEvents } from './events.ts'
import { type Committee, evolveCommittee, initialCommittee } from './state.ts'

/** An office has one committee, so its stream needs no id of its own. */
export const COMMITTEE_ID = 'board'

/** 教育督导委员会: one stream per office, some dozens of events and then a few a year. */
export const committeeStream = defineStream<Committee, CommitteeEvent>({
  category: 'committee',
  events: committeeEvents,
  initial: initialCommittee,
  evolve: evolveCommittee,
})

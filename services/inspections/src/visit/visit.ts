import { defineStream } from '@dulian/event-sourcing'
import { visitEvents } from './events.ts'
import { evolveVisit, initialVisit } from './state.ts'

/** 进校督查: one supervisor at one school on one day, from its date to its findings. */
export const visitStream = defineStream({
  category: 'visit',
  events: visitEvents,
  initial: initialVisit,
  evolve: evolveVisit,
})

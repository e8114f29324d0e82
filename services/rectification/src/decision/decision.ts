import { defineStream } from '@dulian/event-sourcing'
import { decisionEvents } from './events.ts'
import { evolveDecision, initialDecision } from './state.ts'

/** 整改决定. */
export const decisionStream = defineStream({
  category: 'decision',
  events: decisionEvents,
  initial: initialDecision,
  evolve: evolveDecision,
})

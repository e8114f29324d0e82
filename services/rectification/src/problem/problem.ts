import { defineStream } from '@dulian/event-sourcing'
import { problemEvents } from './events.ts'
import { evolveProblem, initialProblem } from './state.ts'

/** 问题: what must be put right, from its opening to 销号. */
export const problemStream = defineStream({
  category: 'problem',
  events: problemEvents,
  initial: initialProblem,
  evolve: evolveProblem,
})

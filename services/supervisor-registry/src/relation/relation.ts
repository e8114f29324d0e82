import { defineStream } from '@dulian/event-sourcing'
import { type RelationEvent, relationEvents } from './events.ts'
import { evolveRelations, initialRelations, type Relations } from './state.ts'

/** The declared ties of one supervisor, under the supervisor's id. */
export const relationStream = defineStream<Relations, RelationEvent>({
  category: 'relation',
  events: relationEvents,
  initial: initialRelations,
  evolve: evolveRelations,
})

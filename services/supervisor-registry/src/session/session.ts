import { defineStream } from '@dulian/event-sourcing'
import { type SessionEvent, sessionEvents } from './events.ts'
import { evolveSession, initialSession, type Session } from './state.ts'

/** One stream per sign-in. */
export const sessionStream = defineStream<Session, SessionEvent>({
  category: 'session',
  events: sessionEvents,
  initial: initialSession,
  evolve: evolveSession,
})

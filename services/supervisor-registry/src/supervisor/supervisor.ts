import { defineStream } from '@dulian/event-sourcing'
import { type SupervisorEvent, supervisorEvents } from './events.ts'
import { evolveSupervisor, initialSupervisor, type Supervisor } from './state.ts'

/** One stream per person in the 督学库. */
export const supervisorStream = defineStream<Supervisor, SupervisorEvent>({
  category: 'supervisor',
  events: supervisorEvents,
  initial: initialSupervisor,
  evolve: evolveSupervisor,
})

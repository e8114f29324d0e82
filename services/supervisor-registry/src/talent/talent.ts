import { defineStream } from '@dulian/event-sourcing'
import { type TalentEvent, talentEvents } from './events.ts'
import { evolveTalent, initialTalent, type Talent } from './state.ts'

/** 后备人才: one stream per person on the list. */
export const talentStream = defineStream<Talent, TalentEvent>({
  category: 'talent',
  events: talentEvents,
  initial: initialTalent,
  evolve: evolveTalent,
})

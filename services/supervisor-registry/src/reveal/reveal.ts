import { defineStream } from '@dulian/event-sourcing'
import { type RevealEvent, revealEvents } from './events.ts'

/** How often this person's number was shown. */
export type Reveals = { readonly stage: 'kept'; readonly times: number }

/** 查看完整电话: one stream per person whose number it is. Audit follows it. */
export const revealStream = defineStream<Reveals, RevealEvent>({
  category: 'reveal',
  events: revealEvents,
  initial: { stage: 'kept', times: 0 },
  evolve(state, event) {
    switch (event.type) {
      case 'PhoneRevealed':
        return { ...state, times: state.times + 1 }
      default:
        event.type satisfies never
        return state
    }
  },
})

import { defineStream, deterministicId } from '@dulian/event-sourcing'
import { bulletinEvents } from './events.ts'
import { evolveBulletin, initialBulletin } from './state.ts'

/** 督导通报: one stream per office and month. */
export const bulletinStream = defineStream({
  category: 'bulletin',
  events: bulletinEvents,
  initial: initialBulletin,
  evolve: evolveBulletin,
})

export function bulletinIdOf(office: string, period: string): string {
  return deterministicId('bulletin', office, period)
}

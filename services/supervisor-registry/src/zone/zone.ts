import { defineStream } from '@dulian/event-sourcing'
import { type ZoneEvent, zoneEvents } from './events.ts'
import { evolveZone, initialZone, type Zone } from './state.ts'

/** One stream per 责任区. */
export const zoneStream = defineStream<Zone, ZoneEvent>({
  category: 'zone',
  events: zoneEvents,
  initial: initialZone,
  evolve: evolveZone,
})

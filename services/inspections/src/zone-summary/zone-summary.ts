import { defineStream, deterministicId } from '@dulian/event-sourcing'
import { zoneSummaryEvents } from './events.ts'
import { evolveZoneSummary, initialZoneSummary } from './state.ts'

/** 责任区汇总: one stream per zone and month. */
export const zoneSummaryStream = defineStream({
  category: 'zoneSummary',
  events: zoneSummaryEvents,
  initial: initialZoneSummary,
  evolve: evolveZoneSummary,
})

export function zoneSummaryIdOf(zoneId: string, period: string): string {
  return deterministicId('zone-summary', zoneId, period)
}

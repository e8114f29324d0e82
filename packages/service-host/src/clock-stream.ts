import { eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

/**
 * The service's own days. One `DayBegan` per calendar day (China time), in order, exactly once: policies turn due
 * dates into events by reacting to it, so that a restart, a clock set back or a long stop changes nothing twice.
 */
export const clockEvents = eventCatalogue({
  DayBegan: {
    stored: 'day-began.v1',
    schema: z.object({
      /** ISO date in China. */
      date: z.iso.date(),
      workingDay: z.boolean(),
    }),
  },
})

export const CLOCK_CATEGORY = 'clock'
/** The clock stream belongs to no office; it stands under this name. */
export const CLOCK_OFFICE = 'all'
export const CLOCK_ID = 'days'

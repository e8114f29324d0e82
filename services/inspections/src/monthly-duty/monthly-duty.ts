import { defineStream, deterministicId } from '@dulian/event-sourcing'
import { monthlyDutyEvents } from './events.ts'
import { evolveMonthlyDuty, initialMonthlyDuty } from './state.ts'

/** 每月进校任务: one school in one month. */
export const monthlyDutyStream = defineStream({
  category: 'monthlyDuty',
  events: monthlyDutyEvents,
  initial: initialMonthlyDuty,
  evolve: evolveMonthlyDuty,
})

/** Follows from month and school, so that a month is begun once however often it is tried. */
export function monthlyDutyId(month: string, schoolId: string): string {
  return deterministicId('monthly-duty', month, schoolId)
}

/** The last day of a month `YYYY-MM`. */
export function lastDayOf(month: string): string {
  const [year = 1970, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

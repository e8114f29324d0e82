import type { Calendar } from '@dulian/calendar'
import type { Party, Wait } from './problem-document.ts'

export interface PartyWaiting {
  readonly party: Party
  readonly workingDays: number
}

/** How many working days were spent waiting for whom, up to a day [N16]. The parts add up to the whole. */
export function waitingOf(
  waits: readonly Wait[],
  day: string,
  calendar: Calendar,
): { readonly total: number; readonly parties: PartyWaiting[] } {
  const days = new Map<Party, number>([
    ['school', 0],
    ['office', 0],
    ['supervisor', 0],
    ['body', 0],
  ])
  let total = 0
  for (const { party, from, to } of waits) {
    const end = to ?? (day < from ? from : day)
    const workingDays = calendar.workingDaysBetween(from, end)
    total += workingDays
    days.set(party, (days.get(party) ?? 0) + workingDays)
  }
  return { total, parties: [...days].map(([party, workingDays]) => ({ party, workingDays })) }
}

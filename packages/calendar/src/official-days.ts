import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import type { IsoDate } from './china-date.ts'

// The table is read, not the library's functions: those take a date's parts from the machine's own time zone.
const holidays: Readonly<Record<string, string>> = published.holidays
const makeUpDays: Readonly<Record<string, string>> = published.workdays

export interface OfficialDay {
  readonly kind: 'holiday' | 'make-up'
  /** 春节, 国庆节 … */
  readonly name: string
}

/** What the State Council's yearly notice says of a day, if it names it. */
export function findOfficialDay(date: IsoDate): OfficialDay | undefined {
  const holiday = holidays[date]
  if (holiday !== undefined) return { kind: 'holiday', name: nameOf(holiday) }
  const makeUp = makeUpDays[date]
  return makeUp === undefined ? undefined : { kind: 'make-up', name: nameOf(makeUp) }
}

/** Whether the year's notice is in the table. One year's notice may name days of its neighbours, so National Day tells. */
export function isOfficialYear(year: number): boolean {
  return `${year}-10-01` in holidays
}

function nameOf(entry: string): string {
  return entry.split(',')[1] ?? entry
}

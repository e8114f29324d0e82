import { chinaDate } from '@dulian/calendar'

const DAY = 86_400_000

/** 09:30 in China, so many days before `now`. */
export function startOfWork(now: number, daysBefore: number): number {
  return Date.parse(`${shift(chinaDate(now), -daysBefore)}T01:30:00Z`)
}

/** Monday to Friday in China; the demo's people ignore holidays. */
export function isWeekday(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay()
  return day !== 0 && day !== 6
}

export function shift(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY)
}

/** The first day of work on or after that day of its month. */
export function isTurn(today: string, dayOfMonth: number): boolean {
  const planned = `${today.slice(0, 7)}-${String(dayOfMonth).padStart(2, '0')}`
  if (planned > today) return false
  for (let date = planned; date < today; date = shift(date, 1)) if (isWeekday(date)) return false
  return true
}

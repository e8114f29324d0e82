import { isIsoDate } from '@dulian/calendar'

/** The same day some years on; 29 February becomes the last day of that February. */
export function addYears(day: string, years: number): string {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, '0')
  const same = `${year}${day.slice(4)}`
  return isIsoDate(same) ? same : `${year}-02-28`
}

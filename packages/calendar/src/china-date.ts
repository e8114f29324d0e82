/** A day in China, `YYYY-MM-DD`. */
export type IsoDate = string

const DAY = 86_400_000
/** All of China keeps Beijing time, UTC+8, without summer time (since 1992). */
const BEIJING = 8 * 3_600_000

/** The day it is in China at an instant (milliseconds since 1970, ISO 8601 text, or a Date). */
export function chinaDate(instant: number | string | Date): IsoDate {
  const time = typeof instant === 'number' ? instant : new Date(instant).getTime()
  if (!Number.isFinite(time)) throw new RangeError(`not an instant: ${String(instant)}`)
  return new Date(time + BEIJING).toISOString().slice(0, 10)
}

/** The instant a day begins in China, in milliseconds since 1970. */
export function startOfChinaDay(date: IsoDate): number {
  return dayNumber(date) * DAY - BEIJING
}

export function isIsoDate(text: string): text is IsoDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const month = Number(text.slice(5, 7))
  const day = Number(text.slice(8))
  return day >= 1 && day <= daysOfMonth(Number(text.slice(0, 4)), month)
}

/** None in a month that does not exist. */
function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return MONTHS[month - 1] ?? 0
}

const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The day `days` later (or, negative, earlier). */
export function addDays(date: IsoDate, days: number): IsoDate {
  return fromDayNumber(dayNumber(date) + days)
}

/** The same day some years on; 29 February becomes the last day of that February. */
export function addYears(date: IsoDate, years: number): IsoDate {
  dayNumber(date)
  const year = String(Number(date.slice(0, 4)) + years).padStart(4, '0')
  const same = `${year}${date.slice(4)}`
  return isIsoDate(same) ? same : `${year}-02-28`
}

/** 2026年11月22日 */
export function formatChineseDate(date: IsoDate): string {
  dayNumber(date)
  const [year, month, day] = date.split('-').map(Number)
  return `${year}年${month}月${day}日`
}

/** Days since 1970-01-01; throws on what is no day. */
export function dayNumber(date: IsoDate): number {
  if (!isIsoDate(date)) throw new RangeError(`not a day (YYYY-MM-DD): ${date}`)
  return Date.parse(`${date}T00:00:00Z`) / DAY
}

export function fromDayNumber(number: number): IsoDate {
  return new Date(number * DAY).toISOString().slice(0, 10)
}

import { addDays, dayNumber, fromDayNumber, type IsoDate } from './china-date.ts'
import { findOfficialDay, isOfficialYear } from './official-days.ts'

/** A day on which an office's working time differs from the published calendar, and who says so. */
export interface DatedOverride {
  readonly date: IsoDate
  readonly kind: 'working' | 'holiday'
  /** The notice or decision it rests on. */
  readonly source: string
}

export interface CalendarOptions {
  /** The last one given for a day counts. */
  readonly overrides?: readonly DatedOverride[]
  /** Years whose official notice is wholly contained in the overrides. */
  readonly completeYears?: readonly number[]
}

/** Why a day is or is not a working day. */
export interface DayDetail {
  readonly date: IsoDate
  readonly working: boolean
  readonly reason: 'weekday' | 'weekend' | 'official-holiday' | 'make-up-day' | 'override'
  /** The holiday's name, or the override's source. */
  readonly note: string | undefined
}

/**
 * Working days (工作日) of the official calendar with its make-up days (调休).
 *
 * Counting: the day something is received or begins is not counted, the first day is the next one
 * (《中华人民共和国民法典》第二百零一条); terms in working days leave out weekends and statutory holidays
 * (《行政处罚法》第八十五条, 《行政许可法》第八十二条); make-up days of the State Council's yearly notice
 * (《全国年节及纪念日放假办法》) are working days.
 */
export interface Calendar {
  isWorkingDay(date: IsoDate): boolean
  describe(date: IsoDate): DayDetail
  /** The `count`-th working day after `date` (before it, when negative); `date` itself for 0. */
  addWorkingDays(date: IsoDate, count: number): IsoDate
  /** Working days after `from` up to and including `to`; negative when `to` is earlier: so many are exceeded. */
  workingDaysBetween(from: IsoDate, to: IsoDate): number
  /** The first working day after `date`. */
  nextWorkingDay(date: IsoDate): IsoDate
  /**
   * `date`, or the first working day after it: where a term in calendar days ends on a day off
   * (《中华人民共和国民法典》第二百零三条).
   */
  sameOrNextWorkingDay(date: IsoDate): IsoDate
  /** Whether the official holidays of that year are known. If not, only weekends are: show a warning. */
  covers(year: number): boolean
  /** The years from `from` to `to` whose holidays are not known: a date computed over them is provisional. */
  uncoveredYears(from: IsoDate, to: IsoDate): readonly number[]
}

const MAX_COUNT = 10_000
const SUNDAY = 0
const SATURDAY = 6

export function openCalendar({ overrides = [], completeYears = [] }: CalendarOptions = {}): Calendar {
  const overridden = new Map(overrides.map((override) => [checked(override).date, override]))
  const complete = new Set(completeYears)

  const describe = (date: IsoDate): DayDetail => {
    const weekday = new Date(dayNumber(date) * 86_400_000).getUTCDay()
    const override = overridden.get(date)
    if (override !== undefined) {
      return { date, working: override.kind === 'working', reason: 'override', note: override.source }
    }
    const official = findOfficialDay(date)
    if (official?.kind === 'holiday') return { date, working: false, reason: 'official-holiday', note: official.name }
    if (official?.kind === 'make-up') return { date, working: true, reason: 'make-up-day', note: official.name }
    const free = weekday === SATURDAY || weekday === SUNDAY
    return { date, working: !free, reason: free ? 'weekend' : 'weekday', note: undefined }
  }
  const isWorkingDay = (date: IsoDate): boolean => describe(date).working

  const addWorkingDays = (date: IsoDate, count: number): IsoDate => {
    if (!Number.isInteger(count) || Math.abs(count) > MAX_COUNT) {
      throw new RangeError(`working days must be a whole number up to ${MAX_COUNT}: ${count}`)
    }
    dayNumber(date)
    const step = Math.sign(count)
    let day = date
    for (let left = Math.abs(count); left > 0; ) {
      day = addDays(day, step)
      if (isWorkingDay(day)) left -= 1
    }
    return day
  }

  const countsOfYears = new Map<string, Uint16Array>()

  /** Working days from the first of January on, up to and including each day of the year. Counted once: lists ask for every row. */
  const countsOf = (year: string): Uint16Array => {
    const known = countsOfYears.get(year)
    if (known !== undefined) return known
    const first = dayNumber(`${year}-01-01`)
    const counts = new Uint16Array(dayNumber(`${year}-12-31`) - first + 1)
    for (let place = 0, count = 0; place < counts.length; place += 1) {
      if (isWorkingDay(fromDayNumber(first + place))) count += 1
      counts[place] = count
    }
    countsOfYears.set(year, counts)
    return counts
  }

  const countThrough = (date: IsoDate): number => {
    const year = date.slice(0, 4)
    return countsOf(year)[dayNumber(date) - dayNumber(`${year}-01-01`)] ?? 0
  }

  const workingDaysBetween = (from: IsoDate, to: IsoDate): number => {
    if (dayNumber(to) < dayNumber(from)) return 0 - workingDaysBetween(to, from)
    let count = countThrough(to) - countThrough(from)
    for (let year = Number(from.slice(0, 4)); year < Number(to.slice(0, 4)); year += 1) {
      count += countsOf(String(year).padStart(4, '0')).at(-1) ?? 0
    }
    return count
  }

  const covers = (year: number): boolean => isOfficialYear(year) || complete.has(year)

  return {
    isWorkingDay,
    describe,
    addWorkingDays,
    workingDaysBetween,
    nextWorkingDay: (date) => addWorkingDays(date, 1),
    sameOrNextWorkingDay: (date) => (isWorkingDay(date) ? date : addWorkingDays(date, 1)),
    covers,
    uncoveredYears(from, to) {
      dayNumber(from)
      dayNumber(to)
      const first = Number(from.slice(0, 4))
      const last = Number(to.slice(0, 4))
      return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => first + place).filter(
        (year) => !covers(year),
      )
    },
  }
}

function checked(override: DatedOverride): DatedOverride {
  dayNumber(override.date)
  return override
}

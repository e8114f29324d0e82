import { addDays } from '@dulian/calendar'

/** One row of a school's posting history; `to: null` while it lasts. */
export interface PostingPeriod {
  readonly from: string
  readonly to: string | null
}

export interface Gap {
  readonly from: string
  readonly to: string
}

/** The days between `from` and `to` (both counted) on which nobody answered for the school. */
export function uncoveredDays(periods: readonly PostingPeriod[], from: string, to: string): Gap[] {
  const gaps: Gap[] = []
  let next = from
  for (const period of periods.toSorted((one, other) => (one.from < other.from ? -1 : 1))) {
    if (next > to) break
    if (period.from > next) gaps.push({ from: next, to: earlier(addDays(period.from, -1), to) })
    const after = period.to === null ? addDays(to, 1) : addDays(period.to, 1)
    if (after > next) next = after
  }
  if (next <= to) gaps.push({ from: next, to })
  return gaps.filter((gap) => gap.from <= gap.to)
}

function earlier(one: string, other: string): string {
  return one < other ? one : other
}

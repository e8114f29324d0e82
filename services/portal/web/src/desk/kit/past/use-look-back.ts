import { day } from '../../../words/format.ts'
import { useSearchState } from '../use-search-state.ts'

/** The past day that a page shows, as its address says. */
export interface LookBack {
  readonly day: string
  /** As known at the end of the day, or as it was on it by today's knowledge. */
  readonly basis: 'known' | 'valid'
  /** For the query. */
  readonly query: { readonly asOf?: string; readonly validOn?: string }
  /** Stands on the page, on paper and in exports: 截至 2026年6月30日 当时所知. */
  readonly line: string
}

/** `undefined` while the page shows the present. */
export function useLookBack(): LookBack | undefined {
  const [{ asOf, validOn }] = useSearchState()
  if (validOn !== undefined) {
    const known = asOf === undefined ? '按今日所知' : `按 ${day(asOf)} 所知`
    const query = { validOn, ...(asOf === undefined ? {} : { asOf }) }
    return { day: validOn, basis: 'valid', query, line: `${day(validOn)} 当日实情（${known}）` }
  }
  if (asOf !== undefined) return { day: asOf, basis: 'known', query: { asOf }, line: `截至 ${day(asOf)} 当时所知` }
  return undefined
}

/** The search of a link that stays on the same day. */
export function searchOf(past: LookBack | undefined): Record<string, string> {
  return { ...past?.query }
}

import { chinaDate, InputDay } from '@dulian/calendar'
import type { Clock } from '@dulian/event-sourcing'
import { type Freshness, freshnessOfAll, pageOf } from '@dulian/http-kit'
import type { ViewReader } from '@dulian/service-host'
import { z } from 'zod'
import { type AsOf, asOfView } from './as-of-view.ts'
import { historyError } from './errors.ts'

/** `?asOf=` and `?validOn=`; spread into a list's own query schema. */
export const LookBackQuery = {
  /** As known at the end of this China day. */
  asOf: InputDay.optional(),
  /** As it was on this day, by today's knowledge; with `asOf`, by what was known then. */
  validOn: InputDay.optional(),
}
export type LookBackQuery = { readonly asOf?: string | undefined; readonly validOn?: string | undefined }

/** What an answer says of the past it shows; absent when it shows the present. */
export const LookedBack = z.object({ knownOn: z.string().nullable(), validOn: z.string().nullable() })
export type LookedBack = z.infer<typeof LookedBack>

/** Answer of a list that can look back. */
export function pageWithPast<T extends z.ZodType>(item: T) {
  return pageOf(item).extend({ lookedBack: LookedBack.optional() })
}

/** A view with its past. */
export interface ViewsOverTime {
  readonly live: ViewReader
  readonly history: ViewReader
  readonly clock: Clock
}

export interface AtTime {
  readonly view: ViewReader
  /** The day that is shown: what time left and age are counted from. */
  readonly day: string
  /** To be put into the answer. */
  readonly lookedBack?: LookedBack
}

/**
 * The view that answers a query: live, or its past. A day to come is refused (`HISTORY_DAY_TO_COME`); what is known
 * today is what is known now.
 */
export function viewAt({ live, history, clock }: ViewsOverTime, { asOf, validOn }: LookBackQuery): AtTime {
  const today = chinaDate(clock.now())
  requireCome(asOf, today, '/asOf')
  requireCome(validOn, today, '/validOn')
  if (asOf !== undefined && validOn !== undefined && validOn > asOf) {
    throw historyError('HISTORY_VALID_AFTER_KNOWN', { known: asOf, valid: validOn }, { pointer: '/asOf' })
  }
  const known = asOf === today ? undefined : asOf
  if (known === undefined && validOn === undefined) return { view: live, day: today }
  const past: AsOf = { known, valid: validOn }
  return {
    view: asOfView(history, past),
    day: validOn ?? known ?? today,
    lookedBack: { knownOn: known ?? null, validOn: validOn ?? null },
  }
}

/** Events that a past may lack and still be shown: what just came in. Further behind it is being built, and any day may be incomplete. */
const NEWEST = 2_000

/**
 * Whose freshness an answer states: that of the views it comes from, so that whoever has just acted waits for all of them. A past
 * that is being built refuses with `HISTORY_BEING_BUILT`.
 */
export function freshnessAt(
  views: ViewsOverTime | readonly [ViewsOverTime, ...ViewsOverTime[]],
  { asOf, validOn }: LookBackQuery,
): Freshness {
  const one = ({ live, history, clock }: ViewsOverTime): Freshness =>
    validOn !== undefined || (asOf !== undefined && asOf < chinaDate(clock.now())) ? freshnessOf(history) : live
  if ('live' in views) return one(views)
  const [first, ...others] = views
  return freshnessOfAll([one(first), ...others.map(one)])
}

/** That of a past by itself. Its `lag` throws `HISTORY_BEING_BUILT` while most of it is still to come. */
export function freshnessOf(history: Freshness): Freshness {
  return {
    position: () => history.position(),
    asOf: () => history.asOf(),
    waitFor: (position, ms) => history.waitFor(position, ms),
    async lag() {
      const lag = await history.lag()
      if (lag > NEWEST) throw historyError('HISTORY_BEING_BUILT', { lag })
      return lag
    },
  }
}

function requireCome(day: string | undefined, today: string, pointer: string): void {
  if (day !== undefined && day > today) throw historyError('HISTORY_DAY_TO_COME', { day, today }, { pointer })
}

import type { UnitOfWork } from '@dulian/event-sourcing'
import type { Document } from '@dulian/views'
import { ALWAYS, type Change, type Changes, validOf } from './history-document.ts'
import { isSame } from './patch.ts'
import { type ValidState, validTimeline } from './valid-timeline.ts'

interface ValidChange {
  readonly collection: string
  readonly id: string
  /** The China day on which the change became known. */
  readonly day: string
  readonly before: Document | null
  readonly after: Document | null
  readonly change: Change
  readonly known: Changes | undefined
}

type OpenInterval = Changes['open'][number]

/**
 * Writes what the change makes of the days from its own day on, and closes what was believed of them; answers the
 * intervals of today's knowledge. An interval that only ends sooner, and not before today, is shortened in place:
 * nobody asks what was believed of a day to come.
 */
export function writeValid(unit: UnitOfWork, input: ValidChange): OpenInterval[] {
  const { collection, id, day, change, known } = input
  const from = change.validFrom
  const open = known?.open ?? []
  const untouched = open.filter(({ to }) => to <= from)
  const touched = open.filter(({ to }) => to > from)
  const { old, now } = timelines(input, from)
  const oldState = (interval: OpenInterval): Document | null =>
    old.find((state) => state.from <= laterOf(interval.from, from) && laterOf(interval.from, from) < state.to)
      ?.document ?? null

  const [first] = touched
  const wanted: readonly ValidState[] =
    first !== undefined && first.from < from
      ? joined({ from: first.from, to: from, document: oldState(first) }, now)
      : now
  const put = (state: ValidState, interval: { knownFrom: string; knownTo: string }): void => {
    if (state.document === null) return
    unit.put(validOf(collection), idOf(id, state.from, interval.knownFrom), {
      ...state.document,
      thingId: id,
      validFrom: state.from,
      validTo: state.to,
      ...interval,
    })
  }

  const kept = new Map<string, OpenInterval>()
  for (const interval of touched) {
    const { knownFrom } = interval
    const document = oldState(interval)
    const next = wanted.find((state) => state.from === interval.from && isSame(state.document, document))
    if (next !== undefined && (next.to === interval.to || (next.to < interval.to && next.to >= day))) {
      kept.set(next.from, { from: next.from, to: next.to, knownFrom })
      if (next.to !== interval.to) put(next, { knownFrom, knownTo: ALWAYS })
    } else if (knownFrom < day) {
      put({ ...interval, document }, { knownFrom, knownTo: day })
    } else {
      unit.remove(validOf(collection), idOf(id, interval.from, knownFrom))
    }
  }
  const written = wanted.flatMap((state): OpenInterval[] => {
    if (state.document === null) return []
    const interval = kept.get(state.from)
    if (interval !== undefined) return [interval]
    put(state, { knownFrom: day, knownTo: ALWAYS })
    return [{ from: state.from, to: state.to, knownFrom: day }]
  })
  return [...untouched, ...written]
}

/** From a day on, before the change and with it. Where nothing holds later than the change, no fold is needed. */
function timelines(
  { before, after, change, known }: ValidChange,
  from: string,
): { readonly old: readonly ValidState[]; readonly now: readonly ValidState[] } {
  const changes = known?.changes ?? []
  if (changes.every(({ validFrom }) => validFrom <= from)) {
    const to = ALWAYS
    return { old: [{ from, to, document: before }], now: [{ from, to, document: after }] }
  }
  return { old: validTimeline(changes, from), now: validTimeline([...changes, change], from) }
}

function joined(first: ValidState, rest: readonly ValidState[]): ValidState[] {
  const [next, ...others] = rest
  if (next === undefined || !isSame(first.document, next.document)) return [first, ...rest]
  return [{ ...first, to: next.to }, ...others]
}

function idOf(id: string, from: string, knownFrom: string): string {
  return `${id}@${from}@${knownFrom}`
}

function laterOf(one: string, other: string): string {
  return one > other ? one : other
}

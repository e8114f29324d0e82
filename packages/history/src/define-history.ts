import { chinaDate } from '@dulian/calendar'
import { comparePositions, type Projection, type RecordedEvent, type UnitOfWork } from '@dulian/event-sourcing'
import type { CollectionDefinition, Document } from '@dulian/views'
import type { DatingPart } from './dated.ts'
import { ALWAYS, type Change, type Changes, changesOf, knownOf, validOf } from './history-document.ts'
import { patchBetween } from './patch.ts'
import { writeValid } from './write-valid.ts'

/** What of one collection is kept. */
export interface RememberedCollection {
  /** Fields that count things: a change adds to them whatever they were on another day. */
  readonly counters?: readonly string[]
  /** Takes away what lists do not show: the rest is what is kept for every day. */
  readonly lean?: (document: Document) => Document
}

export interface HistoryOptions {
  readonly name: string
  /** Raise it when `dated`, `lean` or `counters` change; what the projection itself changes is seen by its own revision. */
  readonly revision: number
  /** Whose documents are remembered; it is run as it stands, against the history's own copy of its documents. */
  readonly of: Projection
  readonly collections: { readonly [collection: string]: RememberedCollection }
  readonly dated: readonly DatingPart[]
}

/** A projection of a view's past, with the names of what it remembers. */
export interface History extends Projection {
  readonly remembers: readonly string[]
}

/**
 * The past of another projection's documents [N10]: for every day what was known at its end, and for every day what by
 * today's knowledge was true on it. Refuses nothing, like every projection.
 */
export function defineHistory(options: HistoryOptions): History {
  const { of: live } = options
  const remembers = Object.keys(options.collections)
  const collections: { [name: string]: CollectionDefinition } = {}
  for (const [name, definition] of Object.entries(live.space.collections)) {
    collections[name] = { indexes: {} }
    if (!remembers.includes(name)) continue
    const { indexes } = definition
    const tokens = definition.tokens === undefined ? {} : { tokens: definition.tokens }
    const byThing = ['thingId', 'knownTo'] as const
    collections[knownOf(name)] = {
      indexes: { ...indexes, byKnown: ['office', 'knownTo', 'knownFrom'], byThing },
      ...tokens,
    }
    collections[validOf(name)] = {
      indexes: { ...indexes, byValid: ['office', 'knownTo', 'validTo', 'validFrom', 'knownFrom'], byThing },
      ...tokens,
    }
    collections[changesOf(name)] = { indexes: {} }
  }
  return {
    remembers,
    space: { name: options.name, revision: live.space.revision * 1000 + options.revision, collections },
    types: live.types,
    async project(event, unit) {
      const seen = new WatchedUnit(unit, remembers)
      await live.project(event, seen)
      for (const { collection, id, document } of seen.changed) {
        await remember(options, { collection, id, document }, event, unit)
      }
    },
    async prefetch(events, unit) {
      await live.prefetch?.(events, new WatchedUnit(unit, remembers))
    },
  }
}

interface Write {
  readonly collection: string
  readonly id: string
  readonly document: Document | null
}

/** Holds the changes of remembered documents back until the event is through, so that each counts once. */
class WatchedUnit implements UnitOfWork {
  readonly #unit: UnitOfWork
  readonly #remembers: readonly string[]
  readonly #held = new Map<string, Write>()

  constructor(unit: UnitOfWork, remembers: readonly string[]) {
    this.#unit = unit
    this.#remembers = remembers
  }

  get changed(): readonly Write[] {
    return [...this.#held.values()]
  }

  async get<D extends Document>(collection: string, id: string): Promise<D | undefined> {
    const held = this.#held.get(`${collection}/${id}`)
    if (held !== undefined) return (held.document ?? undefined) as D | undefined
    return await this.#unit.get<D>(collection, id)
  }

  put(collection: string, id: string, document: Document): void {
    if (this.#remembers.includes(collection)) this.#held.set(`${collection}/${id}`, { collection, id, document })
    else this.#unit.put(collection, id, document)
  }

  remove(collection: string, id: string): void {
    if (this.#remembers.includes(collection)) this.#held.set(`${collection}/${id}`, { collection, id, document: null })
    else this.#unit.remove(collection, id)
  }

  async prefetch(collection: string, ids: readonly string[]): Promise<void> {
    await this.#unit.prefetch(collection, ids)
    if (this.#remembers.includes(collection)) await this.#unit.prefetch(changesOf(collection), ids)
  }
}

async function remember(options: HistoryOptions, write: Write, event: RecordedEvent, unit: UnitOfWork): Promise<void> {
  const { collection, id, document } = write
  const { lean = (whole: Document) => whole, counters = [] } = options.collections[collection] ?? {}
  const former = await unit.get(collection, id)
  const known = await unit.get<Changes>(changesOf(collection), id)
  if (document === null) unit.remove(collection, id)
  else unit.put(collection, id, document)
  // Seen before: a replay adds no second change.
  if (known !== undefined && comparePositions(event.position, known.seen) <= 0) return

  const before = former === undefined ? null : lean(former)
  const after = document === null ? null : lean(document)
  const patch = patchBetween(before, after, new Set(counters))
  if (patch === undefined) return
  const day = laterOf(chinaDate(event.time), known?.lastDay)
  const dating = datingOf(options.dated, event, day)
  const change: Change = {
    event: event.type,
    title: dating?.title ?? null,
    actor: event.meta.actor,
    recordedOn: day,
    validFrom: laterOf(dating?.from ?? day, known?.changes[0]?.validFrom),
    patch,
  }
  const knownFrom = putKnown(unit, { collection, id, before, after, day, since: known?.knownFrom ?? null })
  const open = writeValid(unit, { collection, id, day, before, after, change, known })
  unit.put(changesOf(collection), id, {
    seen: event.position,
    knownFrom,
    lastDay: day,
    changes: [...(known?.changes ?? []), change],
    open,
  } satisfies Changes)
}

function datingOf(dated: readonly DatingPart[], event: RecordedEvent, day: string): ReturnType<DatingPart['find']> {
  for (const part of dated) {
    const dating = part.find(event, day)
    if (dating !== undefined) return dating
  }
  return undefined
}

interface KnownChange {
  readonly collection: string
  readonly id: string
  readonly before: Document | null
  readonly after: Document | null
  readonly day: string
  /** First day of the interval that is open. */
  readonly since: string | null
}

/** Closes the former interval when the change came on a later day; within one day the last state counts. */
function putKnown(unit: UnitOfWork, { collection, id, before, after, day, since }: KnownChange): string | null {
  const intervals = knownOf(collection)
  if (before !== null && since !== null && since < day) {
    unit.put(intervals, `${id}@${since}`, { ...before, thingId: id, knownFrom: since, knownTo: day })
  }
  if (after === null) {
    if (since !== null) unit.remove(intervals, id)
    return null
  }
  unit.put(intervals, id, { ...after, thingId: id, knownFrom: day, knownTo: ALWAYS })
  return day
}

function laterOf(day: string, other: string | undefined): string {
  return other !== undefined && other > day ? other : day
}

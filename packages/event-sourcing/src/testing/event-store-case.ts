import { setTimeout as delay } from 'node:timers/promises'
import type { Position } from '@dulian/views'
import { START } from '@dulian/views'
import type { Clock } from '../clock.ts'
import { isDomainError } from '../errors.ts'
import type {
  Appended,
  EventMeta,
  EventStore,
  EventToAppend,
  ExpectedVersion,
  ReadFilter,
  RecordedEvent,
} from '../event-store.ts'
import { newId } from '../ids.ts'

/** What an adapter's test provides. The data may be shared between cases: each uses streams and types of its own. */
export interface EventStoreHarness {
  /** Opens the store; a second call (after `close`) finds what was there before. */
  open(options?: { readonly clock?: Clock }): Promise<EventStore>
  /** Positions of events are 1, 2, 3 … without a hole. Where false, they only grow. */
  readonly gaplessPositions: boolean
  /** Events bear the time of the clock given to `open`. Where false, a server has its own. */
  readonly usesGivenClock: boolean
  /** Milliseconds a case waits for what must come; 30,000 when absent. */
  readonly patience?: number
  dispose(): Promise<void>
}

const META: EventMeta = { correlationId: 'correlation-1', actor: 'tester', office: 'demo' }
let cases = 0

/** One case's own corner of a store: categories, streams and types that nothing else uses. */
export class EventStoreCase {
  readonly harness: EventStoreHarness
  readonly #word: string
  #streams = 0

  constructor(harness: EventStoreHarness) {
    this.harness = harness
    cases += 1
    this.#word = `${newId(Date.now()).slice(-12)}${cases}`
  }

  /** `c1`, `c2` … made unique. */
  category(name = 'c'): string {
    return `${name}X${this.#word}`
  }

  type(name = 'happened'): string {
    return `${name}-${this.#word}.v1`
  }

  stream(category = this.category()): string {
    this.#streams += 1
    return `${category}-demo-${this.#streams}`
  }

  event(data: unknown = {}, type = this.type()): EventToAppend {
    return { id: newId(Date.now()), type, data }
  }

  events(count: number): EventToAppend[] {
    return Array.from({ length: count }, (_, index) => this.event({ n: index + 1 }))
  }

  append(
    store: EventStore,
    stream: string,
    events: readonly EventToAppend[],
    expected: ExpectedVersion,
    meta: EventMeta = META,
  ): Promise<Appended> {
    return store.append(stream, events, { expected, meta })
  }

  /** Everything of this case that comes after a position, page by page. */
  async readAll(
    store: EventStore,
    options: { after?: Position; limit?: number; direction?: 'forwards' | 'backwards'; filter?: ReadFilter } = {},
  ): Promise<RecordedEvent[]> {
    const filter = options.filter ?? { categories: [this.category()] }
    const events: RecordedEvent[] = []
    let after = options.after ?? START
    for (;;) {
      const page = await store.readAll({ ...options, after, filter })
      events.push(...page.events)
      if (page.end) return events
      if (page.checkedThrough === after) throw new Error(`reading stands still at ${after}`)
      after = page.checkedThrough
    }
  }

  async until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
    const patience = this.harness.patience ?? 30_000
    const deadline = Date.now() + patience
    while (!(await condition())) {
      if (Date.now() > deadline) throw new Error(`waited ${patience} ms in vain for ${what}`)
      await delay(5)
    }
  }
}

/** A case of the suite: its sentence, and what it does with a corner of its own in an open store. */
export type EventStoreTest = (sentence: string, work: (c: EventStoreCase, store: EventStore) => Promise<void>) => void

/** The code and details of the error that a promise ends in; fails when it does not. */
export async function refusalOf(promise: Promise<unknown>): Promise<{ code: string; [detail: string]: unknown }> {
  try {
    await promise
  } catch (error) {
    if (!isDomainError(error)) throw error
    return { ...error.details, code: error.code }
  }
  throw new Error('expected to be refused')
}

export function ids(events: readonly { readonly id: string }[]): string[] {
  return events.map((event) => event.id)
}

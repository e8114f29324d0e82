import {
  type Clock,
  comparePositions,
  type EventStore,
  isStorageTrouble,
  type Position,
  type Projection,
  START,
  type Subscription,
} from '@dulian/event-sourcing'
import type { Document, GroupCount, Page, Query, StoredDocument, ViewSpace, Where } from '@dulian/views'
import type { ViewReader } from './service-definition.ts'

const HEAD_WITHIN_MS = 500
const ASK_AGAIN_MS = 1_000
/** Events behind are counted up to here. */
const COUNTED = 1_000

/** A view and the subscription that fills it, as readers see them. */
export class LiveView implements ViewReader {
  readonly projection: Projection
  readonly space: ViewSpace
  readonly subscription: Subscription
  readonly #store: EventStore
  readonly #askHead: () => Promise<Position>
  readonly #clock: Clock
  #caughtUpAt: number
  #head: Position = START
  #silentUntil = 0

  constructor(options: {
    projection: Projection
    space: ViewSpace
    subscription: Subscription
    store: EventStore
    /** Position of the newest event; may be shared with other views that ask at the same moment. */
    head: () => Promise<Position>
    clock: Clock
  }) {
    this.projection = options.projection
    this.space = options.space
    this.subscription = options.subscription
    this.#store = options.store
    this.#askHead = options.head
    this.#clock = options.clock
    this.#caughtUpAt = options.clock.now()
  }

  get name(): string {
    return this.projection.space.name
  }

  get<D extends Document>(collection: string, id: string): Promise<StoredDocument<D> | undefined> {
    return this.space.get(collection, id)
  }

  getMany<D extends Document>(
    collection: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, StoredDocument<D>>> {
    return this.space.getMany(collection, ids)
  }

  find<D extends Document>(collection: string, query: Query): Promise<Page<StoredDocument<D>>> {
    return this.space.find(collection, query)
  }

  count(collection: string, where: Where): Promise<number> {
    return this.space.count(collection, where)
  }

  group(collection: string, by: readonly string[], where: Where): Promise<readonly GroupCount[]> {
    return this.space.group(collection, by, where)
  }

  position(): Position {
    return this.subscription.status().position
  }

  /**
   * Events between the view and the newest one; where positions do not count events, those the view wants, estimated
   * beyond a thousand. While the store does not answer it is the
   * distance to the newest event known, and the view gets older: it is still there to be read.
   */
  async lag(): Promise<number> {
    const storeAnswers = await this.#look()
    const position = this.position()
    if (comparePositions(position, this.#head) >= 0) {
      if (storeAnswers) this.#caughtUpAt = this.#clock.now()
      return 0
    }
    if (this.#store.sparsePositions !== true) return Math.max(1, main(this.#head) - main(position))
    if (!storeAnswers) return 1
    try {
      return await this.#countBehind(position)
    } catch (error) {
      if (isStorageTrouble(error)) return 1
      throw error
    }
  }

  async #countBehind(position: Position): Promise<number> {
    const filter = { types: this.projection.types }
    const { events, checkedThrough, end } = await this.#store.readAll({ after: position, limit: COUNTED, filter })
    const first = events[0]
    // Nothing that the view wants: it has only not been told yet.
    if (first === undefined) return end ? 0 : 1
    if (end) return events.length
    const share = (main(this.#head) - main(position)) / Math.max(1, main(checkedThrough) - main(position))
    return Math.round(events.length * Math.max(1, share))
  }

  /** A store that does not answer must not make every query as slow as its own patience. */
  async #look(): Promise<boolean> {
    if (performance.now() < this.#silentUntil) return false
    // Every query passes here: a timer of its own costs a twelfth of a delay that is aborted.
    const late = Promise.withResolvers<undefined>()
    const timer = setTimeout(() => late.resolve(undefined), HEAD_WITHIN_MS)
    try {
      const asked = this.#askHead()
      const head = await Promise.race([asked, late.promise])
      if (head !== undefined) {
        this.#head = head
        return true
      }
      asked.catch(() => {})
    } catch (error) {
      if (!isStorageTrouble(error)) throw error
    } finally {
      clearTimeout(timer)
    }
    this.#silentUntil = performance.now() + ASK_AGAIN_MS
    return false
  }

  /** The instant the view is known to stand at: now while it has seen everything. */
  asOf(): string {
    if (this.subscription.status().state === 'caught-up') this.#caughtUpAt = this.#clock.now()
    return new Date(this.#caughtUpAt).toISOString()
  }

  async waitFor(position: Position, ms: number): Promise<boolean> {
    if (comparePositions(this.position(), position) >= 0) return true
    return await this.subscription.reached(position, AbortSignal.timeout(ms))
  }
}

function main(position: Position): number {
  return Number(position.split('/', 1)[0])
}

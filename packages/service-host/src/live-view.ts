import {
  type Clock,
  comparePositions,
  type EventStore,
  type Position,
  type Projection,
  type Subscription,
} from '@dulian/event-sourcing'
import type { Document, GroupCount, Page, Query, StoredDocument, ViewSpace, Where } from '@dulian/views'
import type { ViewReader } from './service-definition.ts'

/** A view and the subscription that fills it, as readers see them. */
export class LiveView implements ViewReader {
  readonly projection: Projection
  readonly space: ViewSpace
  readonly subscription: Subscription
  readonly #store: EventStore
  readonly #clock: Clock
  #caughtUpAt: number

  constructor(options: {
    projection: Projection
    space: ViewSpace
    subscription: Subscription
    store: EventStore
    clock: Clock
  }) {
    this.projection = options.projection
    this.space = options.space
    this.subscription = options.subscription
    this.#store = options.store
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

  /** Distance to the newest event in the store's own counting (events on SQLite). */
  async lag(): Promise<number> {
    const head = await this.#store.head()
    const position = this.position()
    if (comparePositions(position, head) >= 0) {
      this.#caughtUpAt = this.#clock.now()
      return 0
    }
    return Math.max(1, main(head) - main(position))
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

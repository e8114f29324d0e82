import {
  type AppendedEvents,
  comparePositions,
  type EventPage,
  type EventStore,
  type Position,
  parseStreamName,
  type ReadAllOptions,
  type ReadFilter,
  type RecordedEvent,
} from '@dulian/event-sourcing'

/** Events kept at most. */
const KEPT = 1_000
/** What was read longer ago has been seen by everybody who keeps up. */
const KEPT_MS = 500
/** Without a hint the store is asked again after this long: another process may have appended. */
const LOOK_MS = 500
const PAGE = 500

interface Chunk {
  readonly through: Position
  readonly count: number
  /** Undefined when nobody has looked; then they may be any. */
  readonly types: ReadonlySet<string> | undefined
  readonly events: () => readonly RecordedEvent[]
  readonly readAt: number
}

/**
 * The newest events of a store, read once for all who follow it. Twenty views of a service that keep up would otherwise
 * each search the store at every append, most of them to find nothing. Who is further behind reads from the store.
 */
export class EventTail {
  readonly #store: EventStore
  readonly #now: () => number
  readonly #types = new WeakMap<ReadFilter, ReadonlySet<string>>()
  #chunks: Chunk[] = []
  #count = 0
  /** What is kept begins after this position and goes through the other. */
  #after: Position
  #through: Position
  #atEnd = false
  #lookedAt = Number.NEGATIVE_INFINITY
  #hinted = true
  #reading: Promise<void> | undefined

  /** `start`: from where the newest events are wanted, usually the store's head. */
  constructor(store: EventStore, start: Position, now: () => number = () => performance.now()) {
    this.#store = store
    this.#now = now
    this.#after = start
    this.#through = start
    store.onAppended((appended) => {
      if (appended !== undefined && appended.after === this.#through) this.#take(appended)
      else this.#hinted = true
    })
  }

  /** The store as its followers see it. */
  get store(): EventStore {
    const store = this.#store
    return {
      ...(store.sparsePositions === undefined ? {} : { sparsePositions: store.sparsePositions }),
      append: (...parameters) => store.append(...parameters),
      readStream: (...parameters) => store.readStream(...parameters),
      readAll: (options) => this.readAll(options),
      head: () => store.head(),
      onAppended: (listener) => store.onAppended(listener),
      close: () => store.close(),
    }
  }

  async readAll(options: ReadAllOptions = {}): Promise<EventPage> {
    const { after, direction, limit, filter } = options
    if (after === undefined || direction === 'backwards' || comparePositions(after, this.#after) < 0) {
      return await this.#store.readAll(options)
    }
    if (comparePositions(after, this.#through) > 0) this.#startFrom(after)
    if (comparePositions(after, this.#through) === 0 && this.#mayBeMore()) await this.#advance()
    // Somebody else's look may have moved the tail on meanwhile.
    if (comparePositions(after, this.#after) < 0) return await this.#store.readAll(options)
    return this.#page(after, limit ?? PAGE, filter)
  }

  #page(after: Position, limit: number, filter: ReadFilter | undefined): EventPage {
    const events: RecordedEvent[] = []
    for (const chunk of this.#chunks.slice(this.#firstChunkAfter(after))) {
      if (!this.#mayMatch(chunk, filter)) continue
      for (const event of chunk.events()) {
        if (!this.#matches(event, filter) || comparePositions(event.position, after) <= 0) continue
        if (events.length === limit) return { events, checkedThrough: events.at(-1)?.position ?? after, end: false }
        events.push(event)
      }
    }
    // While a hint is not yet followed up there may be more, and the hint to the one who asks may be spent already.
    const end = this.#atEnd && !this.#hinted && this.#reading === undefined
    return { events, checkedThrough: this.#through, end }
  }

  /** Who keeps up wants the newest chunks only, so the search begins with them. */
  #firstChunkAfter(after: Position): number {
    let index = this.#chunks.length
    while (index > 0) {
      const last = this.#chunks[index - 1]
      if (last === undefined || comparePositions(last.through, after) <= 0) break
      index -= 1
    }
    return index
  }

  #matches(event: RecordedEvent, filter: ReadFilter | undefined): boolean {
    if (filter === undefined) return true
    if (filter.categories?.includes(parseStreamName(event.stream).category) === false) return false
    return this.#typesOf(filter)?.has(event.type) !== false
  }

  /** What nobody wants of what was handed over is never made. */
  #mayMatch({ types }: Chunk, filter: ReadFilter | undefined): boolean {
    const wanted = filter === undefined ? undefined : this.#typesOf(filter)
    if (types === undefined || wanted === undefined) return true
    for (const type of types) if (wanted.has(type)) return true
    return false
  }

  #typesOf(filter: ReadFilter): ReadonlySet<string> | undefined {
    if (filter.types === undefined) return undefined
    let types = this.#types.get(filter)
    if (types === undefined) {
      types = new Set(filter.types)
      this.#types.set(filter, types)
    }
    return types
  }

  #mayBeMore(): boolean {
    return this.#hinted || !this.#atEnd || this.#now() - this.#lookedAt >= LOOK_MS
  }

  /** One page more; those who ask at the same time share it. */
  async #advance(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined
    })
    await this.#reading
  }

  async #read(): Promise<void> {
    this.#hinted = false
    const from = this.#through
    try {
      const page = await this.#store.readAll({ after: from, limit: PAGE })
      // Started anew meanwhile: this page is not the next one any more.
      if (from !== this.#through) return
      const readAt = this.#now()
      this.#lookedAt = readAt
      this.#atEnd = page.end
      this.#through = page.checkedThrough
      const { events } = page
      const through = events.at(-1)?.position
      if (through !== undefined) {
        this.#chunks.push({ through, count: events.length, types: undefined, events: () => events, readAt })
        this.#count += events.length
      }
      this.#trim(readAt)
    } catch (error) {
      this.#hinted = true
      throw error
    }
  }

  /** What was appended right behind what is kept need not be read; a page that is being read now is behind it then. */
  #take(appended: AppendedEvents): void {
    const readAt = this.#now()
    const { through, count, types } = appended
    this.#chunks.push({ through, count, types, events: () => appended.events, readAt })
    this.#count += count
    this.#through = through
    this.#atEnd = true
    this.#lookedAt = readAt
    this.#trim(readAt)
  }

  #trim(now: number): void {
    let drop = 0
    for (const { through, count, readAt } of this.#chunks.slice(0, -1)) {
      if (this.#count <= KEPT && now - readAt < KEPT_MS) break
      this.#after = through
      this.#count -= count
      drop += 1
    }
    if (drop > 0) this.#chunks = this.#chunks.slice(drop)
  }

  #startFrom(position: Position): void {
    this.#chunks = []
    this.#count = 0
    this.#after = position
    this.#through = position
    this.#atEnd = false
  }
}

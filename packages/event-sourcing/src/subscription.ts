import type { Lease, ParkedEvent, Position, ViewSpace } from '@dulian/views'
import { comparePositions, isViewError } from '@dulian/views'
import type { Clock } from './clock.ts'
import { eventSourcingError, isPassing } from './errors.ts'
import type { EventPage, EventStore, ReadFilter, RecordedEvent } from './event-store.ts'
import { BatchUnitOfWork, type UnitOfWork } from './unit-of-work.ts'

export interface RetryPolicy {
  /** Tries in place before an event is parked. */
  readonly attempts: number
  /** Milliseconds before the n-th retry, n from 1. */
  readonly delay: (retry: number) => number
}

export interface SubscriptionOptions {
  readonly name: string
  readonly store: EventStore
  readonly space: ViewSpace
  readonly filter: ReadFilter
  /** At least once per event, in the store's order. */
  readonly handle: (event: RecordedEvent, unit: UnitOfWork) => Promise<void> | void
  readonly prefetch?: (events: readonly RecordedEvent[], unit: UnitOfWork) => Promise<void>
  /** Called with the page's handled events before its checkpoint; for effects that are cheaper in a batch. Throwing retries the page. */
  readonly flush?: (events: readonly RecordedEvent[]) => Promise<void>
  readonly clock: Clock
  readonly holder: string
  /** Milliseconds a lease lasts without being renewed. */
  readonly leaseTtl?: number
  readonly batchSize?: number
  readonly retry?: RetryPolicy
  /** Milliseconds between looks when no hint comes (another process may have appended). */
  readonly pollInterval?: number
  readonly onProblem?: (problem: SubscriptionProblem) => void
  /** Whom to give way to; without it every step begins as soon as there is something to do. */
  readonly pace?: Pace
}

/** Shares a thread between what people wait for and what follows behind. */
export interface Pace {
  /** Milliseconds from one look at the end of the store to the next: appends in between share one step. */
  readonly rest: number
  /** Milliseconds that a step should take at most; pages are cut accordingly. */
  readonly step: number
  /** Resolves when the next step may begin. It may ask again and again whether somebody waits for what the step brings. */
  turn(isWaitedFor: () => boolean): Promise<void>
  /** Somebody waits from now on. */
  hurry(): void
  /** Called after the step with the milliseconds it took. */
  spent(ms: number): void
}

export type SubscriptionProblem =
  | {
      readonly kind: 'retrying'
      readonly subscription: string
      readonly event?: RecordedEvent
      readonly attempt: number
      readonly error: unknown
    }
  | { readonly kind: 'parked'; readonly subscription: string; readonly event: RecordedEvent; readonly error: unknown }
  | { readonly kind: 'lease-lost'; readonly subscription: string }

export interface SubscriptionStatus {
  readonly name: string
  readonly state: 'stopped' | 'waiting-for-lease' | 'running' | 'caught-up' | 'failing'
  readonly position: Position
  readonly parked: number
}

const LARGEST_PAGE = 500
const SMALLEST_PAGE = 16
/** Of who shares a thread and does not know yet what an event costs: the page grows from there. */
const FIRST_SHARED_PAGE = 32
/** From one look at a space that another process moves on to the next, while somebody waits for it. */
const WATCHING_MS = 20
/**
 * From one attempt to get a lease that another process holds to the next: while somebody waits for the space, while there are
 * events that it may have to see, and otherwise. A process asks for all of its spaces, day and night.
 */
const LEASE_AGAIN_MS = { waitedFor: 1_000, appended: 2_000, quiet: 10_000 }

export const DEFAULT_RETRY: RetryPolicy = { attempts: 5, delay: (retry) => Math.min(20 * 2 ** retry, 2_000) }

/**
 * Follows the store from its checkpoint: reads a page, lets the handler work on it, and commits the handler's writes
 * together with the new checkpoint under its lease. A handler that keeps failing gets its event parked; later events
 * of that stream are parked behind it, so that a replay keeps their order.
 */
export class Subscription {
  readonly #options: SubscriptionOptions
  readonly #parkedStreams = new Map<string, number>()
  #lease: Lease | undefined
  #renewAt = 0
  #position: Position = '0'
  #committed: Position = '0'
  #state: SubscriptionStatus['state'] = 'stopped'
  #stopping = false
  #loop: Promise<void> | undefined
  #wake: (() => void) | undefined
  #hinted = false
  #stopListening: (() => void) | undefined
  #waiters: { readonly position: Position; readonly resolve: () => void }[] = []
  #requests: { readonly run: () => Promise<void>; readonly reject: (error: unknown) => void }[] = []
  /** Grows with time, over restarts too: versions of replayed writes order by it. */
  #lastReplay = 0
  #pageSize: number
  #restedUntil = 0
  /** Events looked at since the start. */
  #handled = 0

  constructor(options: SubscriptionOptions) {
    this.#options = options
    const isShared = Number.isFinite(options.pace?.step ?? Number.POSITIVE_INFINITY)
    this.#pageSize = Math.min(options.batchSize ?? LARGEST_PAGE, isShared ? FIRST_SHARED_PAGE : LARGEST_PAGE)
  }

  get name(): string {
    return this.#options.name
  }

  status(): SubscriptionStatus {
    let parked = 0
    for (const count of this.#parkedStreams.values()) parked += count
    return { name: this.name, state: this.#state, position: this.#position, parked }
  }

  async start(): Promise<void> {
    if (this.#loop !== undefined) return
    this.#stopping = false
    this.#position = await this.#options.space.position()
    this.#committed = this.#position
    this.#stopListening = this.#options.store.onAppended(() => this.#hint())
    this.#loop = this.#run()
  }

  /** Finishes the page in hand, gives the lease back. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#hint()
    this.#stopListening?.()
    await this.#loop
    this.#loop = undefined
    this.#state = 'stopped'
  }

  /** Resolves when everything up to `position` (default: the store's head now) has been looked at, without resting on the way; rejects never, may wait for ever: give a signal. */
  async caughtUp(position?: Position, signal?: AbortSignal): Promise<boolean> {
    const target = position ?? (await this.#options.store.head())
    if (comparePositions(this.#position, target) >= 0) return true
    this.#restedUntil = 0
    return await this.reached(target, signal)
  }

  /** The same for one of many who ask: its pace stays as it is. */
  async reached(position: Position, signal?: AbortSignal): Promise<boolean> {
    if (comparePositions(this.#position, position) >= 0) return true
    return await new Promise<boolean>((resolve) => {
      const waiter = { position, resolve: () => resolve(true) }
      this.#waiters.push(waiter)
      this.#hint()
      this.#options.pace?.hurry()
      signal?.addEventListener(
        'abort',
        () => {
          this.#waiters = this.#waiters.filter((other) => other !== waiter)
          resolve(false)
        },
        { once: true },
      )
    })
  }

  /**
   * Handles the parked events of that event's stream again, in order. Throws what the handler throws, and what it managed stays;
   * `SUBSCRIPTION_ELSEWHERE` when another process holds the lease.
   */
  async replay(eventId: string): Promise<number> {
    return await this.#between(async () => {
      const behind = await this.#parkedWith(eventId)
      let handled = 0
      for (const entry of behind) {
        const event = await this.#readAt(entry)
        await this.#handleParked(event, entry)
        handled += 1
      }
      return handled
    })
  }

  /** Gives up on one parked event and handles what waited behind it. */
  async skip(eventId: string): Promise<number> {
    return await this.#between(async () => {
      const [first, ...behind] = await this.#parkedWith(eventId)
      if (first === undefined) return 0
      await this.#commitParked([], [first.eventId], first.stream)
      let handled = 1
      for (const entry of behind) {
        await this.#handleParked(await this.#readAt(entry), entry)
        handled += 1
      }
      return handled
    })
  }

  /**
   * Looks at its lease now and not when it is next renewed: whoever promotes another generation ends it, and what was
   * handled meanwhile may be missing there until this subscription reads its position again.
   */
  recheckLease(): void {
    this.#renewAt = Number.NEGATIVE_INFINITY
    this.#hint()
  }

  #hint(): void {
    this.#hinted = true
    this.#wake?.()
  }

  async #run(): Promise<void> {
    let failures = 0
    while (!this.#stopping) {
      try {
        if (!(await this.#holdLease())) {
          this.#state = 'waiting-for-lease'
          await this.#watch()
          continue
        }
        await this.#serveRequests()
        await this.#rest()
        this.#hinted = false
        const more = await this.#pacedStep()
        failures = 0
        if (!more && !this.#hinted && this.#requests.length === 0) {
          this.#state = 'caught-up'
          await this.#pause(this.#options.pollInterval ?? 1_000, 'until-hinted')
        }
      } catch (error) {
        if (isViewError(error, 'LEASE_LOST')) {
          this.#lease = undefined
          this.#position = await this.#options.space.position().catch(() => this.#position)
          this.#committed = this.#position
          this.#options.onProblem?.({ kind: 'lease-lost', subscription: this.name })
          continue
        }
        failures += 1
        this.#state = 'failing'
        this.#options.onProblem?.({ kind: 'retrying', subscription: this.name, attempt: failures, error })
        await this.#pause((this.#options.retry ?? DEFAULT_RETRY).delay(Math.min(failures, 10)), 'until-stopped')
      }
    }
    for (const request of this.#requests.splice(0)) request.reject(new Error(`subscription ${this.name} stopped`))
    if (this.#lease !== undefined) {
      const lease = this.#lease
      this.#lease = undefined
      // A checkpoint that moved over events nobody wanted is only kept in memory until now.
      if (this.#committed !== this.#position)
        await this.#options.space.commit(lease, { position: this.#position }).catch(() => {})
      await this.#options.space.release(lease).catch(() => {})
    }
  }

  get #leaseTtl(): number {
    return this.#options.leaseTtl ?? 30_000
  }

  async #holdLease(): Promise<boolean> {
    const now = this.#options.clock.now()
    if (this.#lease === undefined) {
      this.#lease = await this.#options.space.acquire(this.#options.holder, this.#leaseTtl)
      if (this.#lease === undefined) return false
      this.#renewAt = now + this.#leaseTtl / 3
      this.#position = await this.#options.space.position()
      this.#committed = this.#position
      this.#advance(this.#position)
      this.#parkedStreams.clear()
      for (const parked of await this.#options.space.parked()) this.#block(parked.stream, 1)
    } else if (now >= this.#renewAt) {
      this.#lease = await this.#options.space.renew(this.#lease, this.#leaseTtl)
      this.#renewAt = now + this.#leaseTtl / 3
    }
    return true
  }

  /** Somebody else moves the space on: those who wait here for a position learn how far it has come. */
  async #watch(): Promise<void> {
    for (const request of this.#requests.splice(0)) request.reject(eventSourcingError('SUBSCRIPTION_ELSEWHERE'))
    const began = performance.now()
    const leftOf = (ms: number): number => began + Math.min(ms, this.#leaseTtl / 3) - performance.now()
    const isWaitedFor = (): boolean => this.#waiters.length > 0 || this.#requests.length > 0
    for (;;) {
      const committed = await this.#options.space.position()
      // Events that nobody wants move no checkpoint: where none of the others follow, the view stands at the end of the look.
      const { store, filter } = this.#options
      const ahead = await store.readAll({ after: committed, limit: 1, filter })
      const position = ahead.events.length === 0 ? ahead.checkedThrough : committed
      if (comparePositions(position, this.#position) > 0) this.#advance(position)
      // Work that lies there may have been left behind by whoever held the lease: nothing will hint at it.
      const isQuiet = ahead.events.length === 0
      this.#hinted = false
      if (this.#waiters.length > 0) await this.#pause(WATCHING_MS, 'until-stopped')
      else {
        await this.#pause(leftOf(isQuiet ? LEASE_AGAIN_MS.quiet : LEASE_AGAIN_MS.appended), 'until-hinted')
        if (!isWaitedFor()) await this.#pause(leftOf(LEASE_AGAIN_MS.appended), 'until-asked')
      }
      if (this.#stopping || this.#requests.length > 0) return
      if (leftOf(this.#waiters.length > 0 ? LEASE_AGAIN_MS.waitedFor : LEASE_AGAIN_MS.appended) <= 0) return
    }
  }

  /** What is appended while it rests is done in one step afterwards, instead of one step each. */
  async #rest(): Promise<void> {
    const wait = this.#restedUntil - performance.now()
    if (wait > 0 && !this.#stopping) await this.#pause(wait, 'until-hurried')
  }

  async #pacedStep(): Promise<boolean> {
    const { pace } = this.#options
    if (pace === undefined) return await this.#step(this.#pageSize)
    const isWaitedFor = (): boolean => this.#waiters.length > 0 || this.#requests.length > 0
    const asked = performance.now()
    await pace.turn(isWaitedFor)
    const begin = performance.now()
    const limit = isWaitedFor() ? this.#pageAfter(begin - asked, pace.step) : this.#pageSize
    const handledBefore = this.#handled
    let more = false
    try {
      more = await this.#step(limit)
    } finally {
      const end = performance.now()
      pace.spent(end - begin)
      if (!more) this.#restedUntil = begin + pace.rest
      const handled = this.#handled - handledBefore
      if (handled > 0) this.#fitPage(((end - begin) / handled) * this.#pageSize, pace.step)
    }
    return more
  }

  /** A full thread gives turns seldom: a step that somebody waits for may take as long as it had to wait itself. */
  #pageAfter(waited: number, wanted: number): number {
    const times = Math.max(1, waited / wanted)
    return Math.min(this.#options.batchSize ?? LARGEST_PAGE, Math.round(this.#pageSize * times))
  }

  /** Halves or doubles the page, so that a full one takes about as long as a step may. */
  #fitPage(expected: number, wanted: number): void {
    const largest = this.#options.batchSize ?? LARGEST_PAGE
    if (expected > wanted * 1.5) this.#pageSize = Math.max(SMALLEST_PAGE, this.#pageSize >> 1)
    else if (expected < wanted / 2) this.#pageSize = Math.min(largest, this.#pageSize * 2)
  }

  /** One page. True when there is more to read at once. */
  async #step(limit: number): Promise<boolean> {
    const page = await this.#options.store.readAll({
      after: this.#position,
      limit,
      filter: this.#options.filter,
    })
    if (page.events.length === 0) {
      if (page.checkedThrough !== this.#position) this.#advance(page.checkedThrough)
      return !page.end
    }
    this.#state = 'running'
    this.#handled += page.events.length
    const unit = new BatchUnitOfWork(this.#options.space, this.#position)
    await this.#options.prefetch?.(page.events, unit)
    return await this.#handlePage(page, unit)
  }

  /** All of it or nothing: what stops half-way is handled again from the page's beginning. */
  async #handlePage(page: EventPage, unit: BatchUnitOfWork): Promise<boolean> {
    const handled: RecordedEvent[] = []
    const park: ParkedEvent[] = []
    const failed: RecordedEvent[] = []
    try {
      for (const event of page.events) {
        if (this.#parkedStreams.has(event.stream)) {
          park.push(this.#parking(event, 'BLOCKED', 0))
          continue
        }
        unit.at(event.position)
        const failure = await this.#tryHandling(event, unit)
        if (failure === undefined) handled.push(event)
        else {
          park.push(this.#parking(event, failure.code, failure.attempts))
          failed.push(event)
          this.#block(event.stream, 1)
        }
        if (this.#stopping && this.#options.flush === undefined) {
          await this.#commit(event.position, unit, park)
          return false
        }
      }
      await this.#options.flush?.(handled)
      await this.#commit(page.checkedThrough, unit, park)
      return !page.end
    } catch (error) {
      // Not parked after all: the next try must meet the event itself, not a stream blocked by nothing.
      for (const { stream } of failed) this.#block(stream, -1)
      throw error
    }
  }

  async #commit(position: Position, unit: BatchUnitOfWork, park: readonly ParkedEvent[]): Promise<void> {
    const lease = this.#lease
    if (lease === undefined) return
    await this.#options.space.commit(lease, { position, writes: unit.writes(), ...(park.length > 0 ? { park } : {}) })
    for (const entry of park) if (entry.error === 'BLOCKED') this.#block(entry.stream, 1)
    this.#committed = position
    this.#advance(position)
  }

  async #tryHandling(
    event: RecordedEvent,
    unit: BatchUnitOfWork,
  ): Promise<{ code: string; attempts: number } | undefined> {
    const retry = this.#options.retry ?? DEFAULT_RETRY
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#options.handle(event, unit)
        return undefined
      } catch (error) {
        unit.undo()
        if (isViewError(error, 'LEASE_LOST') || isPassing(error) || this.#stopping) throw error
        if (attempt >= retry.attempts) {
          this.#options.onProblem?.({ kind: 'parked', subscription: this.name, event, error })
          return { code: errorCode(error), attempts: attempt }
        }
        this.#options.onProblem?.({ kind: 'retrying', subscription: this.name, event, attempt, error })
        await sleep(retry.delay(attempt))
      }
    }
  }

  #parking(event: RecordedEvent, error: string, attempts: number): ParkedEvent {
    return {
      eventId: event.id,
      stream: event.stream,
      position: event.position,
      type: event.type,
      error,
      attempts,
      parkedAt: new Date(this.#options.clock.now()).toISOString(),
    }
  }

  #block(stream: string, change: 1 | -1): void {
    const count = (this.#parkedStreams.get(stream) ?? 0) + change
    if (count > 0) this.#parkedStreams.set(stream, count)
    else this.#parkedStreams.delete(stream)
  }

  #advance(position: Position): void {
    this.#position = position
    if (this.#waiters.length === 0) return
    const reached = this.#waiters.filter((waiter) => comparePositions(position, waiter.position) >= 0)
    if (reached.length === 0) return
    this.#waiters = this.#waiters.filter((waiter) => !reached.includes(waiter))
    for (const waiter of reached) waiter.resolve()
  }

  /** Runs between two pages, so that an operator's replay and the live work never meet. */
  async #between<T>(work: () => Promise<T>): Promise<T> {
    if (this.#loop === undefined) throw new Error(`subscription ${this.name} is not running`)
    return await new Promise<T>((resolve, reject) => {
      this.#requests.push({ run: async () => resolve(await work()), reject })
      this.#hint()
    })
  }

  async #serveRequests(): Promise<void> {
    for (const request of this.#requests.splice(0)) {
      try {
        await request.run()
      } catch (error) {
        request.reject(error)
        if (isViewError(error, 'LEASE_LOST')) throw error
      }
    }
  }

  async #parkedWith(eventId: string): Promise<readonly ParkedEvent[]> {
    const parked = await this.#options.space.parked()
    const wanted = parked.find((entry) => entry.eventId === eventId)
    if (wanted === undefined) return []
    return parked
      .filter((entry) => entry.stream === wanted.stream)
      .sort((a, b) => comparePositions(a.position, b.position))
  }

  async #readAt(entry: ParkedEvent): Promise<RecordedEvent> {
    const events = await this.#options.store.readStream(entry.stream)
    const event = events.find((candidate) => candidate.id === entry.eventId)
    if (event === undefined) throw new Error(`parked event ${entry.eventId} is not in ${entry.stream}`)
    return event
  }

  async #handleParked(event: RecordedEvent, entry: ParkedEvent): Promise<void> {
    const [main = '0'] = this.#position.split('/')
    this.#lastReplay = Math.max(this.#lastReplay + 1, this.#options.clock.now())
    const unit = new BatchUnitOfWork(this.#options.space, this.#position)
    // The replayed event is older than what other streams have written since; its writes must still count.
    unit.at(`${main}/${this.#lastReplay}`)
    await this.#options.handle(event, unit)
    await this.#options.flush?.([event])
    await this.#commitParked(unit.writes(), [entry.eventId], entry.stream)
  }

  async #commitParked(
    writes: ReturnType<BatchUnitOfWork['writes']>,
    unpark: readonly string[],
    stream: string,
  ): Promise<void> {
    if (this.#lease === undefined) throw new Error(`subscription ${this.name} holds no lease`)
    await this.#options.space.commit(this.#lease, { position: this.#position, writes, unpark })
    this.#committed = this.#position
    this.#block(stream, -1)
  }

  /** A hint of new events must not cut short a back-off or the wait for a lease: it would turn them into a busy loop. */
  async #pause(ms: number, how: 'until-hinted' | 'until-hurried' | 'until-asked' | 'until-stopped'): Promise<void> {
    const isOver = (): boolean =>
      this.#stopping ||
      (how === 'until-hinted' && this.#hinted) ||
      (how === 'until-asked' && (this.#waiters.length > 0 || this.#requests.length > 0)) ||
      (how === 'until-hurried' && (this.#restedUntil === 0 || this.#requests.length > 0))
    if (isOver()) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, ms))
      this.#wake = () => {
        if (!isOver()) return
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = undefined
  }
}

function errorCode(error: unknown): string {
  if (error instanceof Error) {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
    return code ?? error.name
  }
  return 'UNKNOWN'
}

async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}

import { comparePositions, type Position, START } from '@dulian/views'
import type { Connection, RunningRead } from './connection.ts'
import type { LogMark } from './log-mark.ts'
import { toPosition } from './log-position.ts'
import { serverFilter, subscriptionRequest } from './read-request.ts'
import { pauseBefore } from './retrying.ts'
import { positionOf, type StreamPrefix } from './stored-event.ts'

type Listener = () => void

interface LiveSubscription {
  readonly read: RunningRead
  /** How far it has come, events and checkpoints; unknown at first. */
  heard: Position | undefined
  /** Whether anything came since the last look. */
  spoke: boolean
}

const LONGEST_PAUSE_MS = 5_000

export interface FeedOptions {
  readonly connection: Pick<Connection, 'read'>
  readonly prefix: StreamPrefix
  /** Position of the newest event of the prefix. */
  readonly head: () => Promise<Position>
  readonly mark: LogMark
  /** Milliseconds from one look at whether the subscription still lives to the next. */
  readonly livenessInterval: number
}

/**
 * Tells listeners that there is something to read: at once after own appends, and by one live subscription to what all
 * others append. It only hints, so what was missed while it was interrupted need not be caught up: it begins at the end
 * again and hints once. A subscription that says nothing while the log grows is taken for dead and replaced.
 */
export class AppendedFeed {
  readonly #options: FeedOptions
  readonly #listeners = new Set<Listener>()
  /** What was hinted: an event up to here is no news. */
  #hinted: Position = START
  #subscription: LiveSubscription | undefined
  #failures = 0
  #resubscribing: NodeJS.Timeout | undefined
  #liveness: NodeJS.Timeout | undefined
  /** The head as it was one look ago; a living subscription has passed it by now. */
  #expected: Position | undefined
  #closed = false

  constructor(options: FeedOptions) {
    this.#options = options
  }

  listen(listener: Listener): () => void {
    // The same function may listen twice.
    const own: Listener = () => listener()
    this.#listeners.add(own)
    if (this.#subscription === undefined && this.#resubscribing === undefined && !this.#closed) this.#subscribe()
    return () => {
      this.#listeners.delete(own)
    }
  }

  /** The store itself has appended up to here. */
  announce(position: Position): void {
    if (comparePositions(position, this.#hinted) <= 0) return
    this.#hinted = position
    this.#hint()
  }

  close(): void {
    this.#closed = true
    this.#listeners.clear()
    clearTimeout(this.#resubscribing)
    clearInterval(this.#liveness)
    this.#subscription?.read.cancel()
    this.#subscription = undefined
  }

  #subscribe(): void {
    const { connection, prefix } = this.#options
    this.#resubscribing = undefined
    this.#expected = undefined
    const request = subscriptionRequest('end', serverFilter(prefix, {}))
    const read = connection.read(request, {
      onResponse: (response) => {
        subscription.spoke = true
        if (response.hasConfirmation()) this.#confirmed(subscription)
        const wire = response.getEvent()?.getEvent()
        if (wire !== undefined) this.#heard(subscription, positionOf(wire), true)
        const checkpoint = response.getCheckpoint()
        if (checkpoint === undefined) return
        const position = toPosition(checkpoint.getCommitPosition(), checkpoint.getPreparePosition())
        if (position !== undefined) this.#heard(subscription, position, false)
      },
      onEnd: () => {
        if (this.#subscription === subscription) this.#resubscribeLater()
      },
    })
    const subscription: LiveSubscription = { read, heard: undefined, spoke: false }
    this.#subscription = subscription
    this.#liveness ??= setInterval(() => void this.#checkLiveness(), this.#options.livenessInterval).unref()
  }

  #confirmed(subscription: LiveSubscription): void {
    this.#failures = 0
    // Between the end it begins at and the last hint there may be something.
    this.#hint()
    this.#options.head().then(
      (head) => this.#heard(subscription, head, false),
      () => {
        // Without a place to compare with, liveness waits for the first event.
      },
    )
  }

  #heard(subscription: LiveSubscription, position: Position, isNews: boolean): void {
    if (subscription.heard === undefined || comparePositions(subscription.heard, position) < 0) {
      subscription.heard = position
    }
    if (!isNews) return
    this.#options.mark.passed(position)
    this.announce(position)
  }

  #resubscribeLater(): void {
    this.#subscription = undefined
    if (this.#closed) return
    this.#failures += 1
    this.#resubscribing = setTimeout(
      () => this.#subscribe(),
      pauseBefore(Math.min(this.#failures, 10), LONGEST_PAUSE_MS),
    ).unref()
  }

  async #checkLiveness(): Promise<void> {
    const subscription = this.#subscription
    if (subscription === undefined) return
    const expected = this.#expected
    const isBehind =
      expected !== undefined && (subscription.heard === undefined || comparePositions(subscription.heard, expected) < 0)
    if (isBehind && !subscription.spoke) {
      subscription.read.cancel()
      this.#resubscribeLater()
      return
    }
    subscription.spoke = false
    const head = await this.#options.head().catch(() => undefined)
    if (this.#subscription === subscription) this.#expected = head
  }

  #hint(): void {
    for (const listener of this.#listeners) {
      queueMicrotask(() => {
        if (!this.#listeners.has(listener)) return
        try {
          listener()
        } catch {
          // A hint is no promise: whoever misses one looks again by itself, and nobody else must miss theirs.
        }
      })
    }
  }
}

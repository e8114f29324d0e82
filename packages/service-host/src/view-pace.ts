import type { Pace } from '@dulian/event-sourcing'

/** Of the thread's time while people's requests would fill all of it. */
const LEAST_SHARE = 0.1
const LONGEST_WAIT_MS = 500
/** A step that took longer has slept over a retry, not worked. */
const LONGEST_STEP_MS = 100
/** Less than this between two steps says nothing about how busy the thread is. */
const TELLING_GAP_MS = 1

/** Busy and idle milliseconds of the thread so far; what `performance.eventLoopUtilization()` answers. */
export interface ThreadUse {
  readonly active: number
  readonly idle: number
}

/**
 * Lets views follow as fast as they can while the thread has time to spare, and makes them give way when requests would
 * fill it: their share then shrinks step by step down to a tenth. They fall behind in a rush and catch up after it,
 * so that a command is never slow because of a view. Each step has a turn of the event loop of its own.
 */
export class ViewPace implements Pace {
  readonly rest = 8
  readonly step = 10
  readonly #use: () => ThreadUse
  readonly #now: () => number
  #waiting: (() => void)[] = []
  #planned = false
  #share = 1
  #before: ThreadUse
  #cost = 0
  #ended: number

  constructor(
    use: () => ThreadUse = () => performance.eventLoopUtilization(),
    now: () => number = () => performance.now(),
  ) {
    this.#use = use
    this.#now = now
    this.#before = use()
    this.#ended = now()
  }

  /** Of the thread, that the views may take now. */
  get share(): number {
    return this.#share
  }

  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      if (this.#waiting.length === 1 && !this.#planned) this.#plan()
    })
  }

  spent(ms: number): void {
    this.#cost = Math.min(ms, LONGEST_STEP_MS)
    this.#ended = this.#now()
    this.#before = this.#use()
  }

  #plan(): void {
    this.#planned = true
    const pause = Math.min(LONGEST_WAIT_MS, this.#cost * (1 / this.#share - 1))
    const wait = pause - (this.#now() - this.#ended)
    // Requests that have come in meanwhile go first, however short the wait.
    if (wait < 1) setImmediate(() => this.#grant())
    else setTimeout(() => this.#grant(), wait)
  }

  #grant(): void {
    const now = this.#use()
    const active = now.active - this.#before.active
    const idle = now.idle - this.#before.idle
    if (active + idle >= TELLING_GAP_MS) {
      const isFull = idle < 0.05 * (active + idle)
      this.#share = isFull ? Math.max(LEAST_SHARE, this.#share * 0.7) : Math.min(1, this.#share * 1.5)
    }
    this.#waiting.shift()?.()
    // The step has run by then, unless it waits for something: then it holds nobody up.
    setImmediate(() => {
      this.#planned = false
      if (this.#waiting.length > 0) this.#plan()
    })
  }
}

/** Follows at once and never gives way: where nobody asks anything, such as while the demo is made. */
export const hurriedPace: Pace = {
  rest: 1,
  step: Number.POSITIVE_INFINITY,
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  spent: () => {},
}

/** For views that nobody reads until all of it is over: they lie still until somebody waits for them, and then take everything in large steps. */
export const latePace: Pace = { ...hurriedPace, rest: 3_600_000 }

/** For what waits for others more than it works (a policy, a publisher): joins what comes close together, and lets requests in between. */
export const restingPace: Pace = {
  rest: 8,
  step: Number.POSITIVE_INFINITY,
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  spent: () => {},
}

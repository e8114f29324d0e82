import type { Pace } from '@dulian/event-sourcing'

/** Of the thread's time while people's requests would fill all of it. */
const LEAST_SHARE = 0.1
const LONGEST_WAIT_MS = 500
/** A step that took longer has slept over a retry, not worked. */
const LONGEST_STEP_MS = 100
/**
 * How busy the thread is shows only over a while: between two steps there may be room for one request alone, whose wait
 * for the disk would look like a rush.
 */
const WINDOW_MS = 50
/** When the views have taken more than the rest of this, the thread is full of themselves. */
const TELLING_PART = 0.1

/** Busy and idle milliseconds of the thread so far; what `performance.eventLoopUtilization()` answers. */
export interface ThreadUse {
  readonly active: number
  readonly idle: number
}

interface Waiting {
  readonly isWaitedFor: () => boolean
  readonly grant: () => void
}

/**
 * Lets views follow as fast as they can while the thread has time to spare, and makes them give way when requests would
 * fill it: their share then shrinks step by step down to a tenth. They fall behind in a rush and catch up after it,
 * so that a command is never slow because of a view. A view that somebody waits for does not give way: it is part of
 * that request, and the others give way to it, too, down to the same tenth. Each step has a turn of the event loop of its own.
 */
export class ViewPace implements Pace {
  readonly rest = 8
  readonly step = 10
  readonly #use: () => ThreadUse
  readonly #now: () => number
  #waiting: Waiting[] = []
  #planned = false
  /** Runs while everybody who waits gives way. */
  #timer: NodeJS.Timeout | undefined
  #share = 1
  /** The last step was one that somebody waited for. */
  #wasWaitedFor = false
  /** When those nobody waits for have given way long enough: to requests, and to what somebody waits for. */
  #due = Number.NEGATIVE_INFINITY
  #dueBesideOthers = Number.NEGATIVE_INFINITY
  #before: ThreadUse
  /** What has been seen since the share was last judged: of the thread beside the steps, and of the steps. */
  #beside: ThreadUse = { active: 0, idle: 0 }
  #stepped = 0

  constructor(
    use: () => ThreadUse = () => performance.eventLoopUtilization(),
    now: () => number = () => performance.now(),
  ) {
    this.#use = use
    this.#now = now
    this.#before = use()
  }

  /** Of the thread, that the views may take now. */
  get share(): number {
    return this.#share
  }

  turn(isWaitedFor: () => boolean): Promise<void> {
    return new Promise((grant) => {
      this.#waiting.push({ isWaitedFor, grant })
      if (!this.#planned) this.#plan()
      else this.hurry()
    })
  }

  hurry(): void {
    if (this.#timer === undefined || this.#waitedFor() === -1) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    setImmediate(() => this.#grant())
  }

  spent(ms: number): void {
    const cost = Math.min(ms, LONGEST_STEP_MS)
    this.#stepped += cost
    this.#before = this.#use()
    if (this.#wasWaitedFor) return
    this.#due = this.#now() + restAfter(cost, this.#share)
    this.#dueBesideOthers = this.#now() + restAfter(cost, LEAST_SHARE)
  }

  #waitedFor(): number {
    return this.#waiting.findIndex(({ isWaitedFor }) => isWaitedFor())
  }

  #plan(): void {
    this.#planned = true
    const wait = this.#waitedFor() === -1 ? this.#due - this.#now() : 0
    // Requests that have come in meanwhile go first, however short the wait.
    if (wait < 1) setImmediate(() => this.#grant())
    else {
      this.#timer = setTimeout(() => {
        this.#timer = undefined
        this.#grant()
      }, wait)
    }
  }

  #grant(): void {
    this.#judge()
    const waitedFor = this.#waitedFor()
    const isOthersTurn = this.#wasWaitedFor && this.#dueBesideOthers <= this.#now()
    this.#wasWaitedFor = waitedFor !== -1 && !isOthersTurn
    const [next] = this.#waiting.splice(this.#wasWaitedFor ? waitedFor : 0, 1)
    next?.grant()
    // The step has run by then, unless it waits for something: then it holds nobody up.
    setImmediate(() => {
      this.#planned = false
      if (this.#waiting.length > 0) this.#plan()
    })
  }

  /** Fits the share to what the thread was doing over the last while. */
  #judge(): void {
    const now = this.#use()
    const active = this.#beside.active + now.active - this.#before.active
    const idle = this.#beside.idle + now.idle - this.#before.idle
    const seen = active + idle + this.#stepped
    this.#before = now
    this.#beside = { active, idle }
    if (seen < WINDOW_MS) return
    this.#beside = { active: 0, idle: 0 }
    this.#stepped = 0
    if (active + idle < TELLING_PART * seen) return
    const isFull = idle < 0.05 * seen
    this.#share = isFull ? Math.max(LEAST_SHARE, this.#share * 0.7) : Math.min(1, this.#share * 1.5)
  }
}

function restAfter(cost: number, share: number): number {
  return Math.min(LONGEST_WAIT_MS, cost * (1 / share - 1))
}

/** Follows at once and never gives way: where nobody asks anything, such as while the demo is made. */
export const hurriedPace: Pace = {
  rest: 1,
  step: Number.POSITIVE_INFINITY,
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  hurry: () => {},
  spent: () => {},
}

/** For views that nobody reads until all of it is over: they lie still until somebody waits for them, and then take everything in large steps. */
export const latePace: Pace = { ...hurriedPace, rest: 3_600_000 }

/** For what waits for others more than it works (a policy, a publisher): joins what comes close together, and lets requests in between. */
export const restingPace: Pace = {
  rest: 8,
  step: Number.POSITIVE_INFINITY,
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  hurry: () => {},
  spent: () => {},
}

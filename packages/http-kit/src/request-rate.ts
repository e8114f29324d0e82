const WINDOW_MS = 60_000
/** More callers than this within a minute are not told apart for certain: the first of them start anew. */
const CALLERS_KEPT = 10_000

/** Counts requests per caller and minute. Synchronous and without a timer: it is asked on every request. */
export class RequestRate {
  readonly #perMinute: number
  readonly #counts = new Map<string, number>()
  #window = Number.NaN

  constructor(perMinute: number) {
    this.#perMinute = perMinute
  }

  /** Counts one request. 0 when it may go on, else the milliseconds until the caller may ask again. */
  count(caller: string, now: number): number {
    const window = Math.floor(now / WINDOW_MS)
    if (window !== this.#window) {
      this.#window = window
      this.#counts.clear()
    }
    const count = (this.#counts.get(caller) ?? 0) + 1
    if (count > this.#perMinute) return (window + 1) * WINDOW_MS - now
    this.#counts.set(caller, count)
    if (this.#counts.size > CALLERS_KEPT) {
      const [oldest = caller] = this.#counts.keys()
      this.#counts.delete(oldest)
    }
    return 0
  }
}

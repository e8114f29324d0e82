/** Where time comes from: the machine, or a test's hand. Milliseconds since 1970. */
export interface Clock {
  now(): number
  /** Calls back once after `ms`; the returned function cancels. */
  after(ms: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** A clock that moves only when told. */
export interface FakeClock extends Clock {
  advance(ms: number): void
  set(instant: number | string): void
}

export function fakeClock(start: number | string): FakeClock {
  let now = toInstant(start)
  let waiting: { at: number; callback: () => void }[] = []
  const move = (to: number): void => {
    now = to
    const due = waiting.filter((entry) => entry.at <= now).sort((a, b) => a.at - b.at)
    waiting = waiting.filter((entry) => entry.at > now)
    for (const entry of due) entry.callback()
  }
  return {
    now: () => now,
    after(ms, callback) {
      const entry = { at: now + ms, callback }
      waiting.push(entry)
      return () => {
        waiting = waiting.filter((other) => other !== entry)
      }
    },
    advance: (ms) => move(now + ms),
    set: (instant) => move(toInstant(instant)),
  }
}

function toInstant(instant: number | string): number {
  return typeof instant === 'number' ? instant : Date.parse(instant)
}

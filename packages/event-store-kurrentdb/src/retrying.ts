import { setTimeout as delay } from 'node:timers/promises'
import { ServerFailure } from './server-failure.ts'

const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 500

/** Milliseconds before the n-th retry, n from 1; scattered, so that those who failed together do not come back together. */
export function pauseBefore(retry: number, longest = LONGEST_PAUSE_MS): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** retry, longest) * (0.5 + Math.random() / 2)
}

/** Tries until it works, fails for good, or has no time left. `work` is told the milliseconds that are left. */
export async function retrying<T>(within: number, work: (left: number) => Promise<T>): Promise<T> {
  const end = performance.now() + within
  for (let retry = 0; ; retry += 1) {
    try {
      return await work(Math.max(end - performance.now(), FIRST_PAUSE_MS))
    } catch (error) {
      if (!(error instanceof ServerFailure) || !error.passing) throw error
      const pause = pauseBefore(retry + 1)
      if (performance.now() + pause >= end) throw error
      await delay(pause)
    }
  }
}

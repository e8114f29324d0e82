import { setTimeout as pause } from 'node:timers/promises'

/** A machine that does other work beside the tests is slow; what is wrong stays wrong. */
export const PATIENCE_MS = 60_000

/** Waits until the thing asked for is there, and answers it. */
export async function until<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T> {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    const found = await ask()
    if (found !== undefined && found !== false) return found
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`)
    await pause(25)
  }
}

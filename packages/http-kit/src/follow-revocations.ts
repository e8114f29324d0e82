import type { RevocationList, Revocations } from './revocation-list.ts'

export interface FollowOptions {
  readonly list: RevocationList
  /** Asks whoever keeps the facts; may fail. */
  readonly read: () => Promise<Revocations>
  /** Milliseconds between two looks; one second when absent. */
  readonly everyMs?: number
}

export interface FollowedRevocations {
  /** Looks now; false when nobody answered. What is known already stays known. */
  look(): Promise<boolean>
  close(): Promise<void>
}

/**
 * Keeps a list in step with the process that has the facts. A look that fails is made again with the next beat: tokens are
 * short-lived, so that what is missed meanwhile ends by itself.
 */
export function followRevocations({ list, read, everyMs = 1_000 }: FollowOptions): FollowedRevocations {
  let closed = false
  let looking: Promise<boolean> | undefined
  let timer: NodeJS.Timeout | undefined

  async function lookOnce(): Promise<boolean> {
    try {
      list.take(await read())
      return true
    } catch {
      return false
    }
  }

  function look(): Promise<boolean> {
    looking ??= lookOnce().finally(() => {
      looking = undefined
    })
    return looking
  }

  function beat(): void {
    void look().then(() => {
      if (closed) return
      timer = setTimeout(beat, everyMs)
      timer.unref()
    })
  }

  beat()
  return {
    async look() {
      // One under way may have asked before what the caller knows happened.
      await looking
      return await look()
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await looking
    },
  }
}

/** Reads what a process publishes at an address. */
export function revocationsAt(url: URL, schema: { parse(value: unknown): Revocations }): () => Promise<Revocations> {
  return async () => {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}`)
    return schema.parse(await response.json())
  }
}

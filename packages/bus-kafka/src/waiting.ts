/** Waits, unless or until the signal ends it. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}

export class TimeoutError extends Error {
  override readonly name = 'TimeoutError'
}

/** Resolves when the signal ends whatever it ends. */
export function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

/** Rejects with a `TimeoutError` when the promise takes longer; what it does later is nobody's business any more. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new TimeoutError(`not done within ${ms} ms`)), ms)
  try {
    return await Promise.race([promise, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Tries again, for at most so many milliseconds, after errors that may pass by themselves. */
export async function retrying<T>(
  ms: number,
  mayPass: (error: unknown) => boolean,
  attempt: () => Promise<T>,
): Promise<T> {
  const end = performance.now() + ms
  for (let wait = 20; ; wait = Math.min(wait * 2, 500)) {
    try {
      return await attempt()
    } catch (error) {
      if (!mayPass(error) || performance.now() + wait > end) throw error
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}

import { httpError } from './errors.ts'

/**
 * The work, or `REQUEST_TIMEOUT` when it takes longer. Nothing is broken off: what was under way may still be stored,
 * and the same `Idempotency-Key` then answers it. Cheaper than the framework's own limit, which makes and aborts a
 * controller for every request.
 */
export function withinTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(httpError('REQUEST_TIMEOUT')), milliseconds)
    work.then(
      (result) => {
        clearTimeout(timer)
        resolve(result)
      },
      (error: unknown) => {
        clearTimeout(timer)
        reject(error)
      },
    )
  })
}

import type { RetryPolicy } from './bus.ts'

/** Five tries within about two seconds: long enough for a restarting neighbour's hiccup, short enough not to hold a key up. */
export const DEFAULT_RETRY: RetryPolicy = { attempts: 5, delay: (retry) => Math.min(50 * 3 ** (retry - 1), 2_000) }

/** What may be kept of an error: its class and code, never a message that could carry personal data. */
export function errorLabel(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name
}

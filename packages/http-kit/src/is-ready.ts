const ANSWER_WITHIN_MS = 2_000

/** Whether the process at that address says of itself that it is ready. */
export async function isReady(address: string): Promise<boolean> {
  try {
    const response = await fetch(new URL('/health/ready', address), { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
    await response.body?.cancel()
    return response.ok
  } catch {
    // Whatever keeps it from answering, it is not ready.
    return false
  }
}

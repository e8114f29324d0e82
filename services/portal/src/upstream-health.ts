import type { Readiness } from '@dulian/http-kit'

const PATIENCE_MS = 2_000

/** Ready when every service behind says so. */
export async function upstreamHealth(addresses: Readonly<Record<string, string>>): Promise<Readiness> {
  const answers = await Promise.all(
    Object.entries(addresses).map(async ([service, address]) => [service, await isReady(address)] as const),
  )
  return {
    ok: answers.every(([, ok]) => ok),
    engines: {},
    views: [],
    services: Object.fromEntries(answers.map(([service, ok]) => [service, { ok }])),
  }
}

async function isReady(address: string): Promise<boolean> {
  try {
    const response = await fetch(new URL('/health/ready', address), { signal: AbortSignal.timeout(PATIENCE_MS) })
    await response.body?.cancel()
    return response.ok
  } catch {
    // Whatever keeps a service from answering, it is not ready.
    return false
  }
}

import type { Config } from '../config.ts'
import { readRunning } from '../running-file.ts'

/** The address of the instance that runs on this folder, if it answers. */
export async function runningAddress(config: Config): Promise<string | undefined> {
  const known = readRunning(config.dataFolder)
  if (known === undefined) return undefined
  try {
    const response = await fetch(new URL('/health/live', known.address), { signal: AbortSignal.timeout(3_000) })
    return response.ok ? known.address : undefined
  } catch {
    return undefined
  }
}

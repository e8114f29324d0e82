import type { Readiness } from '@dulian/http-kit'
import type { Upstreams } from './upstreams.ts'

/** Ready when of every service behind at least one process says so. */
export async function upstreamHealth(upstreams: Upstreams): Promise<Readiness> {
  await upstreams.look()
  const services = Object.fromEntries(
    Object.entries(upstreams.readiness()).map(([service, instances]) => {
      const ready = instances.filter((isReady) => isReady).length
      return [service, { ok: ready > 0, ready, of: instances.length }]
    }),
  )
  return { ok: Object.values(services).every(({ ok }) => ok), engines: {}, views: [], services }
}

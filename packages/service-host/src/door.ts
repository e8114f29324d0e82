import type { Clock } from '@dulian/event-sourcing'
import { buildHttpApp, type HttpAppOptions, registerHealth } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import type { Host } from './host.ts'
import { type ReadinessLimits, readinessOf } from './readiness.ts'
import { countCommands, observeServices } from './service-metrics.ts'
import { sharedAnswer } from './shared-answer.ts'
import { systemRoutes } from './system-routes.ts'

export interface DoorOptions extends Omit<HttpAppOptions, 'clock'> {
  readonly host: Host
  readonly clock: Clock
  /** Permissions for looking at, and for operating, the running services. */
  readonly systemPermissions: { readonly read: string; readonly operate: string }
  /** Which engines run, for `/health/ready`; no addresses, they may hold passwords. */
  readonly engines: Readonly<Record<string, string>>
  /** What makes the instance not ready; 10,000 events, 60 s, 2 s, shared for half a second when absent. */
  readonly ready?: Partial<ReadinessLimits>
  /** True when the process is about to stop; it is not ready then. */
  readonly stopping?: () => boolean
}

/** The HTTP application of a host: every service under `/api/<name>`, health, the API reference. Not yet listening. */
export async function buildDoor(options: DoorOptions): Promise<FastifyInstance> {
  const { host, clock, systemPermissions, telemetry } = options
  const app = await buildHttpApp(options)
  for (const service of host.services) {
    await app.register(
      async (child) => {
        if (telemetry !== undefined) countCommands(child, service.definition.name, telemetry.meter)
        await service.parts.routes(child)
        systemRoutes(child, { service, bus: host.bus, clock, ...systemPermissions })
      },
      { prefix: `/api/${service.definition.name}` },
    )
  }
  const limits = { lag: 10_000, idle: 60_000, answer: 2_000, shared: 500, ...options.ready }
  registerHealth(app, {
    ready: sharedAnswer(() => readinessOf(host, clock, options.engines, limits), limits.shared),
    stopping: options.stopping,
  })
  if (telemetry !== undefined) {
    const stopObserving = observeServices(host, clock, telemetry.meter)
    app.addHook('onClose', (_app, done) => {
      stopObserving()
      done()
    })
  }
  return app
}

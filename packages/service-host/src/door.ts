import { auditRefusals, auditRoutes } from '@dulian/audit'
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
  readonly systemPermissions: SystemPermissions
  /** Told what went wrong where nobody waits for it. */
  readonly onError?: (error: unknown) => void
  /** Which engines run, for `/health/ready`; no addresses, they may hold passwords. */
  readonly engines: Readonly<Record<string, string>>
  /** What makes the instance not ready; 10,000 events, 60 s, 2 s, shared for half a second when absent. */
  readonly ready?: Partial<ReadinessLimits>
  /** True when the process is about to stop; it is not ready then. */
  readonly stopping?: () => boolean
}

export interface SystemPermissions {
  /** For looking at, and for operating, the running services. */
  readonly read: string
  readonly operate: string
  /** For reading the audit trail, and for taking out files of rows; without them there is no `/api/audit`. */
  readonly audit?: { readonly read: string; readonly export: string }
}

/** The HTTP application of a host: every service under `/api/<name>`, health, the API reference. Not yet listening. */
export async function buildDoor(options: DoorOptions): Promise<FastifyInstance> {
  const { host, clock, systemPermissions, telemetry } = options
  const refusals = auditRefusals({ trail: host.audit, clock, onError: options.onError ?? (() => {}) })
  const app = await buildHttpApp({ ...options, onRefused: refusals.note })
  app.addHook('onClose', () => refusals.flush())
  const { audit: auditPermissions } = systemPermissions
  if (auditPermissions !== undefined) {
    await app.register(
      async (child) => auditRoutes(child, { trail: host.audit, clock, permissions: auditPermissions }),
      { prefix: '/api/audit' },
    )
  }
  const permissions = { read: systemPermissions.read, operate: systemPermissions.operate }
  for (const service of host.services) {
    await app.register(
      async (child) => {
        if (telemetry !== undefined) countCommands(child, service.definition.name, telemetry.meter)
        await service.parts.routes(child)
        systemRoutes(child, { service, bus: host.bus, audit: host.audit, clock, ...permissions })
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

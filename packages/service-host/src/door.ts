import type { Clock } from '@dulian/event-sourcing'
import { buildHttpApp, type HttpAppOptions, registerHealth } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import type { Host } from './host.ts'
import { systemRoutes } from './system-routes.ts'

export interface DoorOptions extends Omit<HttpAppOptions, 'clock'> {
  readonly host: Host
  readonly clock: Clock
  /** Permissions for looking at, and for operating, the running services. */
  readonly systemPermissions: { readonly read: string; readonly operate: string }
  /** Which engines run, for `/health/ready`; no addresses, they may hold passwords. */
  readonly engines: Readonly<Record<string, string>>
  /** A view further behind than this makes the instance not ready. */
  readonly readyLag?: number
}

/** The HTTP application of a host: every service under `/api/<name>`, health, the API reference. Not yet listening. */
export async function buildDoor(options: DoorOptions): Promise<FastifyInstance> {
  const { host, clock, systemPermissions } = options
  const app = await buildHttpApp(options)
  for (const service of host.services) {
    await app.register(
      async (child) => {
        await service.parts.routes(child)
        systemRoutes(child, { service, bus: host.bus, clock, ...systemPermissions })
      },
      { prefix: `/api/${service.definition.name}` },
    )
  }
  const readyLag = options.readyLag ?? 10_000
  registerHealth(app, {
    ready: async () => {
      const views = await Promise.all(
        host.services.map(async (service) =>
          (await service.viewStatus()).map((view) => ({ ...view, name: `${service.definition.name}/${view.name}` })),
        ),
      )
      const all = views.flat()
      return {
        ok: all.every((view) => view.lag <= readyLag),
        engines: Object.fromEntries(
          Object.entries(options.engines).map(([port, engine]) => [port, { engine, ok: true }]),
        ),
        views: all,
      }
    },
  })
  return app
}

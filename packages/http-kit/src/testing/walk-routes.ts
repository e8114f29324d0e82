import type { FastifyInstance } from 'fastify'
import type { RouteEntry } from '../route-kit.ts'
import { routeTable } from '../route-kit.ts'

export interface WalkedRoute extends RouteEntry {
  /** The address with its parameters filled in. */
  readonly path: string
}

/** Every route of a ready app but the HEAD twins, with an address to ask at. */
export async function walkRoutes(
  app: FastifyInstance,
  parameters: Readonly<Record<string, string>> = {},
): Promise<readonly WalkedRoute[]> {
  await app.ready()
  return routeTable(app)
    .filter((route) => route.method !== 'HEAD')
    .map((route) => ({
      ...route,
      path: route.url
        .replace(/:(\w+)/g, (_, name: string) => parameters[name] ?? '00000000-0000-5000-8000-000000000000')
        .replace('*', 'x'),
    }))
}

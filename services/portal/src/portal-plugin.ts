import type { FastifyInstance } from 'fastify'
import type { AuthRoutesOptions } from './auth-routes.ts'
import { authRoutes } from './auth-routes.ts'
import { webPages } from './web-pages.ts'

export interface PortalOptions extends AuthRoutesOptions {
  /** Folder of the built web application; it need not exist. */
  readonly webRoot: string
}

/** The web door: sign-in and the web application. Register it after everything else: it takes what is left of the addresses. */
export async function portalPlugin(app: FastifyInstance, options: PortalOptions): Promise<void> {
  authRoutes(app, options)
  await webPages(app, options)
}

import scalar from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'
import { publicPrefix } from './route-kit.ts'

/** What the page may load: its own script and styles, nothing from any other host. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The interface described for people at `/docs`, from files of this package only. */
export async function serveReferencePage(app: FastifyInstance, title: string): Promise<void> {
  publicPrefix(app, '/docs', 'the description of the interface holds no data')
  await app.register(async (page) => {
    page.addHook('onSend', (_request, reply, _payload, done) => {
      reply.header('content-security-policy', policy)
      done()
    })
    await page.register(scalar, {
      routePrefix: '/docs',
      configuration: {
        url: '/openapi.json',
        pageTitle: title,
        withDefaultFonts: false,
        telemetry: false,
        authentication: { preferredSecurityScheme: 'bearer' },
        hideClientButton: true,
        agent: { disabled: true },
        mcp: { disabled: true },
        showDeveloperTools: 'never',
      },
    })
  })
}

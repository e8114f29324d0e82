import { publicPrefix } from '@dulian/http-kit'
import proxy from '@fastify/http-proxy'
import type { FastifyInstance } from 'fastify'
import { portalError } from './errors.ts'

export interface ServicesProxyOptions {
  /** Service name → where it listens: `{ inspections: 'http://inspections:7102' }`. */
  readonly addresses: Readonly<Record<string, string>>
  /** Milliseconds to wait for an answer; 30,000 when absent. */
  readonly timeout?: number
}

/** Passes `/api/<service>/…` on to the service's own process, which signs in and decides for itself. */
export async function servicesProxy(app: FastifyInstance, options: ServicesProxyOptions): Promise<void> {
  for (const [service, upstream] of Object.entries(options.addresses)) {
    const prefix = `/api/${service}`
    publicPrefix(app, prefix, 'the service behind signs in and decides')
    await app.register(async (inner) => {
      // Bodies go through as they come, also the large and the malformed: the service answers for them.
      inner.removeAllContentTypeParsers()
      await inner.register(proxy, {
        upstream,
        prefix,
        rewritePrefix: prefix,
        http: { requestOptions: { timeout: options.timeout ?? 30_000 } },
        replyOptions: {
          onError: (reply, { error }) => {
            reply.send(portalError('UPSTREAM_UNAVAILABLE', { service }, { cause: error }))
          },
        },
      })
    })
  }
}

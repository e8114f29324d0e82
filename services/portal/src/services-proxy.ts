import { publicPrefix } from '@dulian/http-kit'
import proxy from '@fastify/http-proxy'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { portalError } from './errors.ts'
import type { Upstreams } from './upstreams.ts'

export interface ServicesProxyOptions {
  readonly upstreams: Upstreams
  /** Milliseconds to wait for an answer; 30,000 when absent. */
  readonly timeout?: number
}

/** Passes `/api/<service>/…` on to one of the service's own processes, which signs in and decides for itself. */
export async function servicesProxy(app: FastifyInstance, options: ServicesProxyOptions): Promise<void> {
  const { upstreams } = options
  for (const service of upstreams.services) {
    const prefix = `/api/${service}`
    publicPrefix(app, prefix, 'the service behind signs in and decides')
    const asked = new WeakMap<object, string>()
    await app.register(async (inner) => {
      // Bodies go through as they come, also the large and the malformed: the service answers for them.
      inner.removeAllContentTypeParsers()
      await inner.register(proxy, {
        upstream: '',
        prefix,
        rewritePrefix: prefix,
        http: { requestOptions: { timeout: options.timeout ?? 30_000 } },
        replyOptions: {
          getUpstream: (request) => {
            const address = upstreams.next(service)
            asked.set((request as FastifyRequest).raw, address)
            return address
          },
          onError: (reply, { error }) => {
            const address = asked.get(reply.request.raw)
            if (address !== undefined) upstreams.failed(service, address)
            reply.send(portalError('UPSTREAM_UNAVAILABLE', { service }, { cause: error }))
          },
        },
      })
    })
  }
}

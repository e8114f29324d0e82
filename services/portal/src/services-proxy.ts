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

/** The audit trail belongs to the instance: every process of a service answers for it. */
const AUDIT = 'audit'

/** Passes `/api/<service>/…` on to one of the service's own processes, which signs in and decides for itself. */
export async function servicesProxy(app: FastifyInstance, options: ServicesProxyOptions): Promise<void> {
  const { upstreams } = options
  for (const name of [...upstreams.services, AUDIT]) {
    const prefix = `/api/${name}`
    publicPrefix(app, prefix, 'the service behind signs in and decides')
    const asked = new WeakMap<object, { readonly service: string; readonly address: string }>()
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
            const chosen = name === AUDIT ? upstreams.nextOfAny() : { service: name, address: upstreams.next(name) }
            asked.set((request as FastifyRequest).raw, chosen)
            return chosen.address
          },
          onError: (reply, { error }) => {
            const chosen = asked.get(reply.request.raw)
            if (chosen !== undefined) upstreams.failed(chosen.service, chosen.address)
            reply.send(portalError('UPSTREAM_UNAVAILABLE', { service: name }, { cause: error }))
          },
        },
      })
    })
  }
}

import { httpError, publicPrefix, type RevocationList, type SessionMark } from '@dulian/http-kit'
import proxy from '@fastify/http-proxy'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { decodeJwt } from 'jose'
import { portalError } from './errors.ts'
import type { Upstreams } from './upstreams.ts'

export interface ServicesProxyOptions {
  readonly upstreams: Upstreams
  /** Milliseconds to wait for an answer; 30,000 when absent. */
  readonly timeout?: number
  /** Tokens of ended sessions go no further, whether the service behind has heard of it or not. */
  readonly revocations?: RevocationList
  /** After a command that was carried out, before its answer is passed on. */
  readonly afterCommand?: (service: string) => Promise<void>
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
      const { revocations, afterCommand } = options
      if (revocations !== undefined) {
        inner.addHook('onRequest', (request, _reply, done) => {
          const mark = markOf(request.headers.authorization)
          done(mark !== undefined && revocations.refuses(mark) ? httpError('TOKEN_REVOKED') : undefined)
        })
      }
      if (afterCommand !== undefined) {
        inner.addHook('onSend', async (request, reply, payload) => {
          if (request.method !== 'GET' && reply.statusCode < 300) await afterCommand(name)
          return payload
        })
      }
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

/** What a token says of its session, unverified: enough to refuse it, never to believe it. */
function markOf(header: string | undefined): SessionMark | undefined {
  const token = header?.replace(/^Bearer /i, '')
  if (token === undefined) return undefined
  try {
    const { sub, sid, acv } = decodeJwt(token)
    return typeof sub === 'string' && typeof sid === 'string' && typeof acv === 'number'
      ? { session: sid, account: sub, accountVersion: acv }
      : undefined
  } catch {
    // The service behind says what is wrong with it.
    return undefined
  }
}

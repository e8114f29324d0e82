import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { portalError } from '../errors.ts'
import type { Upstreams } from '../upstreams.ts'
import type { SessionIssuer } from './session-issuer.ts'

export interface RegistryQuestion {
  readonly method: 'GET' | 'POST'
  /** Below `/api/supervisor-registry/system/sign-in`. */
  readonly path: string
  readonly office: string
  /** Who is behind it, when somebody is: the account's id. */
  readonly subject?: string
  readonly body?: object
}

export interface RegistryAnswer {
  readonly status: number
  readonly body: unknown
}

/** The registry as the portal asks it about accounts and sessions. Throws `UPSTREAM_UNAVAILABLE` when it does not answer. */
export type RegistryDoor = (question: RegistryQuestion) => Promise<RegistryAnswer>

type Send = (
  method: 'GET' | 'POST',
  url: string,
  headers: Record<string, string>,
  body: string | undefined,
) => Promise<{ readonly status: number; readonly text: string }>

const SERVICE = 'supervisor-registry'
const PREFIX = `/api/${SERVICE}/system/sign-in`

function doorBy(issuer: SessionIssuer, send: Send): RegistryDoor {
  return async ({ method, path, office, subject = 'portal', body }) => {
    const headers = {
      authorization: `Bearer ${await issuer.signDoorToken(subject, office)}`,
      ...(method === 'POST' ? { 'idempotency-key': randomUUID(), 'content-type': 'application/json' } : {}),
    }
    const text = method === 'POST' ? JSON.stringify(body ?? {}) : undefined
    let answer: { readonly status: number; readonly text: string }
    try {
      answer = await send(method, `${PREFIX}${path}`, headers, text)
    } catch (cause) {
      throw portalError('UPSTREAM_UNAVAILABLE', { service: SERVICE }, { cause })
    }
    if (answer.status >= 500) throw portalError('UPSTREAM_UNAVAILABLE', { service: SERVICE })
    return { status: answer.status, body: JSON.parse(answer.text) as unknown }
  }
}

/** The registry in this very process. */
export function doorInside(issuer: SessionIssuer, app: FastifyInstance): RegistryDoor {
  return doorBy(issuer, async (method, url, headers, body) => {
    const response = await app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) })
    return { status: response.statusCode, text: response.body }
  })
}

/** The registry's own processes, in turn. */
export function doorAcross(issuer: SessionIssuer, upstreams: Upstreams): RegistryDoor {
  return doorBy(issuer, async (method, url, headers, body) => {
    const address = upstreams.next(SERVICE)
    try {
      const response = await fetch(new URL(url, address), {
        method,
        headers,
        signal: AbortSignal.timeout(5_000),
        ...(body === undefined ? {} : { body }),
      })
      return { status: response.status, text: await response.text() }
    } catch (error) {
      upstreams.failed(SERVICE, address)
      throw error
    }
  })
}

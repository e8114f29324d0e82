import { isDomainError } from '@dulian/event-sourcing'
import type { FastifyRequest } from 'fastify'
import type { Identity } from './identity.ts'

/** Somebody known asked for what they may not do or see. What does not exist and what is out of reach look alike here, too. */
export interface Refusal {
  readonly identity: Identity
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** The pattern the path matched. */
  readonly route: string
  readonly status: 403 | 404
  readonly code: string
}

/** The refusal that an error is; `undefined` when it is none, or nobody knows who asked. */
export function refusalOf(
  error: unknown,
  request: FastifyRequest,
  identity: Identity | undefined,
): Refusal | undefined {
  const route = request.routeOptions.url
  if (identity === undefined || route === undefined || !isDomainError(error)) return undefined
  const status = error.kind === 'forbidden' ? 403 : error.kind === 'not-found' ? 404 : undefined
  if (status === undefined || error.code === 'ROUTE_NOT_FOUND') return undefined
  const path = request.url.split('?', 1)[0] ?? '/'
  return { identity, method: request.method, path, route, status, code: error.code }
}

import { eventSourcingError } from '@dulian/event-sourcing'
import { isPosition } from '@dulian/views'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { DataScope } from './access.ts'
import { etagOf } from './command.ts'
import { httpError } from './errors.ts'
import type { Freshness } from './freshness.ts'
import type { Identity } from './identity.ts'
import { serialisationSchema } from './json-schema.ts'
import type { RouteBasics } from './route-kit.ts'
import { compression, documentedSchema, grantOf, guard, inputSchemas, kitOf } from './route-kit.ts'
import { withinTime } from './time-limit.ts'

type Parsed<S extends z.ZodType | undefined> = S extends z.ZodType ? z.output<S> : undefined

export interface QueryInput<P extends z.ZodType | undefined, Q extends z.ZodType | undefined> {
  readonly params: Parsed<P>
  readonly query: Parsed<Q>
  readonly identity: Identity
  /** Put `scopeWhere(scope)` into the view query, or hold the document against it with `requireInScope`. */
  readonly scope: DataScope
  readonly request: FastifyRequest
}

/** An answer that carries the version of the one thing it shows; see `versioned`. */
export class Versioned<T> {
  readonly value: T
  readonly version: number

  constructor(value: T, version: number) {
    this.value = value
    this.version = version
  }
}

/** Gives the answer the version as its `ETag`; an `If-None-Match` of the same version is answered 304. */
export function versioned<T>(value: T, version: number): Versioned<T> {
  return new Versioned(value, version)
}

export interface QueryRoute<P extends z.ZodType | undefined, Q extends z.ZodType | undefined, A extends z.ZodType>
  extends RouteBasics {
  readonly permission: string
  readonly params?: P
  readonly query?: Q
  readonly answer: A
  /** How far the view behind this query has come; absent while there is none. A query about the past has another view behind it. */
  readonly freshness?: (input: { readonly query: Parsed<Q> }) => Freshness | undefined
  readonly handle: (
    input: QueryInput<P, Q>,
  ) => Promise<z.output<A> | Versioned<z.output<A>>> | z.output<A> | Versioned<z.output<A>>
}

/** How long a query waits for its view before it says that it is behind. */
const PATIENCE = 2_000

/**
 * A route that answers from a view. With `Min-Position` (a header, or `?min-position=`) it waits, bounded, until the
 * view has come that far; every answer says how far the view is: `view-position`, `view-lag`, `view-time`.
 */
export function query<
  A extends z.ZodType,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
>(app: FastifyInstance, route: QueryRoute<P, Q, A>): void {
  const kit = kitOf(app)
  app.route({
    method: 'GET',
    url: route.url,
    onRequest: guard(kit, [route.permission]),
    preValidation: (request, _reply, done) => {
      takeMinPosition(request)
      done()
    },
    schema: {
      ...documentedSchema(route),
      ...inputSchemas(route),
      response: { 200: serialisationSchema(route.answer) },
    },
    compress: compression,
    config: {
      permissions: [route.permission],
      documentation: {
        params: route.params,
        query: route.query,
        answer: route.answer,
        status: 200,
        headers: {
          ...(route.freshness === undefined
            ? {}
            : { 'Min-Position': { description: '等到视图更新至此位置再回答（最多等待 2 秒）', required: false } }),
        },
      },
    },
    handler: async (request, reply) => {
      const { identity, scope } = grantOf(request)
      const params = request.params as Parsed<P>
      const parameters = request.query as Parsed<Q>
      const freshness = route.freshness?.({ query: parameters })
      if (freshness !== undefined) await waitForView(request, reply, freshness)
      const answer = route.handle({ params, query: parameters, identity, scope, request })
      const result = answer instanceof Promise ? await withinTime(answer, kit.handleMs) : answer
      if (!(result instanceof Versioned)) return result
      const etag = etagOf(result.version)
      reply.header('etag', etag)
      if (matches(request.headers['if-none-match'], etag)) return (reply as FastifyReply).code(304).send()
      return result.value
    },
  })
}

const wanted = new WeakMap<FastifyRequest, string>()

/** The header wins over the query parameter, which is taken out so that strict query schemas do not trip over it. */
function takeMinPosition(request: FastifyRequest): void {
  const parameters = request.query as Record<string, unknown>
  const parameter = parameters['min-position']
  delete parameters['min-position']
  const position = request.headers['min-position'] ?? parameter
  if (position === undefined) return
  if (typeof position !== 'string' || !isPosition(position)) throw httpError('MIN_POSITION_INVALID')
  wanted.set(request, position)
}

async function waitForView(request: FastifyRequest, reply: FastifyReply, freshness: Freshness): Promise<void> {
  const position = wanted.get(request)
  if (position !== undefined && !(await freshness.waitFor(position, PATIENCE))) {
    throw eventSourcingError('VIEW_BEHIND', { lag: await freshness.lag() })
  }
  reply.headers({
    'view-position': freshness.position(),
    'view-lag': String(await freshness.lag()),
    'view-time': freshness.asOf(),
  })
}

function matches(header: string | undefined, etag: string): boolean {
  return header?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag) === true
}

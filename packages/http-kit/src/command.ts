import { hash } from 'node:crypto'
import type { CommandContext } from '@dulian/event-sourcing'
import { deterministicId } from '@dulian/event-sourcing'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { DataScope } from './access.ts'
import { httpError } from './errors.ts'
import type { Identity } from './identity.ts'
import { instantText } from './instant-text.ts'
import { serialisationSchema } from './json-schema.ts'
import type { RouteBasics } from './route-kit.ts'
import { documentedSchema, grantOf, guard, inputSchemas, kitOf } from './route-kit.ts'
import { withinTime } from './time-limit.ts'

/** `new`: must not exist yet · `if-match`: the version the person saw must still be the current one · `none`: neither. */
export type Precondition = 'new' | 'if-match' | 'none'

/** What `Streams.execute` wants as `expected` under each precondition. */
export type Expected<Pre extends Precondition> = Pre extends 'new'
  ? 'none'
  : Pre extends 'if-match'
    ? number
    : undefined

type Parsed<S extends z.ZodType | undefined> = S extends z.ZodType ? z.output<S> : undefined

export interface CommandInput<
  P extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
  Pre extends Precondition,
> {
  readonly params: Parsed<P>
  readonly body: Parsed<B>
  readonly identity: Identity
  /** How far this person sees for this permission; hold what is loaded against it with `requireInScope`. */
  readonly scope: DataScope
  readonly context: CommandContext
  readonly expected: Expected<Pre>
  readonly request: FastifyRequest
}

/** What a handler hands back; the result of `Streams.execute` fits as it is. */
export interface CommandResult {
  readonly id: string
  readonly version: number
  readonly position: string
  readonly repeated?: boolean
}

export interface CommandRoute<
  P extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
  A extends z.ZodObject | undefined,
  Pre extends Precondition,
> extends RouteBasics {
  /** POST when absent. */
  readonly method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly permission: string
  readonly params?: P
  readonly body?: B
  /** Members of the answer beyond id, version and position. */
  readonly answer?: A
  readonly precondition: Pre
  readonly bodyLimit?: number
  readonly handle: (
    input: CommandInput<P, B, Pre>,
  ) => Promise<CommandResult & (A extends z.ZodObject ? z.output<A> : unknown)>
}

/** What every command answers. */
export const CommandAnswer = z.object({ id: z.string(), version: z.number().int(), position: z.string() })
export type CommandAnswer = z.infer<typeof CommandAnswer>

/** The id of the thing a command creates: follows from the command, so that a retry creates the same thing. */
export function newStreamId(context: Pick<CommandContext, 'commandId'>): string {
  return deterministicId(context.commandId, 'stream')
}

/**
 * A route that changes something: `Idempotency-Key` always, `If-Match` when the precondition says so. Answers 201 for
 * `new`, else 200, with `{id, version, position}`, the version as `ETag` and the position as a header.
 */
export function command<
  P extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  A extends z.ZodObject | undefined = undefined,
  Pre extends Precondition = Precondition,
>(app: FastifyInstance, route: CommandRoute<P, B, A, Pre>): void {
  const kit = kitOf(app)
  const method = route.method ?? 'POST'
  const status = route.precondition === 'new' ? 201 : 200
  const answer = route.answer === undefined ? CommandAnswer : CommandAnswer.extend(route.answer.shape)
  const action = `${method} ${app.prefix}${route.url}`

  app.route({
    method,
    url: route.url,
    onRequest: guard(kit, [route.permission]),
    ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
    // Its answer is small; without this the compressing plugin still prepares every reply.
    compress: false,
    schema: {
      ...documentedSchema(route),
      ...inputSchemas(route),
      response: { [status]: serialisationSchema(answer) },
    },
    config: {
      permissions: [route.permission],
      isCommand: true,
      documentation: {
        params: route.params,
        body: route.body,
        answer,
        status,
        headers: {
          'Idempotency-Key': { description: '请求编号：同一编号重复提交只保存一次', required: true },
          ...(route.precondition === 'if-match'
            ? { 'If-Match': { description: '您看到的版本，如 "v7"', required: true } }
            : {}),
        },
      },
    },
    handler: async (request, reply) => {
      const { identity, scope } = grantOf(request)
      const key = idempotencyKey(request)
      const expected = expectedVersion(request, route.precondition) as Expected<Pre>
      const params = request.params as Parsed<P>
      const body = request.body as Parsed<B>
      const traceparent = request.headers.traceparent
      const context: CommandContext = {
        commandId: deterministicId(identity.office, identity.subject, action, key),
        commandHash: hash('sha256', JSON.stringify([params, body])),
        actor: identity.subject,
        office: identity.office,
        at: instantText(kit.clock.now()),
        correlationId: request.id,
        ...(isTraceparent(traceparent) ? { traceparent } : {}),
      }
      const work = route.handle({ params, body, identity, scope, context, expected, request })
      const result = await withinTime(work, kit.handleMs)
      reply.code(status).headers({ etag: etagOf(result.version), position: result.position })
      if (result.repeated === true) reply.header('idempotency-replayed', 'true')
      return result
    },
  })
}

/** Stream version as an entity tag: 7 → `"v7"`. */
export function etagOf(version: number): string {
  return `"v${version}"`
}

function idempotencyKey(request: FastifyRequest): string {
  const key = request.headers['idempotency-key']
  if (key === undefined || key === '') throw httpError('IDEMPOTENCY_KEY_MISSING')
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) throw httpError('IDEMPOTENCY_KEY_INVALID')
  return key
}

function expectedVersion(request: FastifyRequest, precondition: Precondition): 'none' | number | undefined {
  if (precondition === 'new') return 'none'
  if (precondition === 'none') return undefined
  const header = request.headers['if-match']
  if (header === undefined || header === '') throw httpError('IF_MATCH_MISSING')
  const version = /^(?:W\/)?"?v(\d{1,15})"?$/.exec(header)?.[1]
  if (version === undefined) throw httpError('IF_MATCH_INVALID')
  return Number(version)
}

export function isTraceparent(header: unknown): header is string {
  return typeof header === 'string' && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(header)
}

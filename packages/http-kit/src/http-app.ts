import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Clock } from '@dulian/event-sourcing'
import { isDomainError } from '@dulian/event-sourcing'
import compress from '@fastify/compress'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fastify, { LogController } from 'fastify'
import type { DestinationStream } from 'pino'
import type { z } from 'zod'
import type { AccessRules } from './access.ts'
import { isTraceparent } from './command.ts'
import { httpError } from './errors.ts'
import type { Identity } from './identity.ts'
import { InputIssues } from './input-issues.ts'
import { acceptJsonBodies } from './json-body.ts'
import { giveLastAnswers } from './last-answers.ts'
import { buildLogger, sharedBelowDebug } from './logging.ts'
import { describeApi } from './openapi.ts'
import type { Problem } from './problem.ts'
import { PROBLEM_MEDIA_TYPE, problemOf } from './problem.ts'
import { serveReferencePage } from './reference-page.ts'
import { type Refusal, refusalOf } from './refusal.ts'
import { RequestRate } from './request-rate.ts'
import { RevocationList } from './revocation-list.ts'
import type { RouteKit } from './route-kit.ts'
import { attachKit, recordRoute } from './route-kit.ts'
import type { Telemetry } from './telemetry.ts'
import { measureRequests } from './telemetry-requests.ts'
import type { TokenVerifier } from './token-verifier.ts'

export interface HttpLimits {
  /** Bytes of a body; 1 MB when absent. */
  readonly body?: number
  /** Requests per minute of one person (or address, before sign-in); 3,000 when absent, `false` for none. */
  readonly perMinute?: number | false
  /** Milliseconds to receive a request; 30,000 when absent. */
  readonly receiveMs?: number
  /** Milliseconds for the handler of a command or query; 30,000 when absent. */
  readonly handleMs?: number
}

export interface HttpAppOptions {
  /** Short name for logs and traces. */
  readonly name: string
  /** Title of the OpenAPI document. */
  readonly title: string
  readonly version?: string
  readonly verifier: TokenVerifier
  /** The list that the verifier holds session tokens against; an own one when absent. */
  readonly revocations?: RevocationList
  readonly access: AccessRules
  readonly clock: Clock
  /** pino's level; silent when absent. */
  readonly logLevel?: string
  readonly logStream?: DestinationStream
  readonly limits?: HttpLimits
  /** Believe `X-Forwarded-*`: only behind a proxy of one's own. */
  readonly trustProxy?: boolean | string | string[]
  /** Traces and measures every request; see `startTelemetry`. */
  readonly telemetry?: Telemetry
  /** Serve `/openapi.json` and `/docs`; true when absent. */
  readonly reference?: boolean
  /** Told of every 403 and 404 that somebody who is signed in meets; must not throw. */
  readonly onRefused?: (refusal: Refusal) => void
}

/** Answers of the interface are data: nothing may be loaded, framed, sniffed or kept. */
const securityHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

/** The root application: everything that is the same for every route of every service. */
export async function buildHttpApp(options: HttpAppOptions): Promise<FastifyInstance> {
  const limits = options.limits ?? {}
  const logger = buildLogger({
    ...(options.logLevel === undefined ? {} : { level: options.logLevel }),
    ...(options.logStream === undefined ? {} : { stream: options.logStream }),
  })
  const app = fastify({
    loggerInstance: sharedBelowDebug(logger.child({ service: options.name })),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: traceIdOf,
    bodyLimit: limits.body ?? 1_048_576,
    requestTimeout: limits.receiveMs ?? 30_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    // Its own answer is no problem; see giveLastAnswers.
    return503OnClosing: false,
    trustProxy: options.trustProxy ?? false,
    routerOptions: { maxParamLength: 500 },
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply),
    clientErrorHandler: answerUnreadable,
  })

  const kit: RouteKit = {
    clock: options.clock,
    access: options.access,
    verifier: options.verifier,
    revocations: options.revocations ?? new RevocationList(),
    handleMs: limits.handleMs ?? 30_000,
    routes: [],
    openPrefixes: [],
  }
  attachKit(app, kit)
  acceptJsonBodies(app)
  app.setValidatorCompiler<z.ZodType>(({ schema }) => (data: unknown) => {
    const result = schema.safeParse(data)
    return result.success ? { value: result.data } : { error: new InputIssues(result.error.issues) }
  })
  app.addHook('onRoute', (route) => recordRoute(kit, route))
  giveLastAnswers(app)
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(securityHeaders)
    done(request.url.includes('%00') ? httpError('CHARACTER_NOT_ALLOWED') : undefined)
  })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const header = request.headers.authorization
    if (options.onRefused !== undefined && header !== undefined) {
      const refusal = refusalOf(error, request, options.verifier.recall(header))
      if (refusal !== undefined) options.onRefused(refusal)
    }
    return sendProblem(error, request, reply)
  })
  app.setNotFoundHandler((request, reply) => sendProblem(notFound(kit, request, reply), request, reply))

  if (options.telemetry !== undefined) {
    await app.register(options.telemetry.plugin)
    measureRequests(app, options.telemetry.meter)
  }
  limitRate(app, kit, limits.perMinute ?? 3_000)
  await app.register(compress, { global: false })
  if (options.reference !== false) {
    await describeApi(app, { title: options.title, version: options.version ?? '1' })
    await serveReferencePage(app, options.title)
  }
  return app
}

/**
 * Before signing in, so that guessing tokens is limited too. A person known by the token counts as one wherever they
 * sit; everybody else counts by address, of which a whole office may have but one.
 */
function limitRate(app: FastifyInstance, kit: RouteKit, perMinute: number | false): void {
  if (perMinute === false) return
  const rate = new RequestRate(perMinute)
  // The same identity comes with every request of a token: its name is put together once.
  const names = new WeakMap<Identity, string>()
  const nameOf = (person: Identity): string => {
    let name = names.get(person)
    if (name === undefined) {
      name = `${person.office}/${person.subject}`
      names.set(person, name)
    }
    return name
  }
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.routeOptions.config?.rateLimit === false) return done()
    const header = request.headers.authorization
    const person = header === undefined ? undefined : kit.verifier.recall(header)
    const caller = person === undefined ? request.ip : nameOf(person)
    const wait = rate.count(caller, kit.clock.now())
    if (wait === 0) done()
    else done(httpError('TOO_MANY_REQUESTS', { seconds: Math.ceil(wait / 1_000) }))
  })
}

function traceIdOf(request: { headers: Record<string, string | string[] | undefined> }): string {
  const traceparent = request.headers.traceparent
  return isTraceparent(traceparent) ? traceparent.slice(3, 35) : randomUUID()
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, { traceId: request.id, hasIfMatch: request.headers['if-match'] !== undefined })
  if (problem.status >= 500) {
    const level = problem.status === 500 ? 'error' : 'warn'
    const where = { traceId: problem.traceId, code: problem.code, route: request.routeOptions.url }
    request.log[level]({ err: error, ...where }, 'request failed')
  }
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  if (problem.status === 503) reply.header('retry-after', '2')
  if (isDomainError(error, 'TOO_MANY_REQUESTS')) reply.header('retry-after', String(error.details.seconds))
  return reply
    .code(problem.status)
    .headers(securityHeaders)
    .type(PROBLEM_MEDIA_TYPE)
    .serializer(JSON.stringify)
    .send(problem)
}

function notFound(kit: RouteKit, request: FastifyRequest, reply: FastifyReply): Error {
  const path = request.url.split('?', 1)[0] ?? '/'
  const allowed = [...new Set(kit.routes.filter((route) => isPathOf(route.url, path)).map((route) => route.method))]
  if (allowed.length === 0) return httpError('ROUTE_NOT_FOUND')
  reply.header('allow', allowed.join(', '))
  return httpError('METHOD_NOT_ALLOWED', { method: request.method, allowed: allowed.join('、') })
}

/** Only asked when nothing matched, so a plain comparison of the steps will do. */
function isPathOf(pattern: string, path: string): boolean {
  const expected = pattern.split('/')
  const actual = path.split('/')
  if (pattern === '*' || pattern === '/*') return false
  if (expected.at(-1) === '*')
    return expected.slice(0, -1).every((step, at) => step.startsWith(':') || step === actual[at])
  return expected.length === actual.length && expected.every((step, at) => step.startsWith(':') || step === actual[at])
}

/** What node cannot even read as HTTP has no request to answer: the problem goes straight to the socket. */
function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return
  const cause = httpError(error.code === 'HPE_HEADER_OVERFLOW' ? 'HEADERS_TOO_LARGE' : 'REQUEST_INVALID')
  const problem: Problem = problemOf(cause, { traceId: randomUUID(), hasIfMatch: false })
  const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : problem.status
  const body = JSON.stringify({ ...problem, status })
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: ${PROBLEM_MEDIA_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

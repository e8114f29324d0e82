import type { Clock } from '@dulian/event-sourcing'
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  HTTPMethods,
  onRequestHookHandler,
  preValidationHookHandler,
  RouteOptions,
} from 'fastify'
import type { z } from 'zod'
import type { AccessRules, DataScope } from './access.ts'
import { missingClaim, rolesGranting, scopeOf } from './access.ts'
import { httpError } from './errors.ts'
import type { Identity } from './identity.ts'
import type { RevocationList } from './revocation-list.ts'
import type { TokenVerifier } from './token-verifier.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The permissions of which this route asks for any. Set by `command`, `query` and `securedRoute`. */
    permissions?: readonly string[]
    /** Why signing in is enough here. Set by `signedInRoute`. */
    signedInBecause?: string
    /** Why nobody needs to sign in here. Set by `publicRoute`. */
    openBecause?: string
    documentation?: RouteDocumentation
    /** Set by `command`. */
    isCommand?: true
    /** False: not counted towards anybody's requests per minute. */
    rateLimit?: false
  }
  interface FastifyRequest {
    [granted]: Grant | undefined
    [signedInAs]: Identity | undefined
  }
}

/** Known to this file alone. On the request and not beside it: a weak map of all requests costs every garbage collection. */
const granted: unique symbol = Symbol('grant')
const signedInAs: unique symbol = Symbol('identity')

/** The zod schemas of a route, from which the OpenAPI document is made. */
export interface RouteDocumentation {
  readonly params?: z.ZodType | undefined
  readonly query?: z.ZodType | undefined
  readonly body?: z.ZodType | undefined
  readonly answer?: z.ZodType | undefined
  readonly status: number
  /** Request headers beyond `Authorization`: name → description. */
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly required: boolean }>>
  readonly mediaType?: string
  readonly consumes?: string
}

export interface RouteEntry {
  readonly method: string
  readonly url: string
  /** Any of these will do; empty when signing in is enough or the route is open. */
  readonly permissions: readonly string[]
  readonly signedInBecause?: string
  readonly openBecause?: string
}

/** What the routes of one app share; found through the instance, never decorated onto it. */
export interface RouteKit {
  readonly clock: Clock
  readonly access: AccessRules
  readonly verifier: TokenVerifier
  /** Written to by the routes that end sessions and change rights. */
  readonly revocations: RevocationList
  /** Milliseconds a command or query may take. */
  readonly handleMs: number
  readonly routes: RouteEntry[]
  readonly openPrefixes: { readonly prefix: string; readonly because: string }[]
}

const kits = new WeakMap<object, RouteKit>()

export function attachKit(app: FastifyInstance, kit: RouteKit): void {
  kits.set(app, kit)
  app.decorateRequest(granted, undefined)
  app.decorateRequest(signedInAs, undefined)
}

/** Plugins see a child of the app they are registered on: the kit is the nearest ancestor's. */
export function kitOf(app: FastifyInstance): RouteKit {
  for (let at: object | null = app; at !== null; at = Object.getPrototypeOf(at)) {
    const kit = kits.get(at)
    if (kit !== undefined) return kit
  }
  throw new TypeError('this app was not made by buildHttpApp')
}

/** The process's list of session tokens that stopped working; the verifier reads the same one. */
export function revocationsOf(app: FastifyInstance): RevocationList {
  return kitOf(app).revocations
}

/** Every route with its permission, or why it is open. Complete once the app is ready. */
export function routeTable(app: FastifyInstance): readonly RouteEntry[] {
  return kitOf(app).routes
}

/** Notes each route and refuses to start on one that names neither a permission nor why it is open. */
export function recordRoute(kit: RouteKit, route: RouteOptions): void {
  const { permissions = [], signedInBecause, openBecause } = route.config ?? {}
  const because = openBecause ?? kit.openPrefixes.find(({ prefix }) => isUnder(route.url, prefix))?.because
  if (permissions.length === 0 && signedInBecause === undefined && because === undefined) {
    throw new Error(
      `${String(route.method)} ${route.url} names no permission: use command, query, securedRoute, signedInRoute or publicRoute`,
    )
  }
  for (const permission of permissions) {
    if (Object.hasOwn(kit.access.permissions, permission)) continue
    throw new Error(`${String(route.method)} ${route.url} asks for an unknown permission: ${permission}`)
  }
  for (const method of Array.isArray(route.method) ? route.method : [route.method]) {
    kit.routes.push({
      method,
      url: route.url,
      permissions,
      ...(signedInBecause === undefined ? {} : { signedInBecause }),
      ...(because === undefined ? {} : { openBecause: because }),
    })
  }
}

function isUnder(url: string, prefix: string): boolean {
  return url === prefix || url.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`)
}

export interface Grant {
  readonly identity: Identity
  readonly scope: DataScope
}

/** Who asks and how far they see; only within a route that names a permission. */
export function grantOf(request: FastifyRequest): Grant {
  const grant = request[granted]
  if (grant === undefined) throw new TypeError('this route asks for no permission')
  return grant
}

/** Who asks, within a `signedInRoute`. */
export function identityOf(request: FastifyRequest): Identity {
  const identity = request[signedInAs]
  if (identity === undefined) throw new TypeError('this route asks nobody to sign in')
  return identity
}

/** Signs the request in and asks for the permission, before the body is read. */
export function guard(kit: RouteKit, permissions: readonly string[]): onRequestHookHandler {
  // One identity object per token, so that the widest scope is worked out once per token.
  const known = new WeakMap<Identity, Grant>()
  return signIn(kit, (request, identity) => {
    let found = known.get(identity)
    if (found === undefined) {
      found = { identity, scope: requireScope(kit.access, identity, permissions) }
      known.set(identity, found)
    }
    request[granted] = found
  })
}

/** Answers within the same turn for a token seen before: `verify` only promises when it must look closer. */
function signIn(kit: RouteKit, admit: (request: FastifyRequest, identity: Identity) => void): onRequestHookHandler {
  return (request, _reply, done) => {
    const header = request.headers.authorization
    if (header === undefined) return done(httpError('SIGN_IN_REQUIRED'))
    let verified: Identity | Promise<Identity>
    try {
      verified = kit.verifier.verify(header)
      if (!(verified instanceof Promise)) admit(request, verified)
    } catch (error) {
      return done(asError(error))
    }
    if (!(verified instanceof Promise)) return done()
    verified
      .then((identity) => admit(request, identity))
      .then(
        () => done(),
        (error: unknown) => done(asError(error)),
      )
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new TypeError('the verifier threw no error', { cause: error })
}

const claimNames = {
  office: '督导室',
  zone: '责任区',
  school: '学校',
  body: '成员单位',
  supervisor: '督学编号',
} as const

function requireScope(access: AccessRules, identity: Identity, permissions: readonly string[]): DataScope {
  const scope = scopeOf(access, identity, permissions)
  if (scope !== undefined) return scope
  const words = permissions.map((permission) => access.permissions[permission] ?? permission).join('”或“')
  for (const permission of permissions) {
    const claim = missingClaim(access, identity, permission)
    if (claim !== undefined) throw httpError('CLAIM_MISSING', { permission: words, claim: claimNames[claim] })
  }
  throw httpError('PERMISSION_MISSING', {
    permission: words,
    roles: rolesGranting(access, permissions).join('、') || '暂无',
  })
}

export interface RouteBasics {
  readonly url: string
  readonly summary: string
  readonly description?: string
  readonly tags?: readonly string[]
}

export function documentedSchema(route: RouteBasics): { summary: string; description?: string; tags?: string[] } {
  return {
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    ...(route.tags === undefined ? {} : { tags: [...route.tags] }),
  }
}

/** The zod schemas of a route's input, in the form Fastify validates by. */
export function inputSchemas(input: {
  readonly params?: z.ZodType | undefined
  readonly query?: z.ZodType | undefined
  readonly body?: z.ZodType | undefined
}): { params?: z.ZodType; querystring?: z.ZodType; body?: z.ZodType } {
  return {
    ...(input.params === undefined ? {} : { params: input.params }),
    ...(input.query === undefined ? {} : { querystring: input.query }),
    ...(input.body === undefined ? {} : { body: input.body }),
  }
}

export type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown

export interface RawRoute extends RouteBasics {
  readonly method: HTTPMethods
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** For the OpenAPI document only. */
  readonly answer?: z.ZodType
  readonly mediaType?: string
  /** Content type of the body when it is not JSON. */
  readonly consumes?: string
  readonly bodyLimit?: number
  readonly rateLimit?: false
  /** Of a success, for the OpenAPI document; 200 when absent. */
  readonly status?: number
  /** Leave it out of the OpenAPI document: a page, not an interface. */
  readonly unlisted?: true
  /** Send the answer compressed to who can read it. */
  readonly compress?: true
  readonly preValidation?: preValidationHookHandler
  readonly handler: Handler
}

/** A route that sends its answer itself (a file, a stream) but asks for a permission like any other; see `grantOf`. */
export function securedRoute(
  app: FastifyInstance,
  route: RawRoute & { readonly permission: string | readonly string[] },
): void {
  const permissions = typeof route.permission === 'string' ? [route.permission] : route.permission
  rawRoute(app, route, { permissions }, guard(kitOf(app), permissions))
}

/** A route for everybody who is signed in, about nothing but themselves; see `identityOf`. It says why. */
export function signedInRoute(app: FastifyInstance, route: RawRoute & { readonly because: string }): void {
  const admit = (request: FastifyRequest, identity: Identity): void => {
    request[signedInAs] = identity
  }
  rawRoute(app, route, { signedInBecause: route.because }, signIn(kitOf(app), admit))
}

/** The only way to a route that nobody has to sign in for: it says why. */
export function publicRoute(app: FastifyInstance, route: RawRoute & { readonly because: string }): void {
  rawRoute(app, route, { openBecause: route.because }, undefined)
}

/** Lets a plugin that brings its own routes (static files, a proxy) put them under a prefix without a permission. */
export function publicPrefix(app: FastifyInstance, prefix: string, because: string): void {
  kitOf(app).openPrefixes.push({ prefix, because })
}

/** Small answers are not worth it. */
export const compression = { encodings: ['br', 'gzip'] as ('br' | 'gzip')[], threshold: 2_048 }

function rawRoute(
  app: FastifyInstance,
  route: RawRoute,
  config: { permissions?: readonly string[]; signedInBecause?: string; openBecause?: string },
  onRequest: onRequestHookHandler | undefined,
): void {
  app.route({
    method: route.method,
    url: route.url,
    ...(onRequest === undefined ? {} : { onRequest }),
    ...(route.preValidation === undefined ? {} : { preValidation: route.preValidation }),
    ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
    ...(route.compress === undefined ? {} : { compress: compression }),
    schema: { ...documentedSchema(route), ...inputSchemas(route) },
    config: {
      ...config,
      ...(route.rateLimit === false ? { rateLimit: false } : {}),
      ...(route.unlisted === true ? {} : { documentation: documentationOf(route) }),
    },
    handler: route.handler,
  })
}

function documentationOf(route: RawRoute): RouteDocumentation {
  return {
    params: route.params,
    query: route.query,
    body: route.body,
    answer: route.answer,
    status: route.status ?? 200,
    ...(route.mediaType === undefined ? {} : { mediaType: route.mediaType }),
    ...(route.consumes === undefined ? {} : { consumes: route.consumes }),
  }
}

import type { TokenClaims } from '@dulian/contracts'
import { type AccessRules, identityOf, publicRoute, scopeOf, signedInRoute } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { DemoIssuer } from './demo-issuer.ts'
import { portalError } from './errors.ts'
import { isFromThisMachine } from './loopback.ts'
import { sessionRoutes } from './session/session-routes.ts'
import { type SessionsOptions, sessionsOf } from './session/sessions.ts'
import { signInRoutes } from './session/sign-in-routes.ts'

export interface AuthRoutesOptions {
  readonly access: AccessRules
  readonly officeName: (office: string) => string
  readonly sessions: SessionsOptions
  /** Absent when the demo is off: its addresses then do not exist. */
  readonly demo?: DemoIssuer
  /** The demo answers other machines too; see `DULIAN_DEMO_ANYWHERE`. */
  readonly demoAnywhere?: boolean
  /** Puts on record who signed in with which token. */
  readonly onSignedIn?: ((accessToken: string, person: TokenClaims) => Promise<unknown>) | undefined
}

const DemoCardAnswer = z.object({
  card: z.string(),
  office: z.string(),
  officeName: z.string(),
  roles: z.array(z.string()),
  name: z.string(),
})

const Me = z.object({
  subject: z.string(),
  name: z.string(),
  office: z.string(),
  officeName: z.string(),
  roles: z.array(z.object({ role: z.string(), title: z.string() })),
  /** Permission → how far it reaches. */
  permissions: z.record(z.string(), z.string()),
  zone: z.string().optional(),
  school: z.string().optional(),
  body: z.string().optional(),
  supervisor: z.string().optional(),
  /** The session of who signed in with an account. */
  session: z.string().optional(),
  demo: z.boolean(),
})

const TAGS = ['登录']

/** `/auth/me` for whoever is signed in, signing in with an account and its sessions, and the demo's sign-in while it is on. */
export function authRoutes(app: FastifyInstance, options: AuthRoutesOptions): void {
  const { access, officeName, demo } = options
  signedInRoute(app, {
    method: 'GET',
    url: '/auth/me',
    summary: '当前登录人、角色与权限',
    tags: TAGS,
    because: 'tells people about themselves only',
    answer: Me,
    handler: (request, reply) => {
      const identity = identityOf(request)
      const granted = Object.keys(access.permissions).flatMap((permission) => {
        const scope = scopeOf(access, identity, permission)
        return scope === undefined ? [] : [[permission, scope.kind]]
      })
      return reply.send({
        ...identity,
        officeName: officeName(identity.office),
        roles: identity.roles.flatMap((role) => {
          const title = Object.hasOwn(access.roles, role) ? access.roles[role]?.title : undefined
          return title === undefined ? [] : [{ role, title }]
        }),
        permissions: Object.fromEntries(granted),
        demo: demo !== undefined,
      })
    },
  })
  const sessions = sessionsOf(options.sessions, officeName)
  signInRoutes(app, sessions, demo !== undefined)
  sessionRoutes(app, sessions)
  if (demo !== undefined) demoRoutes(app, demo, options)
}

function demoRoutes(app: FastifyInstance, demo: DemoIssuer, options: AuthRoutesOptions): void {
  const because = 'signs in as invented people of the demo, on this machine only'
  publicRoute(app, {
    method: 'GET',
    url: '/auth/demo',
    summary: '演示登录卡',
    tags: TAGS,
    because,
    answer: z.array(DemoCardAnswer),
    handler: (request, reply) => {
      if (options.demoAnywhere !== true && !isFromThisMachine(request)) throw portalError('DEMO_ONLY_LOCAL')
      return reply.send(
        demo.cards().map(({ card, claims }) => ({
          card,
          office: claims.office,
          officeName: options.officeName(claims.office),
          roles: claims.roles,
          name: claims.name,
        })),
      )
    },
  })
  publicRoute(app, {
    method: 'POST',
    url: '/auth/demo',
    summary: '以演示卡登录',
    tags: TAGS,
    because,
    body: z.object({ card: z.string().min(1).max(100) }),
    answer: z.object({ accessToken: z.string(), expiresAt: z.string() }),
    handler: async (request, reply) => {
      if (options.demoAnywhere !== true && !isFromThisMachine(request)) throw portalError('DEMO_ONLY_LOCAL')
      const { card } = request.body as { card: string }
      const token = await demo.sign(card)
      const claims = demo.cards().find((candidate) => candidate.card === card)?.claims
      if (claims !== undefined) {
        // People sign in and read also while nothing can be written.
        options
          .onSignedIn?.(token.accessToken, claims)
          .catch((error: unknown) => request.log.error({ err: error }, '登录没有记入审计记录'))
      }
      return reply.send(token)
    },
  })
  publicRoute(app, {
    method: 'GET',
    url: '/auth/jwks.json',
    summary: '演示登录的公钥（JWKS）',
    tags: TAGS,
    because: 'public keys are public',
    handler: (_request, reply) => reply.type('application/jwk-set+json').send(JSON.stringify(demo.jwks)),
  })
}

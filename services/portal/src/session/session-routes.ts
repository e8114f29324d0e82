import { identityOf, publicRoute, Revocations, signedInRoute } from '@dulian/http-kit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { portalError } from '../errors.ts'
import { clearCookie, cookieOf, setCookie } from './cookies.ts'
import { type SessionCookie, TOKEN_SECONDS } from './session-issuer.ts'
import { SESSION_COOKIE, type Sessions } from './sessions.ts'

const tags = ['登录']
const HOUR = 3_600

const RenewBody = z.object({
  /** Seconds since the person last did something in any window of this browser. */
  idleSeconds: z.number().int().min(0).max(10_000_000).default(0),
})

const RenewAnswer = z.object({
  /** Null when there is no session any more, or never was one. */
  accessToken: z.string().nullable(),
  expiresAt: z.string().nullable(),
  idleMinutes: z.number().int().nullable(),
  endsAt: z.string().nullable(),
  /** `none` 没有登录, `idle` 长时间未操作, `over` 到最长时限, `ended` 已退出, `revoked` 已被收回, `refused` 账号停用或没有角色. */
  ended: z.enum(['none', 'idle', 'over', 'ended', 'revoked', 'refused']).nullable(),
})
type RenewAnswer = z.infer<typeof RenewAnswer>

const KnownSession = z.object({
  state: z.enum(['open', 'ended', 'revoked']),
  bearer: z
    .object({
      accountId: z.string(),
      accountVersion: z.number().int(),
      name: z.string(),
      roles: z.array(z.string()),
      zone: z.string().nullable(),
      school: z.string().nullable(),
      body: z.string().nullable(),
      supervisor: z.string().nullable(),
    })
    .nullable(),
})
type Bearer = NonNullable<z.infer<typeof KnownSession>['bearer']>

const OwnSession = z.object({
  sessionId: z.string(),
  device: z.string(),
  ip: z.string(),
  beganAt: z.string(),
  seenAt: z.string(),
  endsAt: z.string(),
  state: z.enum(['open', 'idle', 'over', 'ended', 'revoked']),
  closedAt: z.string().nullable(),
  reason: z.string().nullable(),
})
const OwnSessions = z.object({
  /** False for demo cards, which have no sessions. */
  kept: z.boolean(),
  items: z.array(OwnSession.extend({ current: z.boolean() })),
})

const nobody = { accessToken: null, expiresAt: null, idleMinutes: null, endsAt: null } as const

/** Renewing, listing and ending sessions. The cookie counts for two addresses only, and only for this site's own pages. */
export function sessionRoutes(app: FastifyInstance, sessions: Sessions): void {
  const { clock, issuer, registry, revocations, provider } = sessions
  const cookieOptions = { sameSite: 'strict', secure: sessions.secure } as const

  publicRoute(app, {
    method: 'POST',
    url: '/auth/session',
    summary: '续期登录，取得访问令牌',
    tags,
    because: 'the cookie says whose session it is, and the page must be of this site',
    body: RenewBody,
    answer: RenewAnswer,
    handler: async (request, reply) => {
      requireOwnPage(request)
      const { idleSeconds } = request.body as z.output<typeof RenewBody>
      const text = cookieOf(request, SESSION_COOKIE)
      const cookie = text === undefined ? undefined : await issuer.readSession(text)
      if (cookie === undefined) return reply.send({ ...nobody, ended: 'none' } satisfies RenewAnswer)
      const now = Math.floor(clock.now() / 1_000)
      const seen = Math.min(now, Math.max(cookie.seen, now - idleSeconds))
      const idleEnd = seen + cookie.idleMinutes * 60
      if (now >= cookie.end) return gone(reply, 'over')
      if (now >= idleEnd) return gone(reply, 'idle')
      const renewed = await bearerOf(cookie)
      if (typeof renewed === 'string') return gone(reply, renewed)
      const told = await tell(cookie, request, now)
      const expires = Math.min(now + TOKEN_SECONDS, idleEnd, cookie.end)
      setCookie(reply, SESSION_COOKIE, await issuer.signSession({ ...cookie, seen, told }), cookieOptions)
      return reply.send({
        accessToken: await tokenFor(cookie, renewed, expires),
        expiresAt: instantOf(expires),
        idleMinutes: cookie.idleMinutes,
        endsAt: instantOf(cookie.end),
        ended: null,
      } satisfies RenewAnswer)
    },
  })

  publicRoute(app, {
    method: 'POST',
    url: '/auth/sign-out',
    summary: '退出登录',
    tags,
    because: 'the cookie says whose session it is, and the page must be of this site',
    answer: z.object({
      /** Where the office's own sign-in is left, too; null when there is no such place. */
      leaveAt: z.string().nullable(),
    }),
    handler: async (request, reply) => {
      requireOwnPage(request)
      const text = cookieOf(request, SESSION_COOKIE)
      const cookie = text === undefined ? undefined : await issuer.readSession(text)
      if (cookie === undefined) return reply.send({ leaveAt: null })
      await end(cookie.session, cookie.account, cookie.office, false)
      clearCookie(reply, SESSION_COOKIE, cookieOptions)
      return reply.send({ leaveAt: (await provider?.leaveUrl()) ?? null })
    },
  })

  signedInRoute(app, {
    method: 'GET',
    url: '/auth/sessions',
    summary: '我的登录会话',
    tags,
    because: 'tells people about their own sessions only',
    answer: OwnSessions,
    handler: async (request, reply) => {
      const { session, subject, office } = identityOf(request)
      if (session === undefined) return reply.send({ kept: false, items: [] } satisfies z.infer<typeof OwnSessions>)
      const answer = await registry({ method: 'GET', path: `/accounts/${subject}/sessions`, office, subject })
      const { items } = z.object({ items: z.array(OwnSession) }).parse(answer.body)
      return reply.send({
        kept: true,
        items: items.map((item) => ({ ...item, current: item.sessionId === session })),
      } satisfies z.infer<typeof OwnSessions>)
    },
  })

  const ById = z.object({ id: z.uuid() })
  signedInRoute(app, {
    method: 'POST',
    url: '/auth/sessions/:id/revoke',
    summary: '收回我的一个登录会话',
    tags,
    because: 'ends people’s own sessions only',
    params: ById,
    answer: z.object({ id: z.string() }),
    handler: async (request, reply) => {
      const { session, subject, office } = identityOf(request)
      const { id } = request.params as z.output<typeof ById>
      if (session === undefined) throw portalError('SESSION_NOT_FOUND')
      await end(id, subject, office, true)
      return reply.send({ id })
    },
  })

  publicRoute(app, {
    method: 'GET',
    url: '/auth/session-keys.json',
    summary: '登录会话的公钥（JWKS）',
    tags,
    because: 'public keys are public',
    handler: (_request, reply) => reply.type('application/jwk-set+json').send(JSON.stringify(issuer.jwks)),
  })

  publicRoute(app, {
    method: 'GET',
    url: '/auth/revocations.json',
    summary: '近期失效的登录会话与账号版本',
    tags,
    because: 'services hold tokens against it; its ids say nothing to strangers',
    rateLimit: false,
    answer: Revocations,
    handler: (_request, reply) => reply.send(revocations.told()),
  })

  /** Ending twice is ending once. */
  async function end(session: string, account: string, office: string, elsewhere: boolean): Promise<void> {
    const body = { accountId: account, elsewhere }
    const answer = await registry({ method: 'POST', path: `/sessions/${session}/end`, office, subject: account, body })
    if (answer.status >= 400) throw portalError('SESSION_NOT_FOUND')
    revocations.endSession(session, clock.now())
  }

  /** The rights as they are now, or why there are none any more. */
  async function bearerOf(cookie: SessionCookie): Promise<Bearer | 'ended' | 'revoked' | 'refused'> {
    const { session, office, account } = cookie
    const answer = await registry({ method: 'GET', path: `/sessions/${session}`, office, subject: account })
    if (answer.status === 404) return 'ended'
    if (answer.status >= 400) return 'refused'
    const { state, bearer } = KnownSession.parse(answer.body)
    if (state !== 'open') return state
    return bearer ?? 'ended'
  }

  async function tokenFor(cookie: SessionCookie, bearer: Bearer, expires: number): Promise<string> {
    const { accountId, accountVersion, name, roles, zone, school, body, supervisor } = bearer
    const claims = {
      sub: accountId,
      name,
      office: cookie.office,
      roles,
      ...(zone === null ? {} : { zone }),
      ...(school === null ? {} : { school }),
      ...(body === null ? {} : { body }),
      ...(supervisor === null ? {} : { supervisor }),
    }
    return await issuer.signToken({ claims, session: cookie.session, accountVersion, expires })
  }

  /** Lets the registry know once an hour that the session is in use. Answers when it was last told. */
  async function tell(cookie: SessionCookie, request: FastifyRequest, now: number): Promise<number> {
    if (now - cookie.told < HOUR) return cookie.told
    const { session, office, account } = cookie
    const body = { ip: request.ip }
    await registry({ method: 'POST', path: `/sessions/${session}/seen`, office, subject: account, body })
    return now
  }

  function gone(reply: FastifyReply, ended: NonNullable<RenewAnswer['ended']>): FastifyReply {
    clearCookie(reply, SESSION_COOKIE, cookieOptions)
    return reply.send({ ...nobody, ended } satisfies RenewAnswer)
  }

  /** Browsers name the page a POST comes from; what does not, or names another site, is refused. */
  function requireOwnPage(request: FastifyRequest): void {
    const { origin } = request.headers
    if (origin !== undefined && (origin === sessions.origin || isSameHost(origin, request))) return
    throw portalError('ORIGIN_NOT_ALLOWED')
  }
}

function isSameHost(origin: string, request: FastifyRequest): boolean {
  return URL.canParse(origin) && new URL(origin).host === request.headers.host
}

function instantOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString()
}

import { randomUUID } from 'node:crypto'
import { chinaDate } from '@dulian/calendar'
import { ruleAt } from '@dulian/dated-rules'
import { type DomainError, isDomainError } from '@dulian/event-sourcing'
import { publicRoute } from '@dulian/http-kit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { portalError } from '../errors.ts'
import { sessionHours, sessionIdleMinutes } from '../rules/sign-in-rules.ts'
import { clearCookie, cookieOf, setCookie } from './cookies.ts'
import { deviceOf } from './device-of.ts'
import type { ProvenIdentity } from './identity-provider.ts'
import type { SignInAttempt } from './session-issuer.ts'
import { ATTEMPT_COOKIE, BROWSER_COOKIE, SESSION_COOKIE, type Sessions } from './sessions.ts'
import type { Trying } from './sign-in-lock.ts'
import { plainPage, problemPage } from './sign-in-page.ts'

const tags = ['登录']
const YEAR = 365 * 86_400
const TEN_MINUTES = 600

/** A path of this site; whatever else was asked for leads to the first screen. */
const Screen = z
  .string()
  .max(500)
  .optional()
  .transform((to) => (to !== undefined && /^\/(?![/\\])[\x20-\x7e]*$/.test(to) ? to : '/'))
const StartQuery = z.object({ to: Screen, office: z.string().max(32).optional() })

const WaysAnswer = z.object({
  /** Whether demo cards may be used. */
  demo: z.boolean(),
  /** The office's own sign-in; null where none is configured. */
  provider: z
    .object({
      /** Exactly as in its tokens, for whoever links accounts. */
      issuer: z.string(),
      /** Until when this browser must wait after failures; null while it need not. */
      lockedUntil: z.string().nullable(),
    })
    .nullable(),
})

const PAGE_HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
}

const Found = z.object({
  items: z.array(z.object({ accountId: z.string(), office: z.string(), name: z.string(), enabled: z.boolean() })),
})

/** Which ways there are to sign in, and the way to the office's own issuer and back. */
export function signInRoutes(app: FastifyInstance, sessions: Sessions, demo: boolean): void {
  const { clock, issuer, provider, lock, registry } = sessions
  const because = 'nobody is signed in yet'

  publicRoute(app, {
    method: 'GET',
    url: '/auth/ways',
    summary: '可用的登录方式',
    tags,
    because,
    answer: WaysAnswer,
    handler: async (request, reply) => {
      const wait = await lock.wait(tryingOf(request))
      const lockedUntil = wait === 0 ? null : new Date(Date.now() + wait).toISOString()
      return reply.send({
        demo,
        provider: provider === undefined ? null : { issuer: provider.settings.issuer, lockedUntil },
      })
    },
  })

  publicRoute(app, {
    method: 'GET',
    url: '/auth/oidc/start',
    summary: '转到单位统一身份认证',
    tags,
    because,
    query: StartQuery,
    unlisted: true,
    handler: async (request, reply) => {
      const { to, office } = request.query as z.output<typeof StartQuery>
      try {
        if (provider === undefined) throw portalError('SIGN_IN_NOT_CONFIGURED')
        await refuseLocked(request)
        const { url, kept } = await provider.begin()
        const attempt = await issuer.signAttempt({ ...kept, to, ...(office === undefined ? {} : { office }) })
        setCookie(reply, ATTEMPT_COOKIE, attempt, { sameSite: 'lax', secure: sessions.secure, maxAge: TEN_MINUTES })
        if (cookieOf(request, BROWSER_COOKIE) === undefined) {
          setCookie(reply, BROWSER_COOKIE, randomUUID(), { sameSite: 'lax', secure: sessions.secure, maxAge: YEAR })
        }
        return reply.redirect(url.href, 302)
      } catch (error) {
        return sendProblemPage(error, request, reply)
      }
    },
  })

  publicRoute(app, {
    method: 'GET',
    url: '/auth/oidc/callback',
    summary: '从单位统一身份认证返回',
    tags,
    because,
    unlisted: true,
    handler: async (request, reply) => {
      const kept = cookieOf(request, ATTEMPT_COOKIE)
      clearCookie(reply, ATTEMPT_COOKIE, { sameSite: 'lax', secure: sessions.secure })
      let proven: ProvenIdentity | undefined
      try {
        if (provider === undefined) throw portalError('SIGN_IN_NOT_CONFIGURED')
        await refuseLocked(request)
        const attempt = kept === undefined ? undefined : await issuer.readAttempt(kept)
        if (attempt === undefined) throw portalError('SIGN_IN_ATTEMPT_UNKNOWN')
        proven = await provider.finish(request.url.split('?').slice(1).join('?'), attempt)
        return await enter(proven, attempt, request, reply)
      } catch (error) {
        if (isFault(error)) await tellFailure(error, await lock.failed(tryingOf(request)), request, proven)
        return sendProblemPage(error, request, reply, proven)
      }
    },
  })

  async function enter(
    proven: ProvenIdentity,
    attempt: SignInAttempt,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const asked = new URLSearchParams({ issuer: proven.issuer, subject: proven.subject })
    const answer = await registry({ method: 'GET', path: `/accounts?${asked}`, office: 'portal' })
    const { items } = Found.parse(answer.body)
    if (items.length === 0) throw portalError('ACCOUNT_NOT_FOUND')
    const usable = items.filter(({ enabled }) => enabled)
    if (usable.length === 0) throw portalError('ACCOUNT_NOT_USABLE')
    const wanted = attempt.office === undefined ? usable : usable.filter(({ office }) => office === attempt.office)
    const [account] = wanted
    if (account === undefined || wanted.length > 1) return askForOffice(usable, attempt, reply)
    const cookie = await begin(account, request)
    setCookie(reply, SESSION_COOKIE, await issuer.signSession(cookie), { sameSite: 'strict', secure: sessions.secure })
    await lock.succeeded(tryingOf(request))
    const to = new URLSearchParams({ to: attempt.to })
    return reply.redirect(`${/^\/m(\/|$)/.test(attempt.to) ? '/m' : ''}/sign-in?${to}`, 302)
  }

  async function begin(account: { readonly accountId: string; readonly office: string }, request: FastifyRequest) {
    const now = clock.now()
    const day = chinaDate(now)
    const { idleMinutes, hours } = sessions.limits
    const rules = [
      ...(idleMinutes === undefined ? [ruleAt(sessionIdleMinutes, day)] : []),
      ...(hours === undefined ? [ruleAt(sessionHours, day)] : []),
    ].map(({ id, version }) => ({ id, version }))
    const idle = idleMinutes ?? ruleAt(sessionIdleMinutes, day).value
    const end = now + (hours ?? ruleAt(sessionHours, day).value) * 3_600_000
    const begun = await registry({
      method: 'POST',
      path: '/sessions',
      office: account.office,
      subject: account.accountId,
      body: {
        accountId: account.accountId,
        device: deviceOf(request.headers['user-agent']),
        ip: request.ip,
        idleMinutes: idle,
        endsAt: new Date(end).toISOString(),
        rules,
      },
    })
    if (begun.status !== 201) throw portalError('ACCOUNT_NOT_USABLE')
    const { id } = z.object({ id: z.string() }).parse(begun.body)
    const seconds = Math.floor(now / 1_000)
    return {
      session: id,
      office: account.office,
      account: account.accountId,
      seen: seconds,
      told: seconds,
      end: Math.floor(end / 1_000),
      idleMinutes: idle,
    }
  }

  /** Who is refused is refused also while it cannot be put on record; the log says so then. */
  async function tellFailure(
    { code, title }: DomainError,
    wait: number,
    request: FastifyRequest,
    proven: ProvenIdentity | undefined,
  ): Promise<void> {
    if (provider === undefined) return
    const body = {
      code,
      title,
      issuer: provider.settings.issuer,
      ...(proven === undefined ? {} : { subject: proven.subject }),
      device: deviceOf(request.headers['user-agent']),
      ip: request.ip,
      lockedMinutes: Math.ceil(wait / 60_000),
    }
    try {
      const { status } = await registry({ method: 'POST', path: '/failures', office: 'portal', body })
      if (status >= 400) throw portalError('UPSTREAM_UNAVAILABLE', { service: 'audit', status })
    } catch (error) {
      request.log.error({ err: error, code }, '登录失败没有记入审计记录')
    }
  }

  function askForOffice(
    accounts: readonly { readonly office: string }[],
    attempt: SignInAttempt,
    reply: FastifyReply,
  ): FastifyReply {
    const page = plainPage({
      title: '请选择督导室',
      detail: '您在多个督导室有账号。一次登录只办理一个督导室的工作。',
      links: accounts.map(({ office }) => ({
        to: `/auth/oidc/start?${new URLSearchParams({ to: attempt.to, office })}`,
        words: sessions.officeName(office),
      })),
    })
    return reply.headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(page)
  }

  async function refuseLocked(request: FastifyRequest): Promise<void> {
    const wait = await lock.wait(tryingOf(request))
    if (wait > 0) throw portalError('SIGN_IN_LOCKED', { minutes: Math.ceil(wait / 60_000) })
  }

  function sendProblemPage(
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
    proven?: ProvenIdentity,
  ): FastifyReply {
    if (!isDomainError(error)) throw error
    const isDown = error.kind === 'unavailable'
    if (isDown) request.log.warn({ err: error, code: error.code }, 'sign-in did not come through')
    const tell =
      proven !== undefined && tellsSubject.has(error.code)
        ? { label: '您的统一身份标识', value: proven.subject }
        : undefined
    return reply
      .code(isDown ? 503 : 403)
      .headers(PAGE_HEADERS)
      .type('text/html; charset=utf-8')
      .send(problemPage(error, request.id, tell))
  }
}

const tellsSubject = new Set(['ACCOUNT_NOT_FOUND', 'ACCOUNT_NOT_USABLE'])
const faults = new Set([
  'SIGN_IN_ATTEMPT_UNKNOWN',
  'SIGN_IN_CONSENT_REFUSED',
  'SIGN_IN_CODE_STALE',
  'SIGN_IN_NOT_PROVEN',
  'ACCOUNT_NOT_FOUND',
  'ACCOUNT_NOT_USABLE',
])

/** What counts towards the lock: not what is down, and not what is locked already. */
function isFault(error: unknown): error is DomainError {
  return isDomainError(error) && faults.has(error.code)
}

/** A browser without its mark counts by address alone. */
function tryingOf(request: FastifyRequest): Trying {
  return { browser: cookieOf(request, BROWSER_COOKIE) ?? `unmarked ${request.id}`, ip: request.ip }
}

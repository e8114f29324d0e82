import { Id } from '@dulian/contracts'
import { RuleReference } from '@dulian/dated-rules'
import { deterministicId } from '@dulian/event-sourcing'
import { command, newStreamId, query, REVOCATION_KEPT_MS, Revocations, revocationsOf } from '@dulian/http-kit'
import { awaitHead } from '@dulian/service-host'
import { findAll } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { registryError } from '../errors.ts'
import type { Registry } from '../registry.ts'
import { ACCOUNTS, type AccountDocument } from '../views/accounts/projection.ts'
import { SESSIONS, type SessionDocument } from '../views/sessions/projection.ts'
import { SessionAnswer, sessionsOf } from '../views/sessions/sessions-of.ts'
import { beginSession, endSession, requireAdmitted, revokeSession, seeSession } from './decide.ts'
import { signInFailureRoute } from './sign-in-failure-route.ts'

const ById = z.object({ id: Id })
const Ip = z.string().min(1).max(64)

/** What a token is to say of its bearer. */
const Bearer = z.object({
  accountId: z.string(),
  /** Of the account as it is: what the token is held against later. */
  accountVersion: z.number().int(),
  name: z.string(),
  roles: z.array(z.string()),
  zone: z.string().nullable(),
  school: z.string().nullable(),
  body: z.string().nullable(),
  supervisor: z.string().nullable(),
})

/**
 * What the web door asks for, and nobody else: finding the account of an identity, opening, renewing and ending
 * sessions, and what has been revoked of late. Under `/system`, because it is about the machine: an identity is known
 * before the office is.
 */
export function sessionRoutes(app: FastifyInstance, registry: Registry): void {
  signInFailureRoute(app, registry)
  const { accounts, sessions, clock, audit } = registry
  const revocations = revocationsOf(app)
  const tags = ['登录（内部）']
  const permission = 'session.keep'

  query(app, {
    url: '/system/sign-in/accounts',
    tags,
    permission,
    summary: '一个身份在各室的账号',
    query: z.object({ issuer: z.string().max(300).default(''), subject: z.string().max(255).default('') }),
    answer: z.object({
      items: z.array(z.object({ accountId: z.string(), office: z.string(), name: z.string(), enabled: z.boolean() })),
    }),
    handle: async ({ query: { issuer, subject } }) => {
      await awaitHead(registry.accountsView, registry.store)
      const page = await registry.accountsView.find<AccountDocument>(ACCOUNTS, {
        where: { issuer, subject },
        limit: 50,
      })
      return {
        items: page.items.map(({ document: { accountId, office, name, state } }) => ({
          accountId,
          office,
          name,
          enabled: state === 'enabled',
        })),
      }
    },
  })

  command(app, {
    url: '/system/sign-in/sessions',
    tags,
    permission,
    summary: '开始一个登录会话',
    body: z.object({
      accountId: Id,
      device: z.string().min(1).max(100),
      ip: Ip,
      idleMinutes: z.number().int().min(1).max(1_440),
      endsAt: z.iso.datetime(),
      rules: z.array(RuleReference).max(10),
    }),
    precondition: 'new',
    handle: async ({ body, context, expected }) => {
      const { state: account } = await accounts.load(context.office, body.accountId)
      const begun = await sessions.execute(newStreamId(context), context, {
        expected,
        decide: () => beginSession({ ...body, beganAt: context.at }, account),
      })
      if (account.stage === 'unknown') return begun
      await audit.record({
        id: deterministicId(context.commandId, 'audit'),
        action: 'signed-in',
        by: {
          subject: body.accountId,
          name: account.name,
          office: context.office,
          roles: account.grants.map(({ role }) => role),
        },
        object: 'portal',
        objectName: '登录平台',
        details: { device: body.device, ip: body.ip },
      })
      return begun
    },
  })

  query(app, {
    url: '/system/sign-in/sessions/:id',
    tags,
    permission,
    summary: '一个登录会话及其账号现有的角色',
    params: ById,
    answer: z.object({
      state: z.enum(['open', 'ended', 'revoked']),
      idleMinutes: z.number().int().nullable(),
      endsAt: z.string().nullable(),
      /** Absent once the session is over. */
      bearer: Bearer.nullable(),
    }),
    handle: async ({ params, scope }) => {
      const { state } = await sessions.get(scope.office, params.id)
      if (state.stage === 'unknown') throw registryError('SESSION_UNKNOWN')
      if (state.stage !== 'open') return { state: state.stage, idleMinutes: null, endsAt: null, bearer: null }
      const { state: account, version } = await accounts.load(scope.office, state.accountId)
      requireAdmitted(account)
      const first = (field: 'zoneId' | 'schoolId' | 'body' | 'supervisorId'): string | null =>
        account.grants.find(({ reach }) => reach[field] !== null)?.reach[field] ?? null
      return {
        state: 'open' as const,
        idleMinutes: state.idleMinutes,
        endsAt: state.endsAt,
        bearer: {
          accountId: state.accountId,
          accountVersion: version,
          name: account.name,
          roles: account.grants.map(({ role }) => role),
          zone: first('zoneId'),
          school: first('schoolId'),
          body: first('body'),
          supervisor: first('supervisorId'),
        },
      }
    },
  })

  command(app, {
    url: '/system/sign-in/sessions/:id/seen',
    tags,
    permission,
    summary: '登录会话仍在使用',
    params: ById,
    body: z.object({ ip: Ip }),
    precondition: 'none',
    handle: async ({ params, body, context }) => {
      await sessions.get(context.office, params.id)
      const seen = { ip: body.ip, at: context.at }
      return await sessions.execute(params.id, context, { decide: (state) => seeSession(seen, state) })
    },
  })

  command(app, {
    url: '/system/sign-in/sessions/:id/end',
    tags,
    permission,
    summary: '本人结束登录会话',
    description: 'elsewhere 为真时，是本人在另一处收回；否则是在该会话中退出登录。',
    params: ById,
    body: z.object({ accountId: Id, elsewhere: z.boolean() }),
    precondition: 'none',
    handle: async ({ params, body, context }) => {
      const { state: session } = await sessions.get(context.office, params.id)
      if (session.stage === 'unknown' || session.accountId !== body.accountId) throw registryError('SESSION_UNKNOWN')
      const ended = await sessions.execute(params.id, context, {
        decide: (state) => (body.elsewhere ? revokeSession({ reason: null }, state) : endSession(state)),
      })
      revocations.endSession(params.id, clock.now())
      return ended
    },
  })

  query(app, {
    url: '/system/sign-in/accounts/:id/sessions',
    tags,
    permission,
    summary: '本人的登录会话',
    params: ById,
    answer: z.object({ items: z.array(SessionAnswer) }),
    handle: async ({ params, scope }) => {
      await accounts.get(scope.office, params.id)
      await awaitHead(registry.sessionsView, registry.store)
      return { items: await sessionsOf(registry, scope.office, params.id, clock.now()) }
    },
  })

  query(app, {
    url: '/system/sign-in/revocations',
    tags,
    permission,
    summary: '近期结束的会话与变更的角色',
    answer: Revocations,
    handle: async () => {
      const since = new Date(clock.now() - REVOCATION_KEPT_MS).toISOString()
      await Promise.all([
        awaitHead(registry.sessionsView, registry.store),
        awaitHead(registry.accountsView, registry.store),
      ])
      const [ended, changed] = await Promise.all([
        findAll<SessionDocument>(registry.sessionsView, SESSIONS, { where: { closedAt: { gte: since } } }),
        findAll<AccountDocument>(registry.accountsView, ACCOUNTS, { where: { rightsChangedAt: { gte: since } } }),
      ])
      return {
        sessions: ended.map(({ sessionId, closedAt }) => ({ session: sessionId, at: closedAt ?? since })),
        accounts: changed.map(({ accountId, rightsVersion, rightsChangedAt }) => ({
          account: accountId,
          leastVersion: rightsVersion,
          at: rightsChangedAt ?? since,
        })),
      }
    },
  })
}

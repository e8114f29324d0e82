import { type Role, roles } from '@dulian/contracts'
import { eventSourcingError } from '@dulian/event-sourcing'
import { HistoryEntry, historyOf, linesOf, PageQuery, pageOf, query, requireInScope, versioned } from '@dulian/http-kit'
import { awaitHead } from '@dulian/service-host'
import { queryTokens, type Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { describeAccountEvent } from '../../account/describe.ts'
import { neededFor, rolesToGrant, titleOf } from '../../account/roles-to-grant.ts'
import type { Registry } from '../../registry.ts'
import { SessionAnswer, sessionsOf } from '../sessions/sessions-of.ts'
import { ACCOUNTS, type AccountDocument, roleToken } from './projection.ts'

const AccountAnswer = z.object({
  accountId: z.string(),
  name: z.string(),
  issuer: z.string(),
  /** 统一身份标识: who the person is at the issuer. */
  subject: z.string(),
  state: z.enum(['enabled', 'disabled']),
  roles: z.array(
    z.object({
      role: z.string(),
      title: z.string(),
      zoneName: z.string().nullable(),
      schoolName: z.string().nullable(),
      body: z.string().nullable(),
      supervisorName: z.string().nullable(),
    }),
  ),
  linkedAt: z.string(),
  version: z.number().int(),
})

const RoleName = z.enum(Object.keys(roles) as [Role, ...Role[]])

/** Reading 账号与角色. */
export function accountViewRoutes(app: FastifyInstance, registry: Registry): void {
  const { accountsView, accounts, clock } = registry
  const tags = ['账号']
  const permission = 'account.manage'

  query(app, {
    url: '/accounts',
    tags,
    permission,
    summary: '账号列表',
    query: PageQuery.extend({
      q: z.string().max(100).optional(),
      state: z.enum(['enabled', 'disabled']).optional(),
      role: RoleName.optional(),
    }),
    answer: pageOf(AccountAnswer),
    freshness: () => accountsView,
    handle: async ({ query: { q, state, role, limit, cursor }, scope }) => {
      let where: Where = { office: scope.office }
      if (state !== undefined) where = { ...where, state }
      const tokens = [...(q === undefined ? [] : queryTokens(q)), ...(role === undefined ? [] : [roleToken(role)])]
      if (tokens.length > 0) where = { ...where, tokens: { all: tokens } }
      const page = await accountsView.find<AccountDocument>(ACCOUNTS, {
        where,
        sort: [['name', 'asc']],
        limit,
        cursor,
      })
      return { items: page.items.map(({ document }) => answerOf(document)), nextCursor: page.nextCursor }
    },
  })

  query(app, {
    url: '/accounts/:id',
    tags,
    permission,
    summary: '一个账号、其角色与变更记录',
    params: z.object({ id: z.uuid() }),
    answer: AccountAnswer.extend({ history: z.array(HistoryEntry) }),
    freshness: () => accountsView,
    handle: async ({ params, scope }) => {
      const document = (await accountsView.get<AccountDocument>(ACCOUNTS, params.id))?.document
      if (document === undefined) throw eventSourcingError('STREAM_NOT_FOUND')
      requireInScope(scope, { office: document.office })
      const history = historyOf(linesOf(await accounts.history(scope.office, params.id), describeAccountEvent))
      return versioned({ ...answerOf(document), history }, document.version)
    },
  })

  query(app, {
    url: '/accounts/:id/sessions',
    tags,
    permission,
    summary: '一个账号的登录会话',
    params: z.object({ id: z.uuid() }),
    answer: z.object({ items: z.array(SessionAnswer) }),
    handle: async ({ params, scope }) => {
      await accounts.get(scope.office, params.id)
      await awaitHead(registry.sessionsView, registry.store)
      return { items: await sessionsOf(registry, scope.office, params.id, clock.now()) }
    },
  })

  query(app, {
    url: '/roles',
    tags,
    permission,
    summary: '本人可以授予的角色及其所需范围',
    answer: z.object({
      items: z.array(
        z.object({
          role: z.string(),
          title: z.string(),
          needs: z.array(z.enum(['zone', 'school', 'body', 'supervisor'])),
        }),
      ),
    }),
    handle: ({ identity }) => ({
      items: rolesToGrant(identity.roles).map((role) => ({ role, title: titleOf(role), needs: [...neededFor(role)] })),
    }),
  })
}

function answerOf(document: AccountDocument): z.infer<typeof AccountAnswer> {
  const { accountId, name, issuer, subject, state, linkedAt, version } = document
  return {
    accountId,
    name,
    issuer,
    subject,
    state,
    linkedAt,
    version,
    roles: document.grants.map(({ role, zoneName, schoolName, body, supervisorName }) => ({
      role,
      title: titleOf(role),
      zoneName,
      schoolName,
      body,
      supervisorName,
    })),
  }
}

import { Id, type Role, roles } from '@dulian/contracts'
import { isDomainError } from '@dulian/event-sourcing'
import { command, type Identity, revocationsOf } from '@dulian/http-kit'
import { awaitHead } from '@dulian/service-host'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { registryError } from '../errors.ts'
import type { Registry } from '../registry.ts'
import { revokeSession } from '../session/decide.ts'
import { ACCOUNTS, type AccountDocument } from '../views/accounts/projection.ts'
import { accountIdOf } from './account.ts'
import { disableAccount, enableAccount, grantRole, linkAccount, type Manager, revokeRole } from './decide.ts'
import type { Reach } from './events.ts'

const ById = z.object({ id: Id })
const Reason = z.string().trim().min(1).max(200)
const RoleName = z.enum(Object.keys(roles) as [Role, ...Role[]])

const NewAccount = z.object({
  issuer: z.url().max(300),
  subject: z.string().trim().min(1).max(255),
  name: z.string().trim().min(1).max(50),
})

const NewRole = z.object({
  role: RoleName,
  zoneId: Id.optional(),
  schoolId: Id.optional(),
  body: z.string().trim().min(1).max(100).optional(),
  supervisorId: Id.optional(),
})

/** 账号与角色: who may sign in and as what; ending a session. All of it works at once in this process. */
export function accountRoutes(app: FastifyInstance, registry: Registry): void {
  const { accounts, sessions, turns, clock } = registry
  const revocations = revocationsOf(app)
  const tags = ['账号']
  const permission = 'account.manage'

  /** Counts with nobody else changing rights in the office: see `InTurn`. */
  async function withOtherManagers<T>(office: string, id: string, work: (others: number) => Promise<T>): Promise<T> {
    return await turns.run(`accounts ${office}`, async () => {
      await awaitHead(registry.accountsView, registry.store)
      const managing = { office, managesAccounts: true, state: 'enabled' } as const
      const all = await registry.accountsView.count(ACCOUNTS, managing)
      const own = (await registry.accountsView.get<AccountDocument>(ACCOUNTS, id))?.document
      const isManager = own?.office === office && own.managesAccounts && own.state === 'enabled'
      return await work(all - (isManager ? 1 : 0))
    })
  }

  /** Tokens made from an earlier version stop working now; the next one carries the rights as they are. */
  function changed<T extends { readonly version: number }>(accountId: string, result: T): T {
    revocations.requireVersion(accountId, result.version, clock.now())
    return result
  }

  command(app, {
    url: '/accounts',
    tags,
    permission,
    summary: '为一个人建立账号',
    description: '把单位统一身份认证中的身份（签发者与标识）与本室的一个人对应起来；角色另行授予。',
    body: NewAccount,
    precondition: 'new',
    handle: async ({ body, context, expected }) => {
      try {
        const id = accountIdOf(context.office, body.issuer, body.subject)
        return await accounts.execute(id, context, { expected, decide: () => linkAccount(body) })
      } catch (error) {
        if (!isDomainError(error, 'STREAM_ALREADY_EXISTS')) throw error
        throw registryError('ACCOUNT_ALREADY_LINKED', {}, { pointer: '/subject', cause: error })
      }
    },
  })

  command(app, {
    url: '/accounts/:id/roles',
    tags,
    permission,
    summary: '授予角色',
    description: '不能授予本人，也不能授予超出自己可授范围的角色；范围内的角色要指明责任区、学校、成员单位或督学。',
    params: ById,
    body: NewRole,
    precondition: 'if-match',
    handle: async ({ params, body, identity, context, expected }) => {
      const reach = await reachNamed(registry, context.office, body)
      const given = { accountId: params.id, role: body.role, reach, manager: managerOf(identity) }
      const granted = await accounts.execute(params.id, context, {
        expected,
        decide: (state) => grantRole(given, state),
      })
      return changed(params.id, granted)
    },
  })

  command(app, {
    url: '/accounts/:id/roles/revoke',
    tags,
    permission,
    summary: '收回角色',
    params: ById,
    body: z.object({ role: RoleName, reason: Reason }),
    precondition: 'if-match',
    handle: async ({ params, body, identity, context, expected }) =>
      await withOtherManagers(context.office, params.id, async (otherManagers) => {
        const given = { ...body, manager: managerOf(identity), otherManagers }
        const revoked = await accounts.execute(params.id, context, {
          expected,
          decide: (state) => revokeRole(given, state),
        })
        return changed(params.id, revoked)
      }),
  })

  command(app, {
    url: '/accounts/:id/disable',
    tags,
    permission,
    summary: '停用账号',
    description: '此人的全部登录立即失效，不能再登录，直到账号恢复。',
    params: ById,
    body: z.object({ reason: Reason }),
    precondition: 'if-match',
    handle: async ({ params, body, identity, context, expected }) =>
      await withOtherManagers(context.office, params.id, async (otherManagers) => {
        const given = { accountId: params.id, reason: body.reason, manager: managerOf(identity), otherManagers }
        const disabled = await accounts.execute(params.id, context, {
          expected,
          decide: (state) => disableAccount(given, state),
        })
        return changed(params.id, disabled)
      }),
  })

  command(app, {
    url: '/accounts/:id/enable',
    tags,
    permission,
    summary: '恢复账号',
    params: ById,
    precondition: 'if-match',
    handle: async ({ params, identity, context, expected }) => {
      const given = { accountId: params.id, manager: managerOf(identity) }
      const enabled = await accounts.execute(params.id, context, {
        expected,
        decide: (state) => enableAccount(given, state),
      })
      return changed(params.id, enabled)
    },
  })

  command(app, {
    url: '/accounts/:id/sessions/:sessionId/revoke',
    tags,
    permission,
    summary: '收回一个登录会话',
    params: ById.extend({ sessionId: Id }),
    body: z.object({ reason: Reason }),
    precondition: 'none',
    handle: async ({ params, body, context }) => {
      const { state } = await sessions.get(context.office, params.sessionId)
      if (state.stage === 'unknown' || state.accountId !== params.id) throw registryError('SESSION_UNKNOWN')
      const revoked = await sessions.execute(params.sessionId, context, {
        decide: (session) => revokeSession(body, session),
      })
      revocations.endSession(params.sessionId, clock.now())
      return revoked
    },
  })
}

function managerOf({ subject, roles: held }: Identity): Manager {
  return { subject, roles: held }
}

/** Names for the ids, from the office's own registry. Throws `ZONE_UNKNOWN`, `SCHOOL_UNKNOWN` or `SUPERVISOR_UNKNOWN`. */
async function reachNamed(
  { zones, schools, supervisors }: Registry,
  office: string,
  { zoneId, schoolId, body, supervisorId }: z.output<typeof NewRole>,
): Promise<Reach> {
  const zone = zoneId === undefined ? undefined : (await zones.load(office, zoneId)).state
  if (zone?.stage === 'unknown') throw registryError('ZONE_UNKNOWN', {}, { pointer: '/zoneId' })
  const school = schoolId === undefined ? undefined : (await schools.load(office, schoolId)).state
  if (school?.stage === 'unknown') throw registryError('SCHOOL_UNKNOWN', {}, { pointer: '/schoolId' })
  const supervisor = supervisorId === undefined ? undefined : (await supervisors.load(office, supervisorId)).state
  if (supervisor?.stage === 'unknown') throw registryError('SUPERVISOR_UNKNOWN', {}, { pointer: '/supervisorId' })
  return {
    zoneId: zoneId ?? null,
    zoneName: zone?.name ?? null,
    schoolId: schoolId ?? null,
    schoolName: school?.school.name ?? null,
    body: body ?? null,
    supervisorId: supervisorId ?? null,
    supervisorName: supervisor?.person.name ?? null,
  }
}

import type { AuditFact } from '@dulian/audit'
import { deterministicId } from '@dulian/event-sourcing'
import { command } from '@dulian/http-kit'
import { awaitHead } from '@dulian/service-host'
import { findAll } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Registry } from '../registry.ts'
import { ACCOUNTS, type AccountDocument } from '../views/accounts/projection.ts'

const Failure = z.object({
  /** The portal's error code, and its words. */
  code: z.string().min(1).max(64),
  title: z.string().min(1).max(100),
  issuer: z.string().min(1).max(300),
  /** Absent while nobody has proven who they are. */
  subject: z.string().min(1).max(255).optional(),
  device: z.string().min(1).max(100),
  ip: z.string().min(1).max(64),
  /** How long the browser or the address has to wait now; 0 while it need not. */
  lockedMinutes: z.number().int().min(0).max(1_440),
})

interface Tried {
  readonly office: string
  readonly subject: string
  readonly name: string
}

/**
 * 登录失败: put on record where it can be looked up. An identity with accounts is on record in their offices. Of anybody else
 * no office is known, and every office that signs in at this issuer is told that somebody tried.
 */
export function signInFailureRoute(app: FastifyInstance, registry: Registry): void {
  command(app, {
    url: '/system/sign-in/failures',
    tags: ['登录（内部）'],
    permission: 'session.keep',
    summary: '登记一次失败的登录',
    body: Failure,
    precondition: 'none',
    handle: async ({ body, context }) => {
      const { code, title, issuer, subject, device, ip, lockedMinutes } = body
      for (const by of await triedOf(issuer, subject, context.office)) {
        const base = { by, object: 'portal', objectName: '登录平台', reason: title }
        const details = { code, device, ip }
        const failed: AuditFact = { ...base, action: 'sign-in-failed', outcome: 'failed', details }
        await registry.audit.record({ ...failed, id: deterministicId(context.commandId, by.office, 'failed') })
        if (lockedMinutes === 0) continue
        await registry.audit.record({
          ...base,
          id: deterministicId(context.commandId, by.office, 'locked'),
          action: 'account-locked',
          outcome: 'refused',
          details: { ...details, minutes: lockedMinutes },
        })
      }
      // The trail is no view that a query could wait for.
      return { id: context.commandId, version: 1, position: '0' }
    },
  })

  async function triedOf(issuer: string, subject: string | undefined, door: string): Promise<readonly Tried[]> {
    await awaitHead(registry.accountsView, registry.store)
    const accounts = await findAll<AccountDocument>(registry.accountsView, ACCOUNTS, { where: { issuer } })
    const own = accounts.filter((account) => account.subject === subject)
    if (own.length > 0) return own.map(({ office, accountId, name }) => ({ office, subject: accountId, name }))
    const offices = [...new Set(accounts.map(({ office }) => office))]
    return (offices.length === 0 ? [door] : offices).map((office) => ({
      office,
      subject: subject ?? 'unknown',
      name: '未登录的人员',
    }))
  }
}

import { hash } from 'node:crypto'
import { chinaDate, InputDay } from '@dulian/calendar'
import { ruleAt } from '@dulian/dated-rules'
import { type Clock, deterministicId } from '@dulian/event-sourcing'
import { command, httpError, identityOf, PageQuery, pageOf, query, signedInRoute } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type AuditAction, AuditEntry, AuditOutcome, auditActions } from './audit-entry.ts'
import type { AuditTrail } from './audit-trail.ts'
import { auditRetention } from './retention.ts'
import { watermarkOf } from './watermark.ts'

export interface AuditRoutesOptions {
  readonly trail: AuditTrail
  readonly clock: Clock
  readonly permissions: { readonly read: string; readonly export: string }
}

const actions = Object.keys(auditActions) as [AuditAction, ...AuditAction[]]
const TAGS = ['审计']
const Retention = z.object({ months: z.number().int(), source: z.string(), version: z.number().int() })

/** `GET /entries` for whoever may read the trail of the own office, `POST /exports` before a list is taken out, `POST /sign-ins`. */
export function auditRoutes(app: FastifyInstance, { trail, clock, permissions }: AuditRoutesOptions): void {
  const tags = TAGS
  signInRoute(app, trail)

  query(app, {
    url: '/entries',
    permission: permissions.read,
    summary: '本室的审计记录，最新的在前',
    tags,
    query: PageQuery.extend({
      action: z.enum(actions).optional(),
      outcome: AuditOutcome.optional(),
      actor: z.string().trim().min(1).max(50).optional(),
      from: InputDay.optional(),
      to: InputDay.optional(),
    }),
    answer: pageOf(AuditEntry.extend({ title: z.string() }).omit({ previous: true })).extend({ retention: Retention }),
    handle: async ({ query: { limit, cursor, ...asked }, identity }) => {
      const { entries, next } = await trail.list({
        office: identity.office,
        limit,
        ...asked,
        ...(cursor === undefined ? {} : { before: sequenceOf(cursor) }),
      })
      const { value, source, version } = ruleAt(auditRetention, chinaDate(clock.now()))
      return {
        items: entries.map(({ previous: _, ...entry }) => ({
          ...entry,
          title: Object.hasOwn(auditActions, entry.action) ? auditActions[entry.action as AuditAction] : entry.action,
        })),
        ...(next === undefined ? {} : { nextCursor: String(next) }),
        retention: { ...value, source, version },
      }
    },
  })

  command(app, {
    url: '/exports',
    permission: permissions.export,
    summary: '登记一次导出，取得写入文件的水印；登记成功后才能导出',
    tags,
    body: z.object({
      /** Name of the list, e.g. `problems`. */
      list: z.string().trim().min(1).max(100),
      title: z.string().trim().min(1).max(100),
      rows: z.number().int().min(0).max(1_000_000),
      columns: z.array(z.string().max(100)).max(200).default([]),
      /** The conditions the list was narrowed by, for people. */
      filters: z.string().max(1_000).default(''),
    }),
    answer: z.object({ watermark: z.string(), recordedAt: z.string() }),
    precondition: 'none',
    handle: async ({ body, identity, context }) => {
      const entry = await trail.record({
        id: deterministicId(context.commandId, 'audit'),
        action: 'data-exported',
        by: identity,
        object: body.list,
        objectName: body.title,
        details: { rows: body.rows, columns: body.columns.join('、'), filters: body.filters },
      })
      return {
        id: entry.id,
        version: entry.sequence,
        // The trail is no view that a query could wait for.
        position: '0',
        watermark: watermarkOf(entry),
        recordedAt: entry.at,
      }
    },
  })
}

/** Who hands out tokens without a store of its own (a portal in its own process) tells of it here, with the token it gave. */
function signInRoute(app: FastifyInstance, trail: AuditTrail): void {
  signedInRoute(app, {
    method: 'POST',
    url: '/sign-ins',
    summary: '登记本次登录；同一令牌只记一次',
    tags: TAGS,
    because: 'puts on record that the bearer has signed in, and nothing else',
    status: 204,
    handler: async (request, reply) => {
      const identity = identityOf(request)
      await trail.record({
        // A token is one sign-in, however often it is told of.
        id: deterministicId('sign-in', hash('sha256', request.headers.authorization ?? '')),
        action: 'signed-in',
        by: identity,
        object: 'portal',
        objectName: '登录平台',
      })
      return reply.code(204).send()
    },
  })
}

function sequenceOf(cursor: string): number {
  const sequence = /^\d{1,15}$/.test(cursor) ? Number(cursor) : 0
  if (sequence < 1) throw httpError('CURSOR_INVALID')
  return sequence
}

import { hash } from 'node:crypto'
import { eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

/** What is put on record, with the words it is shown under. */
export const auditActions = {
  'personal-revealed': '查看完整联系方式',
  'data-exported': '导出数据',
  'access-refused': '访问被拒绝',
  'signed-in': '登录',
  'signed-out': '退出登录',
  'sign-in-failed': '登录失败',
  'account-locked': '账号锁定',
  'account-changed': '变更账号或角色',
  operated: '系统操作',
} as const
export type AuditAction = keyof typeof auditActions

export const AuditOutcome = z.enum(['done', 'refused', 'failed'])
export type AuditOutcome = z.infer<typeof AuditOutcome>

/** Who did it. An identity of http-kit fits as it is; `office` is the office whose chain the entry goes to. */
export interface AuditActor {
  readonly subject: string
  readonly name: string
  readonly office: string
  readonly roles?: readonly string[]
}

/** What the caller says of an entry; the trail adds when it was and its place in the chain. */
export interface AuditFact {
  readonly action: AuditAction
  readonly by: AuditActor
  /** What was seen, taken out or changed: a path, or kind and id. Never the personal data itself. */
  readonly object: string
  /** The object for people, e.g. the name of a list. */
  readonly objectName?: string
  /** Why, in the words of whoever did it. */
  readonly reason?: string
  /** `done` when absent. */
  readonly outcome?: AuditOutcome
  readonly details?: Readonly<Record<string, string | number | boolean>>
  /** Entries of the same id are one: pass one that follows from the command where it may be repeated. A UUID. */
  readonly id?: string
}

/** An entry as stored. `sequence` is its version in the office's stream, `hash` covers everything else, `previous` included. */
export const AuditEntry = z.strictObject({
  id: z.uuid(),
  office: z.string(),
  /** 1, 2, 3 … within the office. */
  sequence: z.number().int().positive(),
  /** ISO 8601 UTC. */
  at: z.iso.datetime(),
  action: z.string(),
  subject: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  object: z.string(),
  objectName: z.string().optional(),
  reason: z.string().optional(),
  outcome: AuditOutcome,
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** SHA-256 (hex) of the entry before; of nothing, 64 zeros, for the first. */
  previous: z.string(),
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const auditEvents = eventCatalogue({
  AuditEntryRecorded: { stored: 'audit-entry-recorded.v1', schema: AuditEntry },
})

/** Category of the streams; there is one per office. */
export const AUDIT = 'audit'
export const CHAIN = 'chain'
export const NOTHING_BEFORE = '0'.repeat(64)

/** Over a list and not over an object, so that the order of keys, which a store may change, means nothing. */
export function hashOfEntry(entry: Omit<AuditEntry, 'hash'>): string {
  return hash(
    'sha256',
    JSON.stringify([
      entry.previous,
      entry.sequence,
      entry.id,
      entry.office,
      entry.at,
      entry.action,
      entry.subject,
      entry.name,
      entry.roles,
      entry.object,
      entry.objectName ?? null,
      entry.reason ?? null,
      entry.outcome,
      Object.entries(entry.details).sort(([a], [b]) => (a < b ? -1 : 1)),
    ]),
  )
}

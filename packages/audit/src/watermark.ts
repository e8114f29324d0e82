import { chinaDate, formatChineseDate } from '@dulian/calendar'
import type { AuditEntry } from './audit-entry.ts'

/** What is written into every file that is taken out: who, when, and the entry that can be looked up. */
export function watermarkOf({ name, at, sequence, hash }: AuditEntry): string {
  const time = new Date(Date.parse(at) + CHINA_OFFSET_MS).toISOString().slice(11, 16)
  return `导出人：${name}　导出时间：${formatChineseDate(chinaDate(at))} ${time}　审计编号：${sequence}-${hash.slice(0, 8)}`
}

const CHINA_OFFSET_MS = 8 * 3_600_000

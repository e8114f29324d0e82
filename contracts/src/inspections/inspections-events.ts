import { z } from 'zod'
import { publishedEvent } from '../published-event.ts'
import { Day, EvidenceRef, Id, Instant, OfficeId } from '../vocabulary/vocabulary.ts'

const service = 'inspections'
const schoolId = '0197a000-0000-7000-8000-000000000001'
const visitId = '0197a000-0000-7000-8000-000000000701'

/** 一般、严重、紧急. */
export const FindingSeverity = z.enum(['ordinary', 'serious', 'urgent'])
export type FindingSeverity = z.infer<typeof FindingSeverity>

/** Counts only: what was answered stays with the inspections. */
export const visitRecorded = publishedEvent({
  service,
  name: 'visit-recorded',
  version: 1,
  audience: 'public',
  title: '进校督查已提交',
  schema: z.object({
    office: OfficeId,
    visitId: Id,
    schoolId: Id,
    schoolName: z.string(),
    supervisorId: Id,
    visitedOn: Day,
    items: z.number().int().nonnegative(),
    negatives: z.number().int().nonnegative(),
    taskId: Id.nullable(),
  }),
  example: {
    office: 'yongchuan',
    visitId,
    schoolId,
    schoolName: '示例第一小学',
    supervisorId: '0197a000-0000-7000-8000-000000000501',
    visitedOn: '2026-11-03',
    items: 12,
    negatives: 1,
    taskId: null,
  },
})

/** What was seen is accepted as something that must be put right. */
export const findingConfirmed = publishedEvent({
  service,
  name: 'finding-confirmed',
  version: 1,
  audience: 'internal',
  title: '发现的问题已确认',
  schema: z.object({
    office: OfficeId,
    findingId: Id,
    visitId: Id,
    schoolId: Id,
    schoolName: z.string(),
    zoneId: Id.nullable(),
    zoneName: z.string().nullable(),
    supervisorId: Id,
    supervisorName: z.string(),
    /** The checklist item it was seen under. */
    itemCode: z.string(),
    itemTitle: z.string(),
    /** The rule the item rests on, e.g. 《…办法》第八条; null when the list names none. */
    clause: z.string().nullable(),
    description: z.string(),
    severity: FindingSeverity,
    evidence: z.array(EvidenceRef),
    foundOn: Day,
    confirmedAt: Instant,
    /** Name of whoever confirmed it. */
    confirmedBy: z.string().nullable().default(null),
    taskId: Id.nullable(),
  }),
  example: {
    office: 'yongchuan',
    findingId: '0197a000-0000-7000-8000-000000000801',
    visitId,
    schoolId,
    schoolName: '示例第一小学',
    zoneId: '0197a000-0000-7000-8000-0000000000a1',
    zoneName: '城区责任区',
    supervisorId: '0197a000-0000-7000-8000-000000000501',
    supervisorName: '示例督学甲',
    itemCode: 'A03',
    itemTitle: '消防通道畅通',
    clause: null,
    description: '东侧楼梯间堆放课桌，消防通道不畅。',
    severity: 'serious',
    evidence: [],
    foundOn: '2026-11-03',
    confirmedAt: '2026-11-04T02:00:00.000Z',
    confirmedBy: '示例主任',
    taskId: null,
  },
})

/** 督导通报 of a month of routine supervision is out; its text stays with the inspections. */
export const bulletinIssued = publishedEvent({
  service,
  name: 'bulletin-issued',
  version: 1,
  audience: 'public',
  title: '督导通报已印发',
  schema: z.object({
    office: OfficeId,
    bulletinId: Id,
    /** `YYYY-MM` */
    period: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
    title: z.string(),
    /** 发文字号. */
    documentNumber: z.string(),
    issuedOn: Day,
    /** How many zones' summaries it contains, and how many are missing in it. */
    zones: z.number().int().nonnegative(),
    zonesMissing: z.number().int().nonnegative(),
  }),
  example: {
    office: 'yongchuan',
    bulletinId: '0197a000-0000-7000-8000-000000000b01',
    period: '2026-11',
    title: '关于2026年11月经常性督导情况的通报',
    documentNumber: '永教督通〔2026〕1号',
    issuedOn: '2026-11-30',
    zones: 3,
    zonesMissing: 0,
  },
})

/** A 专项督导 or 综合督导 is over; the year's plan asks for one of the latter. */
export const campaignClosed = publishedEvent({
  service,
  name: 'campaign-closed',
  version: 1,
  audience: 'internal',
  title: '督导活动已结束',
  schema: z.object({
    office: OfficeId,
    campaignId: Id,
    title: z.string(),
    type: z.enum(['special', 'comprehensive']),
    /** 春季、秋季 of a 开学专项督导. */
    season: z.enum(['spring', 'autumn']).nullable(),
    year: z.number().int(),
    closedOn: Day,
    /** Schools it reached, and those of them that were visited. */
    schools: z.number().int().nonnegative(),
    visited: z.number().int().nonnegative(),
    /** The plan's task it was carried out for. */
    taskId: Id.nullable(),
  }),
  example: {
    office: 'yongchuan',
    campaignId: '0197a000-0000-7000-8000-000000000c11',
    title: '2026年秋季开学专项督导',
    type: 'special',
    season: 'autumn',
    year: 2026,
    closedOn: '2026-09-18',
    schools: 60,
    visited: 58,
    taskId: null,
  },
})

export const inspectionsEvents = [visitRecorded, findingConfirmed, bulletinIssued, campaignClosed]

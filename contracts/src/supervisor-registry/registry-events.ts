import { z } from 'zod'
import { publishedEvent } from '../published-event.ts'
import {
  Day,
  Employment,
  Id,
  OfficeId,
  Ownership,
  SchoolKind,
  SchoolStage,
  SupervisorCategory,
} from '../vocabulary/vocabulary.ts'

const service = 'supervisor-registry'

const SchoolSnapshot = z.object({
  office: OfficeId,
  schoolId: Id,
  /** 学校标识码. */
  code: z.string(),
  name: z.string(),
  kind: SchoolKind,
  stage: SchoolStage,
  ownership: Ownership,
  zoneId: Id.nullable(),
  zoneName: z.string().nullable(),
  /** Pupils; null while never reported. */
  enrolment: z.number().int().nonnegative().nullable(),
})

const school = {
  office: 'yongchuan',
  schoolId: '0197a000-0000-7000-8000-000000000001',
  code: '3150000001',
  name: '示例第一小学',
  kind: 'school',
  stage: 'primary',
  ownership: 'public',
  zoneId: '0197a000-0000-7000-8000-0000000000a1',
  zoneName: '城区责任区',
  enrolment: 1240,
} as const

export const schoolRegistered = publishedEvent({
  service,
  name: 'school-registered',
  version: 1,
  audience: 'public',
  title: '学校已登记',
  schema: SchoolSnapshot,
  example: school,
})

/** The whole school as it is now, after a correction, a new zone or a new enrolment figure. */
export const schoolChanged = publishedEvent({
  service,
  name: 'school-changed',
  version: 1,
  audience: 'public',
  title: '学校信息已变更',
  schema: SchoolSnapshot.extend({
    /** First day on which the change was so; absent or null: from the day it was recorded. */
    validFrom: Day.nullable().optional(),
  }),
  example: { ...school, enrolment: 1302 },
})

export const schoolClosed = publishedEvent({
  service,
  name: 'school-closed',
  version: 1,
  audience: 'public',
  title: '学校已撤并',
  schema: z.object({ office: OfficeId, schoolId: Id, closedOn: Day }),
  example: { office: 'yongchuan', schoolId: school.schoolId, closedOn: '2026-08-31' },
})

/** A name for officials' work, no phone, no identity number: those never leave the registry. */
export const supervisorAppointed = publishedEvent({
  service,
  name: 'supervisor-appointed',
  version: 1,
  audience: 'internal',
  title: '督学已聘任',
  schema: z.object({
    office: OfficeId,
    supervisorId: Id,
    name: z.string(),
    category: SupervisorCategory,
    employment: Employment,
    termFrom: Day,
    termTo: Day,
  }),
  example: {
    office: 'yongchuan',
    supervisorId: '0197a000-0000-7000-8000-000000000501',
    name: '示例督学甲',
    category: 'school',
    employment: 'part-time',
    termFrom: '2025-09-01',
    termTo: '2028-08-31',
  },
})

export const supervisorDismissed = publishedEvent({
  service,
  name: 'supervisor-dismissed',
  version: 1,
  audience: 'internal',
  title: '督学已解聘（解任）',
  schema: z.object({ office: OfficeId, supervisorId: Id, dismissedOn: Day }),
  example: { office: 'yongchuan', supervisorId: '0197a000-0000-7000-8000-000000000501', dismissedOn: '2026-09-01' },
})

/** Who answers for a school from a day on; `supervisorId: null` while nobody does. */
export const postingChanged = publishedEvent({
  service,
  name: 'posting-changed',
  version: 1,
  audience: 'internal',
  title: '挂牌督导已变更',
  schema: z.object({
    office: OfficeId,
    schoolId: Id,
    supervisorId: Id.nullable(),
    supervisorName: z.string().nullable(),
    from: Day,
  }),
  example: {
    office: 'yongchuan',
    schoolId: school.schoolId,
    supervisorId: '0197a000-0000-7000-8000-000000000501',
    supervisorName: '示例督学甲',
    from: '2026-09-01',
  },
})

/**
 * One fact about a person that may forbid them to supervise, as it stands now: who is related to or has worked at which school.
 * `to` null while it lasts. Only what an automatic check needs: the relative's name stays in the registry.
 */
export const recusalFactChanged = publishedEvent({
  service,
  name: 'recusal-fact-changed',
  version: 1,
  audience: 'internal',
  title: '回避事实已变更',
  schema: z.object({
    office: OfficeId,
    factId: Id,
    /** The supervisor whom the fact concerns. */
    supervisorId: Id,
    /** 近亲属任职 · 现任职单位 · 曾任职单位 · 其他可能影响公正的事由. */
    kind: z.enum(['kinship', 'present-employer', 'former-employer', 'other']),
    schoolId: Id,
    schoolName: z.string(),
    /** Shown with the refusal, e.g. 配偶任该校校长. */
    description: z.string(),
    from: Day.nullable(),
    /** Last day it held. */
    to: Day.nullable(),
    /** Declared in error: as if it had never been. */
    withdrawn: z.boolean(),
  }),
  example: {
    office: 'yongchuan',
    factId: '0197a000-0000-7000-8000-000000000601',
    supervisorId: '0197a000-0000-7000-8000-000000000501',
    kind: 'kinship',
    schoolId: school.schoolId,
    schoolName: '示例第一小学',
    description: '配偶任该校校长',
    from: '2024-09-01',
    to: null,
    withdrawn: false,
  },
})

const grant = {
  office: 'yongchuan',
  accountId: '0197a000-0000-5000-8000-000000000701',
  role: 'zone-head',
} as const

/** A person may act in a role from now on, as far as the ids say. Internal: who holds which right is nobody else's business. */
export const roleGranted = publishedEvent({
  service,
  name: 'role-granted',
  version: 1,
  audience: 'internal',
  title: '角色已授予',
  schema: z.object({
    office: OfficeId,
    accountId: Id,
    /** Of the person, as their office knows them. */
    name: z.string(),
    /** One of the roles of the access rules. */
    role: z.string(),
    zoneId: Id.nullable(),
    schoolId: Id.nullable(),
    /** 成员单位. */
    body: z.string().nullable(),
    supervisorId: Id.nullable(),
  }),
  example: {
    ...grant,
    name: '示例组长',
    zoneId: '0197a000-0000-7000-8000-0000000000a1',
    schoolId: null,
    body: null,
    supervisorId: '0197a000-0000-7000-8000-000000000501',
  },
})

export const roleRevoked = publishedEvent({
  service,
  name: 'role-revoked',
  version: 1,
  audience: 'internal',
  title: '角色已收回',
  schema: z.object({ office: OfficeId, accountId: Id, role: z.string() }),
  example: grant,
})

export const registryEvents = [
  schoolRegistered,
  schoolChanged,
  schoolClosed,
  supervisorAppointed,
  supervisorDismissed,
  postingChanged,
  recusalFactChanged,
  roleGranted,
  roleRevoked,
]

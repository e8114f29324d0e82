import { z } from 'zod'
import { publishedEvent } from '../published-event.ts'
import { Day, Id, Instant, OfficeId } from '../vocabulary/vocabulary.ts'

const service = 'rectification'

const ProblemKey = z.object({
  office: OfficeId,
  problemId: Id,
  schoolId: Id,
  schoolName: z.string(),
  findingId: Id.nullable(),
  visitId: Id.nullable(),
  taskId: Id.nullable(),
  title: z.string(),
})
const key = {
  office: 'yongchuan',
  problemId: '0197a000-0000-7000-8000-000000000a01',
  schoolId: '0197a000-0000-7000-8000-000000000001',
  schoolName: '示例第一小学',
  findingId: '0197a000-0000-7000-8000-000000000801',
  visitId: '0197a000-0000-7000-8000-000000000701',
  taskId: null,
  title: '消防通道畅通',
}

export const problemOpened = publishedEvent({
  service,
  name: 'problem-opened',
  version: 1,
  audience: 'public',
  title: '问题已立案',
  schema: ProblemKey.extend({ openedOn: Day }),
  example: { ...key, openedOn: '2026-11-04' },
})

export const problemCancelled = publishedEvent({
  service,
  name: 'problem-cancelled',
  version: 1,
  audience: 'public',
  title: '问题已销号',
  schema: ProblemKey.extend({ cancelledAt: Instant }),
  example: { ...key, cancelledAt: '2026-12-01T03:00:00.000Z' },
})

/** 反弹: the same problem again, open once more under its old id; finding and visit are those that saw it this time. */
export const problemRebounded = publishedEvent({
  service,
  name: 'problem-rebounded',
  version: 1,
  audience: 'public',
  title: '问题反弹',
  schema: ProblemKey.extend({ reboundedOn: Day, times: z.number().int().positive() }),
  example: { ...key, reboundedOn: '2027-03-04', times: 1 },
})

export const urgingNoticeIssued = publishedEvent({
  service,
  name: 'urging-notice-issued',
  version: 1,
  audience: 'public',
  title: '督办通知已发出',
  schema: ProblemKey.extend({ noticeId: Id, documentNumber: z.string(), newDueOn: Day }),
  example: {
    ...key,
    noticeId: '0197a000-0000-7000-8000-000000000b01',
    documentNumber: '永教督办〔2026〕3号',
    newDueOn: '2026-12-10',
  },
})

export const rectificationEvents = [problemOpened, problemCancelled, problemRebounded, urgingNoticeIssued]

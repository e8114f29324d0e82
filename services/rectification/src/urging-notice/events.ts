import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'
import { Person, ProblemKey, UrgingLevel, urgedFromV1 } from '../problem/events.ts'

/** 督办通知: refers to the overdue problem, says how late it is, sets a new limit. */
export const UrgingNoticeIssued = ProblemKey.extend({
  ...UrgingLevel.shape,
  problemId: z.uuid(),
  documentNumber: z.string(),
  problemNumber: z.string(),
  /** The 整改决定 it refers to. */
  decisionNumber: z.string().nullable(),
  text: z.string(),
  formerDueOn: z.iso.date(),
  newDueOn: z.iso.date(),
  workingDaysOverdue: z.number().int(),
  zoneId: z.uuid().nullable(),
  supervisorId: z.uuid().nullable(),
  body: z.string().nullable(),
  issuedOn: z.iso.date(),
  issuedBy: Person,
})
export type UrgingNoticeIssued = z.infer<typeof UrgingNoticeIssued>

/** 签收: the school has it. */
export const UrgingNoticeReceived = z.object({ problemId: z.uuid(), receivedOn: z.iso.date(), receivedBy: Person })
export type UrgingNoticeReceived = z.infer<typeof UrgingNoticeReceived>

const declarations = {
  UrgingNoticeIssued: {
    stored: 'urging-notice-issued.v2',
    schema: UrgingNoticeIssued,
    upcasters: { 'urging-notice-issued.v1': { to: 'urging-notice-issued.v2', upcast: urgedFromV1 } },
  },
  UrgingNoticeReceived: { stored: 'urging-notice-received.v1', schema: UrgingNoticeReceived },
} as const

export const urgingNoticeEvents = eventCatalogue(declarations)
export type UrgingNoticeEvent = EventOf<typeof declarations>

import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'
import { Person, ProblemKey } from '../problem/events.ts'

/** 督办通知: refers to the overdue problem, says how late it is, sets a new limit. */
export const UrgingNoticeIssued = ProblemKey.extend({
  problemId: z.uuid(),
  documentNumber: z.string(),
  problemNumber: z.string(),
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

const declarations = { UrgingNoticeIssued: { stored: 'urging-notice-issued.v1', schema: UrgingNoticeIssued } } as const

export const urgingNoticeEvents = eventCatalogue(declarations)
export type UrgingNoticeEvent = EventOf<typeof declarations>

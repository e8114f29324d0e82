import { RuleReference } from '@dulian/dated-rules'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'
import { Person } from '../problem/events.ts'

/** One problem as the decision states it. */
export const DecidedProblem = z.object({
  problemId: z.uuid(),
  number: z.string(),
  title: z.string(),
  /** Empty in decisions issued before it was kept. */
  description: z.string(),
  schoolId: z.uuid(),
  schoolName: z.string(),
  zoneId: z.uuid().nullable(),
  supervisorId: z.uuid().nullable(),
  body: z.string().nullable(),
  demand: z.string(),
  dueOn: z.iso.date(),
})
export type DecidedProblem = z.infer<typeof DecidedProblem>

/** The meeting in which it was fed back; of older decisions only the title is known. */
export const FeedbackMeeting = z.object({
  title: z.string(),
  heldOn: z.iso.date().nullable(),
  place: z.string().nullable(),
  attendees: z.array(z.string()),
  minutes: z.string().nullable(),
})
export type FeedbackMeeting = z.infer<typeof FeedbackMeeting>

/** 整改决定, in writing or fed back in a meeting: every problem with its demand and its date. */
export const DecisionIssued = z.object({
  documentNumber: z.string(),
  form: z.enum(['writing', 'meeting']),
  /** Which meeting, when it was fed back in one. */
  meeting: FeedbackMeeting.nullable(),
  problems: z.array(DecidedProblem),
  note: z.string().nullable(),
  issuedOn: z.iso.date(),
  issuedBy: Person,
  /** The term that was proposed, and under which version of the rule. */
  termRule: RuleReference.extend({ workingDays: z.number().int() }),
})
export type DecisionIssued = z.infer<typeof DecisionIssued>

/** 签收: one school has the decision and what it demands of it. */
export const DecisionReceived = z.object({
  schoolId: z.uuid(),
  schoolName: z.string(),
  problemIds: z.array(z.uuid()),
  receivedOn: z.iso.date(),
  receivedBy: Person,
})
export type DecisionReceived = z.infer<typeof DecisionReceived>

const declarations = {
  DecisionIssued: {
    stored: 'decision-issued.v2',
    schema: DecisionIssued,
    upcasters: { 'decision-issued.v1': { to: 'decision-issued.v2', upcast: issuedFromV1 } },
  },
  DecisionReceived: { stored: 'decision-received.v1', schema: DecisionReceived },
} as const

type Stored = Readonly<Record<string, unknown>>

/** The first version named the meeting alone, and did not repeat what each problem is. */
function issuedFromV1(data: unknown): unknown {
  const issued = data as Stored & { readonly meeting: string | null; readonly problems: readonly Stored[] }
  const { meeting } = issued
  return {
    ...issued,
    meeting: meeting === null ? null : { title: meeting, heldOn: null, place: null, attendees: [], minutes: null },
    problems: issued.problems.map((problem) => ({ ...problem, description: '' })),
  }
}

export const decisionEvents = eventCatalogue(declarations)
export type DecisionEvent = EventOf<typeof declarations>

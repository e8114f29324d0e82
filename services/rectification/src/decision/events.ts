import { RuleReference } from '@dulian/dated-rules'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'
import { Person } from '../problem/events.ts'

/** One problem as the decision states it. */
export const DecidedProblem = z.object({
  problemId: z.uuid(),
  number: z.string(),
  title: z.string(),
  schoolId: z.uuid(),
  schoolName: z.string(),
  zoneId: z.uuid().nullable(),
  supervisorId: z.uuid().nullable(),
  body: z.string().nullable(),
  demand: z.string(),
  dueOn: z.iso.date(),
})
export type DecidedProblem = z.infer<typeof DecidedProblem>

/** 整改决定, in writing or fed back in a meeting: every problem with its demand and its date. */
export const DecisionIssued = z.object({
  documentNumber: z.string(),
  form: z.enum(['writing', 'meeting']),
  /** Which meeting, when it was fed back in one. */
  meeting: z.string().nullable(),
  problems: z.array(DecidedProblem),
  note: z.string().nullable(),
  issuedOn: z.iso.date(),
  issuedBy: Person,
  /** The term that was proposed, and under which version of the rule. */
  termRule: RuleReference.extend({ workingDays: z.number().int() }),
})
export type DecisionIssued = z.infer<typeof DecisionIssued>

const declarations = { DecisionIssued: { stored: 'decision-issued.v1', schema: DecisionIssued } } as const

export const decisionEvents = eventCatalogue(declarations)
export type DecisionEvent = EventOf<typeof declarations>

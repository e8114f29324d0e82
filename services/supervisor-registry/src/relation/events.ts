import { Day, Id } from '@dulian/contracts'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

/** 近亲属任职 · 现任职单位 · 曾任职单位 · 其他可能影响公正的事由 (《教育督导条例》第十条). */
export const RelationKind = z.enum(['kinship', 'present-employer', 'former-employer', 'other'])
export type RelationKind = z.infer<typeof RelationKind>

/**
 * One tie of a person to a school as it stands after an event. Every event carries the whole of it: what other services hear is a
 * function of one event alone. The stream's id is the supervisor's.
 */
export const RelationFact = z.object({
  factId: Id,
  kind: RelationKind,
  schoolId: Id,
  schoolName: z.string(),
  /** Shown with a refusal, e.g. 配偶任该校校长. Names nobody. */
  description: z.string(),
  /** First day it holds; null when unknown. */
  from: Day.nullable(),
  /** Last day it holds; null while it lasts. */
  to: Day.nullable(),
})
export type RelationFact = z.infer<typeof RelationFact>

/** Who told it: the supervisor, the office, or the register itself from the home unit. */
export const RelationSource = z.enum(['supervisor', 'office', 'home-unit'])
export type RelationSource = z.infer<typeof RelationSource>

export const RelationDeclared = z.object({
  fact: RelationFact,
  source: RelationSource,
  /** The relative's name; it never leaves the registry. Null where no relative is concerned. */
  relativeName: z.string().nullable(),
})
export type RelationDeclared = z.infer<typeof RelationDeclared>

/** The office has looked into it and it is so; also the answer to an objection. */
export const RelationVerified = z.object({ fact: RelationFact, note: z.string().nullable() })
export type RelationVerified = z.infer<typeof RelationVerified>

/** The supervisor says that it is not so. It counts until the office has decided. */
export const RelationContested = z.object({ fact: RelationFact, statement: z.string() })
export type RelationContested = z.infer<typeof RelationContested>

/** It no longer holds; a present employer has become a former one. */
export const RelationEnded = z.object({ fact: RelationFact })
export type RelationEnded = z.infer<typeof RelationEnded>

/** It was told in error: as if it had never been. */
export const RelationWithdrawn = z.object({ fact: RelationFact, reason: z.string() })
export type RelationWithdrawn = z.infer<typeof RelationWithdrawn>

const declarations = {
  RelationDeclared: { stored: 'relation-declared.v1', schema: RelationDeclared },
  RelationVerified: { stored: 'relation-verified.v1', schema: RelationVerified },
  RelationContested: { stored: 'relation-contested.v1', schema: RelationContested },
  RelationEnded: { stored: 'relation-ended.v1', schema: RelationEnded },
  RelationWithdrawn: { stored: 'relation-withdrawn.v1', schema: RelationWithdrawn },
}

export const relationEvents = eventCatalogue(declarations)
export type RelationEvent = EventOf<typeof declarations>

import { assess, type Fact, postingRules, type RecusalRule } from '@dulian/conflict-of-interest'
import { inspectionsError } from '../errors.ts'

/** Throws `VISIT_SUPERVISOR_RECUSED`, with every reason in full, when a supervisor has to keep away from a school on that day [R14, N1]. */
export function requireNoRecusal(asked: {
  readonly supervisor: { readonly supervisorId: string; readonly name: string }
  readonly school: { readonly schoolId: string; readonly name: string }
  readonly day: string
  readonly facts: readonly Fact[]
  /** What the supervisor goes as: who answers for the school when absent, `teamRules` for a member of a team. */
  readonly rules?: readonly RecusalRule[]
  /** Where the choice stands in the request. */
  readonly pointer?: string
}): void {
  const { supervisor, school, day, facts, rules = postingRules, pointer } = asked
  const { allowed, reasons } = assess({
    person: { id: supervisor.supervisorId, name: supervisor.name },
    object: { id: school.schoolId, name: school.name },
    day,
    facts,
    rules,
  })
  if (allowed) return
  const details = {
    reasons: reasons.map(({ explanation }) => explanation).join(''),
    rules: reasons.map(({ rule, ruleVersion }) => ({ id: rule, version: ruleVersion })),
  }
  throw inspectionsError('VISIT_SUPERVISOR_RECUSED', details, pointer === undefined ? {} : { pointer })
}

import type { ScopeFacts } from '@dulian/http-kit'

/** What decides who may see a problem, or the part of a decision that is about it. */
export function scopeFactsOf(problem: {
  readonly office: string
  readonly schoolId: string
  readonly zoneId: string | null
  readonly supervisorId: string | null
  readonly body: string | null
}): ScopeFacts {
  const { office, schoolId, zoneId, supervisorId, body } = problem
  return { office, schoolId, zoneId, supervisorId, bodies: body === null ? [] : [body] }
}

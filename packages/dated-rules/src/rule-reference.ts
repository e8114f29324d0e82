import { z } from 'zod'

/** What a decision keeps of the rule it was made under, so that it can be read again under that rule. */
export const RuleReference = z.object({ id: z.string(), version: z.number().int().positive() })
export type RuleReference = z.infer<typeof RuleReference>

/** What an event stores of a version, and an answer shows: its id and number, nothing of its value. */
export function referenceTo(version: RuleReference): RuleReference {
  return { id: version.id, version: version.version }
}

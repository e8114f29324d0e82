import { z } from 'zod'

/** What a decision keeps of the rule it was made under, so that it can be read again under that rule (N11). */
export const RuleReference = z.object({
  id: z.enum([
    'term-years',
    'consecutive-terms',
    'consecutive-gap-days',
    'term-notice-days',
    'schools-per-supervisor',
    'large-school-pupils',
    'schools-per-zone',
  ]),
  version: z.number().int().positive(),
})
export type RuleReference = z.infer<typeof RuleReference>

import { z } from 'zod'

/** What closing a plan keeps of the rule it was decided under (N11). */
export const RuleReference = z.object({ id: z.string(), version: z.number().int().positive() })
export type RuleReference = z.infer<typeof RuleReference>

/** How many 综合督导 a year must have, from a day on. */
export interface ComprehensiveInspectionRule extends RuleReference {
  readonly value: number
  readonly effectiveFrom: string
  readonly source: string
  readonly confidence: 'H' | 'M' | 'L'
}

const versions: readonly ComprehensiveInspectionRule[] = [
  {
    id: 'comprehensive-inspections-per-year',
    version: 1,
    value: 1,
    effectiveFrom: '2021-09-28',
    source: '区政府教育督导委员会每年组织一次综合督导（大渡口委办发〔2021〕10号，二）',
    confidence: 'H',
  },
]

/** The version that holds on a day; before the first one, the first one. */
export function comprehensiveInspectionRuleAt(day: string): ComprehensiveInspectionRule {
  const rule = versions.findLast(({ effectiveFrom }) => effectiveFrom <= day) ?? versions[0]
  if (rule === undefined) throw new TypeError('no rule for comprehensive inspections')
  return rule
}

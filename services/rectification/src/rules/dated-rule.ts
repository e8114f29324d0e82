/** One version of a rule as it stood from a day on, with where it comes from and how sure that is. */
export interface DatedRule<Value> {
  readonly id: string
  readonly version: number
  /** First day it applies, `YYYY-MM-DD`. */
  readonly effectiveFrom: string
  readonly source: string
  /** Shipped as an editable default when not `high`. */
  readonly confidence: 'high' | 'medium' | 'low'
  readonly value: Value
}

/** The version that applied on a day; before the first one, the first. Versions stand in order of their days. */
export function ruleAt<Value>(versions: readonly [DatedRule<Value>, ...DatedRule<Value>[]], day: string) {
  return versions.findLast((rule) => rule.effectiveFrom <= day) ?? versions[0]
}

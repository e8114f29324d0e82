import { type IsoDate, isIsoDate } from '@dulian/calendar'
import { z } from 'zod'
import { ruleError } from './errors.ts'

/** How sure a rule is: `high` an official text says so; `medium` and `low` are defaults that may be changed. */
export const Confidence = z.enum(['high', 'medium', 'low'])
export type Confidence = z.infer<typeof Confidence>

/** One version of a rule, as it is written down. */
export interface GivenVersion<Value> {
  readonly version: number
  /** First day it holds. */
  readonly effectiveFrom: IsoDate
  /** Last day it holds; until the day before the next version when absent. */
  readonly effectiveTo?: IsoDate
  /** The text it rests on, e.g. a regulation and its article; for a default, that there is none. */
  readonly source: string
  readonly confidence: Confidence
  readonly value: Value
}

/** One version of a rule, knowing whose it is. */
export interface RuleVersion<Value> extends GivenVersion<Value> {
  readonly id: string
  readonly title: string
}

/** A rule with all its versions, oldest first. There is at least one. */
export interface DatedRule<Value> {
  readonly id: string
  /** What it is about, for people. */
  readonly title: string
  readonly versions: readonly [RuleVersion<Value>, ...RuleVersion<Value>[]]
}

/**
 * Defines a rule. Throws `RULE_VERSIONS_INVALID` unless there is a version, every day is a day, the numbers rise with the
 * days, and no day has two versions.
 */
export function defineRule<Value>(given: {
  readonly id: string
  readonly title: string
  readonly versions: readonly [GivenVersion<Value>, ...GivenVersion<Value>[]]
}): DatedRule<Value> {
  const { id, title } = given
  const versions: RuleVersion<Value>[] = []
  for (const one of given.versions) {
    const found = faultOf(one, versions.at(-1))
    if (found !== undefined) throw ruleError('RULE_VERSIONS_INVALID', { rule: id, title, version: one.version, found })
    versions.push({ id, title, ...one })
  }
  const [first, ...later] = versions
  if (first === undefined) {
    throw ruleError('RULE_VERSIONS_INVALID', { rule: id, title, version: 1, found: '没有任何版本' })
  }
  return { id, title, versions: [first, ...later] }
}

/**
 * The version that holds on a day. Days before the first version are judged by the first: what is entered belatedly has no
 * older rule to go by. Throws `RULE_NOT_IN_FORCE` on a day after a version that ended without a successor.
 */
export function ruleAt<Value>(rule: DatedRule<Value>, day: IsoDate): RuleVersion<Value> {
  const version = rule.versions.findLast(({ effectiveFrom }) => effectiveFrom <= day) ?? rule.versions[0]
  if (version.effectiveTo !== undefined && day > version.effectiveTo) {
    throw ruleError('RULE_NOT_IN_FORCE', { rule: rule.id, title: rule.title, day, endedOn: version.effectiveTo })
  }
  return version
}

function faultOf(
  one: Omit<GivenVersion<unknown>, 'value'>,
  before: Omit<GivenVersion<unknown>, 'value'> | undefined,
): string | undefined {
  const { version, effectiveFrom, effectiveTo } = one
  for (const day of [effectiveFrom, effectiveTo ?? effectiveFrom]) if (!isIsoDate(day)) return `“${day}”不是日期`
  if (effectiveTo !== undefined && effectiveTo < effectiveFrom) return `终止日期 ${effectiveTo} 早于起始日期`
  if (!Number.isInteger(version) || version < 1) return '版本编号应为正整数'
  if (before === undefined) return undefined
  if (version <= before.version) return `编号不大于前一版的 ${before.version}`
  if (effectiveFrom <= (before.effectiveTo ?? before.effectiveFrom)) return `起始日期 ${effectiveFrom} 与前一版重叠`
  return undefined
}

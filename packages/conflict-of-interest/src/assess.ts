import { addDays, addYears, formatChineseDate, type IsoDate } from '@dulian/calendar'
import { type RuleReference, type RuleVersion, referenceTo, ruleAt } from '@dulian/dated-rules'
import { type Fact, factKindTitles } from './fact.ts'
import type { RecusalLimit, RecusalRule } from './recusal-rules.ts'

export interface Assessed {
  readonly person: { readonly id: string; readonly name: string }
  /**
   * What the person is to act on. `about` are the keys of all it concerns besides its own id: the school of a case, its authors,
   * its district. A fact counts when it leads to one of them.
   */
  readonly object: { readonly id: string; readonly name: string; readonly about?: readonly string[] }
  readonly day: IsoDate
  /** Of anybody and about anything; those of this person and object are picked out. */
  readonly facts: readonly Fact[]
  readonly rules: readonly RecusalRule[]
}

export interface Reason {
  /** Id of the rule, and the version that held on the day. */
  readonly rule: string
  readonly ruleVersion: number
  readonly fact: Fact
  /** A Chinese sentence: who, what tie, by which rule, until when. */
  readonly explanation: string
}

export interface Assessment {
  readonly allowed: boolean
  readonly reasons: readonly Reason[]
  /** Every rule that was asked, for a decision to keep. */
  readonly rules: readonly RuleReference[]
}

/** Whether a person may act on something on a day: allowed when no fact forbids it by any of the rules. */
export function assess(asked: Assessed): Assessment {
  const { person, object, day } = asked
  const keys = new Set([object.id, ...(object.about ?? [])])
  const facts = asked.facts.filter((fact) => fact.personId === person.id && keys.has(fact.objectId))
  const versions = asked.rules.map((rule) => ruleAt(rule, day))
  const reasons = versions.flatMap((version) =>
    facts.flatMap((fact) => {
      const found = forbids(version.value, fact, day)
      if (found === undefined) return []
      const explanation = explain(asked, version, fact, found)
      return [{ rule: version.id, ruleVersion: version.version, fact, explanation }]
    }),
  )
  return { allowed: reasons.length === 0, reasons, rules: versions.map(referenceTo) }
}

interface Forbidden {
  /** First day on which it forbids no more; absent while it lasts. */
  readonly freeFrom?: IsoDate
}

function forbids(limit: RecusalLimit, fact: Fact, day: IsoDate): Forbidden | undefined {
  if (fact.kind !== limit.kind) return undefined
  if (fact.from !== null && fact.from > day) return undefined
  if (fact.to !== null && fact.from !== null && fact.to < fact.from) return undefined
  const lasts = fact.to === null || day <= fact.to
  if (lasts && !limit.whileItLasts) return undefined
  if (limit.heldYears > 0 && !heldFor(limit.heldYears, fact, day)) return undefined
  if (fact.to === null) return {}
  const freeFrom = addDays(addYears(fact.to, limit.yearsAfter), 1)
  return day < freeFrom ? { freeFrom } : undefined
}

/** An unknown beginning is taken for long ago. */
function heldFor(years: number, fact: Fact, day: IsoDate): boolean {
  if (fact.from === null) return true
  const last = fact.to === null || fact.to > day ? day : fact.to
  return addYears(fact.from, years) <= addDays(last, 1)
}

function explain(
  { person, object }: Assessed,
  rule: RuleVersion<RecusalLimit>,
  fact: Fact,
  { freeFrom }: Forbidden,
): string {
  const because = `${fact.description}（${spanOf(fact)}），属${factKindTitles[fact.kind]}`
  const until = freeFrom === undefined ? '' : `，${formatChineseDate(freeFrom)}起不再回避`
  const basis = rule.confidence === 'high' ? rule.source : `${rule.title}规则（${rule.source}）`
  return `${person.name}应当回避${object.name}：${because}${until}。依据：${basis}。`
}

function spanOf({ from, to }: Fact): string {
  if (to === null) return from === null ? '至今' : `${formatChineseDate(from)}起`
  const end = `至${formatChineseDate(to)}`
  return from === null ? end : `${formatChineseDate(from)}${end}`
}

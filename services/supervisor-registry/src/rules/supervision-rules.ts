import type { RuleReference } from './rule-reference.ts'

export type RuleId = RuleReference['id']

/** One figure of one rule from a day on. */
export interface SupervisionRule {
  readonly id: RuleId
  readonly version: number
  readonly title: string
  readonly value: number
  readonly unit: string
  /** First day it holds; the version before holds until the day before. */
  readonly effectiveFrom: string
  readonly source: string
  /** `H` an official text · `M`, `L` a default that an office may change, shown as such. */
  readonly confidence: 'H' | 'M' | 'L'
}

const regulation = '《教育督导条例》第六条（国务院令第624号）'

/** Every version of every figure this service decides by, oldest first. */
export const supervisionRules: readonly SupervisionRule[] = [
  {
    id: 'term-years',
    version: 1,
    title: '督学每届任期',
    value: 3,
    unit: '年',
    effectiveFrom: '2012-10-01',
    source: regulation,
    confidence: 'H',
  },
  {
    id: 'consecutive-terms',
    version: 1,
    title: '兼职督学连续任职上限',
    value: 3,
    unit: '届',
    effectiveFrom: '2012-10-01',
    source: regulation,
    confidence: 'H',
  },
  {
    id: 'consecutive-gap-days',
    version: 1,
    title: '两届之间不超过多少天仍算连续任职',
    value: 365,
    unit: '天',
    effectiveFrom: '2012-10-01',
    source: '条例未作规定，默认值，可由本室调整',
    confidence: 'L',
  },
  {
    id: 'term-notice-days',
    version: 1,
    title: '任期届满前多少天提示将到期',
    value: 90,
    unit: '天',
    effectiveFrom: '2012-10-01',
    source: '文件未作规定，默认值，可由本室调整',
    confidence: 'L',
  },
  {
    id: 'schools-per-supervisor',
    version: 1,
    title: '一名责任督学负责的学校数',
    value: 5,
    unit: '所',
    effectiveFrom: '2013-01-01',
    source: '《中小学校责任督学挂牌督导办法》（国教督办〔2013〕）；《幼儿园责任督学挂牌督导办法》（教督〔2019〕3号）',
    confidence: 'H',
  },
  {
    id: 'large-school-pupils',
    version: 1,
    title: '由专人负责（1∶1）的大校学生数',
    value: 2000,
    unit: '人',
    effectiveFrom: '2013-01-01',
    source: '文件只称“学生数较多的学校”，未定人数，默认值，可由本室调整',
    confidence: 'L',
  },
  {
    id: 'schools-per-zone',
    version: 1,
    title: '一个责任区的学校数',
    value: 20,
    unit: '所',
    effectiveFrom: '2012-01-01',
    source: '《关于加强督学责任区建设的意见》（教督〔2012〕7号）',
    confidence: 'H',
  },
]

/** The version of a rule that holds on a day; before the first one, the first one. */
export function ruleAt(id: RuleId, day: string, rules: readonly SupervisionRule[] = supervisionRules): SupervisionRule {
  const versions = rules.filter((rule) => rule.id === id)
  const rule = versions.findLast(({ effectiveFrom }) => effectiveFrom <= day) ?? versions[0]
  if (rule === undefined) throw new TypeError(`no rule ${id}`)
  return rule
}

export function referenceTo(rule: SupervisionRule): RuleReference {
  return { id: rule.id, version: rule.version }
}

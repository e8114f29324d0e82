import { type DatedRule, ruleAt } from './dated-rule.ts'

/** How often a school must be visited at least. */
export interface VisitFrequency {
  readonly perMonth: number
}

const versions: readonly [DatedRule<VisitFrequency>] = [
  {
    id: 'visit-frequency',
    version: 1,
    effectiveFrom: '2013-09-17',
    source: '《中小学校责任督学挂牌督导办法》：每月不少于1次；《幼儿园责任督学挂牌督导办法》教督〔2019〕3号',
    confidence: 'high',
    value: { perMonth: 1 },
  },
]

export function visitFrequencyAt(day: string): DatedRule<VisitFrequency> {
  return ruleAt(versions, day)
}

import { type DatedRule, ruleAt } from './dated-rule.ts'

/** A term in working days; the day it starts from is not counted. */
export interface WorkingDayTerm {
  readonly workingDays: number
}

const rectificationTerm: readonly [DatedRule<WorkingDayTerm>] = [
  {
    id: 'rectification-term',
    version: 1,
    effectiveFrom: '2012-10-01',
    source: '《教育督导条例》第二十一条要求限期整改，未规定天数；缺省值由平台给出，督导室可改',
    confidence: 'medium',
    value: { workingDays: 30 },
  },
]

const urgingTerm: readonly [DatedRule<WorkingDayTerm>] = [
  {
    id: 'urging-term',
    version: 1,
    effectiveFrom: '2012-10-01',
    source: '督办后的新期限没有公开规定；缺省值由平台给出，督导室可改',
    confidence: 'low',
    value: { workingDays: 10 },
  },
]

const dueSoon: readonly [DatedRule<WorkingDayTerm>] = [
  {
    id: 'due-soon',
    version: 1,
    effectiveFrom: '2012-10-01',
    source: '临期提醒没有公开规定；缺省值由平台给出，督导室可改',
    confidence: 'low',
    value: { workingDays: 3 },
  },
]

/** How long a school has for putting right, unless the decision says otherwise. */
export const rectificationTermAt = (day: string): DatedRule<WorkingDayTerm> => ruleAt(rectificationTerm, day)
/** The new limit a 督办通知 sets, unless it says otherwise. */
export const urgingTermAt = (day: string): DatedRule<WorkingDayTerm> => ruleAt(urgingTerm, day)
/** With this many working days left, or fewer, a problem is 临期. */
export const dueSoonAt = (day: string): DatedRule<WorkingDayTerm> => ruleAt(dueSoon, day)

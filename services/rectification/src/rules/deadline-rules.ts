import { defineRule } from '@dulian/dated-rules'

/** A term in working days; the day it starts from is not counted. */
export interface WorkingDayTerm {
  readonly workingDays: number
}

/** How long a school has for putting right, unless the decision says otherwise. */
export const rectificationTerm = defineRule<WorkingDayTerm>({
  id: 'rectification-term',
  title: '整改期限',
  versions: [
    {
      version: 1,
      effectiveFrom: '2012-10-01',
      source: '《教育督导条例》第二十一条要求限期整改，未规定天数；缺省值由平台给出，督导室可改',
      confidence: 'medium',
      value: { workingDays: 30 },
    },
  ],
})

/** The new limit a 督办通知 sets, unless it says otherwise. */
export const urgingTerm = defineRule<WorkingDayTerm>({
  id: 'urging-term',
  title: '督办期限',
  versions: [
    {
      version: 1,
      effectiveFrom: '2012-10-01',
      source: '督办后的新期限没有公开规定；缺省值由平台给出，督导室可改',
      confidence: 'low',
      value: { workingDays: 10 },
    },
  ],
})

/** With this many working days left, or fewer, a problem is 临期. */
export const dueSoonTerm = defineRule<WorkingDayTerm>({
  id: 'due-soon',
  title: '临期提醒',
  versions: [
    {
      version: 1,
      effectiveFrom: '2012-10-01',
      source: '临期提醒没有公开规定；缺省值由平台给出，督导室可改',
      confidence: 'low',
      value: { workingDays: 3 },
    },
  ],
})

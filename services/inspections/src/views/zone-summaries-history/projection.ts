import { defineHistory } from '@dulian/history'
import { zoneSummaryDating } from '../dating.ts'
import { zoneSummariesProjection } from '../zone-summaries/projection.ts'

/** 责任区汇总 on any past day [N10], whole: the list answers with its text, and there is one a zone and month. */
export const zoneSummariesHistory = defineHistory({
  name: 'zone-summaries-history',
  revision: 1,
  of: zoneSummariesProjection,
  collections: { summaries: {} },
  dated: [zoneSummaryDating],
})

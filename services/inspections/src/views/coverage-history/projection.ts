import { defineHistory } from '@dulian/history'
import { coverageProjection } from '../coverage/projection.ts'
import { visitDating } from '../dating.ts'

/** How often each school had been visited in a month, on any past day [N10]: what the month of 经常性督导 counts. */
export const coverageHistory = defineHistory({
  name: 'coverage-history',
  revision: 1,
  of: coverageProjection,
  collections: { months: {} },
  dated: [visitDating],
})

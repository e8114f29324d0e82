import { defineHistory } from '@dulian/history'
import { coverageProjection } from '../coverage/projection.ts'
import { visitDating } from '../dating.ts'

/** 每月进校摸排 on any past day [N10]. */
export const coverageHistory = defineHistory({
  name: 'coverage-history',
  revision: 1,
  of: coverageProjection,
  collections: { months: {} },
  dated: [visitDating],
})

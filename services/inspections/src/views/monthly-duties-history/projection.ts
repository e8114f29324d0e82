import { defineHistory } from '@dulian/history'
import { dutyDating } from '../dating.ts'
import { DUTIES, monthlyDutiesProjection } from '../monthly-duties/projection.ts'

/** 每月进校摸排 on any past day [N10]. */
export const monthlyDutiesHistory = defineHistory({
  name: 'monthly-duties-history',
  revision: 1,
  of: monthlyDutiesProjection,
  collections: { [DUTIES]: {} },
  dated: [dutyDating],
})

import { defineHistory } from '@dulian/history'
import { postingDating, supervisorDating } from '../dating.ts'
import { SUPERVISORS, supervisorsProjection } from '../supervisors/projection.ts'

/** 督学 on any past day [N10]. */
export const supervisorsHistory = defineHistory({
  name: 'supervisors-history',
  revision: 2,
  of: supervisorsProjection,
  collections: { [SUPERVISORS]: {} },
  dated: [supervisorDating, postingDating],
})

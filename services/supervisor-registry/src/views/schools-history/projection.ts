import { defineHistory } from '@dulian/history'
import { postingDating, schoolDating } from '../dating.ts'
import { SCHOOLS, schoolsProjection } from '../schools/projection.ts'

/** 学校 on any past day [N10]. */
export const schoolsHistory = defineHistory({
  name: 'schools-history',
  revision: 1,
  of: schoolsProjection,
  collections: { [SCHOOLS]: {} },
  dated: [schoolDating, postingDating],
})

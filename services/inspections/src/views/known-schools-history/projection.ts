import { defineHistory } from '@dulian/history'
import { dayDating, toldDating, visitDating } from '../dating.ts'
import { knownSchoolsProjection } from '../known-schools/projection.ts'

/** The schools that coverage and ledger are about, on any past day [N10]. */
export const knownSchoolsHistory = defineHistory({
  name: 'known-schools-history',
  revision: 1,
  of: knownSchoolsProjection,
  collections: { schools: {} },
  dated: [visitDating, toldDating, dayDating],
})

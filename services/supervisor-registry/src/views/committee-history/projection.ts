import { defineHistory } from '@dulian/history'
import { BODIES, committeeProjection, TENURES } from '../committee/projection.ts'
import { committeeDating } from '../dating.ts'

/** 教育督导委员会 on any past day [N10]: its member bodies, and who held what. */
export const committeeHistory = defineHistory({
  name: 'committee-history',
  revision: 1,
  of: committeeProjection,
  collections: { [BODIES]: {}, [TENURES]: {} },
  dated: [committeeDating],
})

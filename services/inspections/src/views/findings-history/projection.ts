import { defineHistory } from '@dulian/history'
import { toldDating, visitDating } from '../dating.ts'
import { findingsProjection } from '../findings/projection.ts'

/** 督查发现的问题 on any past day [N10]. */
export const findingsHistory = defineHistory({
  name: 'findings-history',
  revision: 1,
  of: findingsProjection,
  collections: { findings: {} },
  dated: [visitDating, toldDating],
})

import { defineHistory } from '@dulian/history'
import { postingDating } from '../dating.ts'
import { POSTINGS, postingsProjection } from '../postings/projection.ts'

/** 挂牌督导 on any past day [N10]. */
export const postingsHistory = defineHistory({
  name: 'postings-history',
  revision: 1,
  of: postingsProjection,
  collections: { [POSTINGS]: {} },
  dated: [postingDating],
})

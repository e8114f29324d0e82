import { defineHistory } from '@dulian/history'
import { relationDating } from '../dating.ts'
import { RELATIONS, relationsProjection } from '../relations/projection.ts'

/** 回避关系 on any past day [N10]. */
export const relationsHistory = defineHistory({
  name: 'relations-history',
  revision: 1,
  of: relationsProjection,
  collections: { [RELATIONS]: {} },
  dated: [relationDating],
})

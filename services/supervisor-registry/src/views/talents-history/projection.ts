import { defineHistory } from '@dulian/history'
import { talentDating } from '../dating.ts'
import { TALENTS, talentsProjection } from '../talents/projection.ts'

/** 后备人才 on any past day [N10]; a step told late adds one from its day on. */
export const talentsHistory = defineHistory({
  name: 'talents-history',
  revision: 1,
  of: talentsProjection,
  collections: { [TALENTS]: { counters: ['steps'] } },
  dated: [talentDating],
})

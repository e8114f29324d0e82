import { defineHistory } from '@dulian/history'
import { ACTIVITIES, activitiesProjection } from '../activities/projection.ts'
import { activityDating } from '../dating.ts'

/** 政府督学履职活动 on any past day [N10]. */
export const activitiesHistory = defineHistory({
  name: 'activities-history',
  revision: 1,
  of: activitiesProjection,
  collections: { [ACTIVITIES]: {} },
  dated: [activityDating],
})

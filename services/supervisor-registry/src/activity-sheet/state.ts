import type { ActivitySheetEvent } from './events.ts'

export type ActivitySheet =
  | { readonly stage: 'blank' }
  | { readonly stage: 'kept'; readonly activities: ReadonlyMap<string, 'counts' | 'struck'> }

export const initialActivitySheet: ActivitySheet = { stage: 'blank' }

export function evolveActivitySheet(state: ActivitySheet, event: ActivitySheetEvent): ActivitySheet {
  const activities = new Map(state.stage === 'kept' ? state.activities : [])
  switch (event.type) {
    case 'ActivityRecorded':
      return { stage: 'kept', activities: activities.set(event.data.activityId, 'counts') }
    case 'ActivityStruck':
      return { stage: 'kept', activities: activities.set(event.data.activityId, 'struck') }
    default:
      event satisfies never
      return state
  }
}

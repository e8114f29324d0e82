import { defineProjection, on, streamOf } from '@dulian/event-sourcing'
import { type ActivityRecorded, activitySheetEvents } from '../../activity-sheet/events.ts'

export const ACTIVITIES = 'activities'

/** What a government supervisor took part in; what was struck is not here. */
export type ActivityDocument = ActivityRecorded & {
  readonly office: string
  readonly year: string
}

export const activitiesProjection = defineProjection(
  {
    name: 'activities',
    revision: 1,
    collections: {
      [ACTIVITIES]: {
        indexes: {
          byYear: ['office', 'year', 'on'],
          bySupervisor: ['office', 'supervisorId', 'year', 'on'],
          byKind: ['office', 'kind', 'year', 'on'],
        },
      },
    },
  },
  [
    on(activitySheetEvents, {
      ActivityRecorded: (event, unit) => {
        const { office } = streamOf(event)
        unit.put(ACTIVITIES, event.data.activityId, { ...event.data, office, year: event.data.on.slice(0, 4) })
      },
      ActivityStruck: (event, unit) => unit.remove(ACTIVITIES, event.data.activityId),
    }),
  ],
)

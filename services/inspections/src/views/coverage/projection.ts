import { defineProjection, on, parseStreamName } from '@dulian/event-sourcing'
import { visitEvents } from '../../visit/events.ts'

/** One school in one month: the visits that count for it. A school without a document had none. */
export type CoveredMonth = {
  readonly office: string
  /** `YYYY-MM` */
  readonly month: string
  readonly schoolId: string
  readonly visits: readonly { readonly visitId: string; readonly visitedOn: string }[]
}

/** 每月进校摸排: which schools were visited in which month. */
export const coverageProjection = defineProjection(
  {
    name: 'coverage',
    revision: 2,
    collections: {
      months: { indexes: { byMonth: ['office', 'month', 'schoolId'], bySchool: ['office', 'schoolId', 'month'] } },
    },
  },
  [
    on(visitEvents, {
      VisitRecorded: async ({ data, envelope }, unit) => {
        const { office, id: visitId } = parseStreamName(envelope.stream)
        const month = data.visitedOn.slice(0, 7)
        const id = `${month}:${data.schoolId}`
        const known = await unit.get<CoveredMonth>('months', id)
        const others = known?.visits.filter((visit) => visit.visitId !== visitId) ?? []
        unit.put('months', id, {
          office,
          month,
          schoolId: data.schoolId,
          visits: [...others, { visitId, visitedOn: data.visitedOn }],
        } satisfies CoveredMonth)
      },
    }),
  ],
)

import { defineProjection, on, parseStreamName } from '@dulian/event-sourcing'
import { visitEvents } from '../../visit/events.ts'

/** One school in one month: the visits that count for it. A school without a document had none. */
export type CoveredMonth = {
  readonly office: string
  /** `YYYY-MM` */
  readonly month: string
  readonly schoolId: string
  readonly visitIds: readonly string[]
  readonly lastVisitOn: string
}

/** 每月进校摸排: which schools were visited in which month. */
export const coverageProjection = defineProjection(
  {
    name: 'coverage',
    revision: 1,
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
        unit.put('months', id, {
          office,
          month,
          schoolId: data.schoolId,
          visitIds: [...new Set([...(known?.visitIds ?? []), visitId])],
          lastVisitOn: known !== undefined && known.lastVisitOn > data.visitedOn ? known.lastVisitOn : data.visitedOn,
        } satisfies CoveredMonth)
      },
    }),
  ],
)

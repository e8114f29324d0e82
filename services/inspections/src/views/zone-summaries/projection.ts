import { defineProjection, on, streamOf } from '@dulian/event-sourcing'
import { type ZoneSummarySubmitted, zoneSummaryEvents } from '../../zone-summary/events.ts'

export type ZoneSummaryDocument = Omit<ZoneSummarySubmitted, 'submittedBy'> & {
  readonly office: string
  readonly summaryId: string
  readonly state: 'submitted' | 'returned'
  readonly submittedBy: string
  readonly returnReason: string | null
  readonly returnedBy: string | null
  readonly version: number
}

/** 责任区汇总 of every zone and month. */
export const zoneSummariesProjection = defineProjection(
  {
    name: 'zone-summaries',
    revision: 1,
    collections: {
      summaries: {
        indexes: {
          byPeriod: ['office', 'period', 'zoneName'],
          byZone: ['office', 'zoneId', 'period'],
          byState: ['office', 'state', 'period'],
        },
      },
    },
  },
  [
    on(zoneSummaryEvents, {
      ZoneSummarySubmitted: (event, unit) => {
        const { office, id: summaryId } = streamOf(event)
        unit.put('summaries', summaryId, {
          ...event.data,
          office,
          summaryId,
          state: 'submitted',
          submittedBy: event.data.submittedBy.name,
          returnReason: null,
          returnedBy: null,
          version: event.envelope.version,
        } satisfies ZoneSummaryDocument)
      },
      ZoneSummaryReturned: async (event, unit) => {
        const { id } = streamOf(event)
        const known = await unit.get<ZoneSummaryDocument>('summaries', id)
        if (known === undefined) return
        unit.put('summaries', id, {
          ...known,
          state: 'returned',
          returnReason: event.data.reason,
          returnedBy: event.data.returnedBy.name,
          version: event.envelope.version,
        } satisfies ZoneSummaryDocument)
      },
    }),
  ],
)

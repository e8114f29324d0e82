import {
  type Decoded,
  defineProjection,
  onEvery,
  parseStreamName,
  streamOf,
  type UnitOfWork,
} from '@dulian/event-sourcing'
import { type VisitEvent, visitEvents } from '../../visit/events.ts'
import { type VisitDocument, withVisitEvent } from './visit-document.ts'

/** 进校督查 with answers, signatures, findings and their own small timeline. */
export const visitsProjection = defineProjection(
  {
    name: 'visits',
    revision: 1,
    collections: {
      visits: {
        indexes: {
          byDay: ['office', 'day'],
          byMonth: ['office', 'month', 'day'],
          bySchool: ['office', 'schoolId', 'day'],
          bySupervisor: ['office', 'supervisorId', 'day'],
          byZone: ['office', 'zoneId', 'day'],
          byState: ['office', 'state', 'day'],
          byTask: ['office', 'taskId', 'day'],
          // Across offices, for the clock: what is still to take place, by its day.
          pending: ['state', 'day'],
        },
      },
    },
  },
  [onEvery(visitEvents, keep)],
  {
    prefetch: async (events, unit) =>
      await unit.prefetch('visits', [...new Set(events.map((event) => parseStreamName(event.stream).id))]),
  },
)

async function keep(event: Decoded<VisitEvent>, unit: UnitOfWork): Promise<void> {
  const { id } = streamOf(event)
  const after = withVisitEvent(await unit.get<VisitDocument>('visits', id), event)
  if (after !== undefined) unit.put('visits', id, after)
}

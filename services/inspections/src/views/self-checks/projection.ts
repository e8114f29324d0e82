import { type Decoded, defineProjection, onEvery, streamOf, type UnitOfWork } from '@dulian/event-sourcing'
import { type SelfCheckEvent, selfCheckEvents } from '../../self-check/events.ts'
import { type SelfCheckDocument, withSelfCheckEvent } from './self-check-document.ts'

/** 学校自查 of every school and month. */
export const selfChecksProjection = defineProjection(
  {
    name: 'self-checks',
    revision: 1,
    collections: {
      checks: {
        indexes: {
          byPeriod: ['office', 'period', 'schoolName'],
          byState: ['office', 'state', 'period', 'schoolName'],
          byZone: ['office', 'zoneId', 'period', 'schoolName'],
          bySchool: ['office', 'schoolId', 'period', 'schoolName'],
          // Across offices, for the clock: who was asked in a month.
          asked: ['period', 'schoolId'],
        },
      },
    },
  },
  [onEvery(selfCheckEvents, keep)],
)

async function keep(event: Decoded<SelfCheckEvent>, unit: UnitOfWork): Promise<void> {
  const { id } = streamOf(event)
  const after = withSelfCheckEvent(await unit.get<SelfCheckDocument>('checks', id), event)
  if (after !== undefined) unit.put('checks', id, after)
}

import {
  type Decoded,
  defineProjection,
  onEvery,
  parseStreamName,
  streamOf,
  type UnitOfWork,
} from '@dulian/event-sourcing'
import {
  type DutyParties,
  type MonthlyDutyEvent,
  type MonthlyVisitDue,
  monthlyDutyEvents,
} from '../../monthly-duty/events.ts'
import { partiesOfDuty } from '../../monthly-duty/state.ts'

export type DutyState = 'due' | 'met' | 'missed' | 'waived'

export type DutyDocument = DutyParties &
  Pick<MonthlyVisitDue, 'month' | 'dueOn' | 'required' | 'rule'> & {
    readonly office: string
    readonly dutyId: string
    readonly state: DutyState
    readonly visits: number
    readonly lastVisitOn: string | null
  }

export const DUTIES = 'duties'

/** 每月进校任务: who is to go where in a month, and whether they went. */
export const monthlyDutiesProjection = defineProjection(
  {
    name: 'monthly-duties',
    revision: 1,
    collections: {
      [DUTIES]: {
        indexes: {
          byMonth: ['office', 'month', 'schoolName'],
          byState: ['office', 'month', 'state', 'schoolName'],
          scopeZone: ['office', 'zoneId', 'month', 'schoolName'],
          scopeSupervisor: ['office', 'supervisorId', 'month', 'schoolName'],
          scopeSchool: ['office', 'schoolId', 'month', 'schoolName'],
          // Across offices, for the clock: what is still due, by its month.
          pending: ['state', 'month'],
        },
      },
    },
  },
  [onEvery(monthlyDutyEvents, keep)],
  {
    prefetch: async (events, unit) =>
      await unit.prefetch(DUTIES, [...new Set(events.map((event) => parseStreamName(event.stream).id))]),
  },
)

async function keep(event: Decoded<MonthlyDutyEvent>, unit: UnitOfWork): Promise<void> {
  const { office, id } = streamOf(event)
  if (event.type === 'MonthlyVisitDue') {
    const { month, dueOn, required, rule } = event.data
    unit.put(DUTIES, id, {
      ...partiesOfDuty(event.data),
      month,
      dueOn,
      required,
      rule,
      office,
      dutyId: id,
      state: 'due',
      visits: 0,
      lastVisitOn: null,
    } satisfies DutyDocument)
    return
  }
  const known = await unit.get<DutyDocument>(DUTIES, id)
  if (known !== undefined) unit.put(DUTIES, id, { ...known, ...changeOf(known, event) })
}

function changeOf(
  known: DutyDocument,
  event: Exclude<Decoded<MonthlyDutyEvent>, { type: 'MonthlyVisitDue' }>,
): Partial<DutyDocument> {
  switch (event.type) {
    case 'MonthlyVisitReassigned':
      return partiesOfDuty(event.data)
    case 'MonthlyVisitCounted': {
      const { visitedOn } = event.data
      const visits = known.visits + 1
      return {
        visits,
        lastVisitOn: [known.lastVisitOn ?? '', visitedOn].toSorted().at(-1) ?? visitedOn,
        ...(known.state !== 'waived' && visits >= known.required ? { state: 'met' } : {}),
      }
    }
    case 'MonthlyVisitMissed':
      return { state: 'missed' }
    case 'MonthlyVisitWaived':
      return { state: 'waived' }
    default: {
      const unknown: never = event
      return unknown
    }
  }
}

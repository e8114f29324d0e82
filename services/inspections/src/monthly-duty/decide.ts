import { type RuleVersion, referenceTo } from '@dulian/dated-rules'
import type { DutyParties, MonthlyDutyEvent, MonthlyVisitCounted } from './events.ts'
import { lastDayOf } from './monthly-duty.ts'
import { type MonthlyDuty, partiesOfDuty } from './state.ts'

export interface BeginDuty {
  readonly month: string
  readonly parties: DutyParties
  readonly rule: RuleVersion<{ readonly perMonth: number }>
  /** Visits of the month that were recorded before the duty was known. */
  readonly earlier: readonly MonthlyVisitCounted[]
}

/** Once per school and month; begun again it stays as it is. */
export function beginDuty({ month, parties, rule, earlier }: BeginDuty, state: MonthlyDuty): MonthlyDutyEvent[] {
  if (state.stage !== 'none') return []
  return [
    {
      type: 'MonthlyVisitDue',
      data: {
        ...partiesOfDuty(parties),
        month,
        dueOn: lastDayOf(month),
        required: rule.value.perMonth,
        rule: referenceTo(rule),
      },
    },
    ...earlier.map((data): MonthlyDutyEvent => ({ type: 'MonthlyVisitCounted', data })),
  ]
}

/** Follows the posting until the month is over; afterwards it stays with whoever answered for it then. */
export function reassignDuty(
  { parties, on, since = on }: { readonly parties: DutyParties; readonly on: string; readonly since?: string },
  state: MonthlyDuty,
): MonthlyDutyEvent[] {
  if (state.stage !== 'due' && state.stage !== 'met') return []
  if (on.slice(0, 7) !== state.duty.month) return []
  const wanted = partiesOfDuty(parties)
  if (JSON.stringify(wanted) === JSON.stringify(partiesOfDuty(state.duty))) return []
  return [{ type: 'MonthlyVisitReassigned', data: { ...wanted, from: withinMonth(since, on) } }]
}

/** What was told late is so from its own day on, but no duty is older than its month. */
function withinMonth(since: string, on: string): string {
  if (since > on) return on
  const first = `${on.slice(0, 7)}-01`
  return since < first ? first : since
}

export function countVisit(visit: MonthlyVisitCounted, state: MonthlyDuty): MonthlyDutyEvent[] {
  if (state.stage === 'none' || state.visitIds.includes(visit.visitId)) return []
  return [{ type: 'MonthlyVisitCounted', data: visit }]
}

/** By the clock, once the month is over. */
export function missDuty({ date }: { readonly date: string }, state: MonthlyDuty): MonthlyDutyEvent[] {
  if (state.stage !== 'due' || state.duty.dueOn >= date) return []
  return [{ type: 'MonthlyVisitMissed', data: { noticedOn: date, visits: state.visitIds.length } }]
}

/** A school that closes in the month, or has closed before it, need not be visited any more. */
export function waiveDuty({ closedOn }: { readonly closedOn: string }, state: MonthlyDuty): MonthlyDutyEvent[] {
  if (state.stage !== 'due' || closedOn > state.duty.dueOn) return []
  return [{ type: 'MonthlyVisitWaived', data: { closedOn } }]
}

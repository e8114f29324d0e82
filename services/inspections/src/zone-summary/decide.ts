import { inspectionsError } from '../errors.ts'
import type { Person } from '../visit/events.ts'
import type { ZoneSummaryEvent, ZoneSummarySubmitted } from './events.ts'
import type { ZoneSummary } from './state.ts'

export type SubmitZoneSummary = Omit<ZoneSummarySubmitted, 'submittedOn' | 'submittedBy'> & {
  readonly by: Person
  readonly today: string
  /** The month's bulletin is out: what it was drawn from stands. */
  readonly bulletinIssued: boolean
}

/**
 * Errors: `PERIOD_IN_FUTURE`, `ZONE_SUMMARY_IN_BULLETIN`, `ZONE_SUMMARY_ALREADY_SUBMITTED`, `ZONE_SUMMARY_TEXT_MISSING`,
 * `ZONE_SUMMARY_GAPS_UNEXPLAINED`.
 */
export function submitZoneSummary(command: SubmitZoneSummary, state: ZoneSummary): ZoneSummaryEvent[] {
  const { by, today, bulletinIssued, ...given } = command
  const { period, gaps } = given
  const text = given.text.trim()
  const gapsReason = given.gapsReason?.trim() || null
  if (state.stage === 'submitted') {
    const { submitted } = state
    if (submitted.text === text && submitted.gapsReason === gapsReason) return []
    const { zoneName, submittedOn } = submitted
    throw inspectionsError('ZONE_SUMMARY_ALREADY_SUBMITTED', { zone: zoneName, period, submittedOn })
  }
  if (bulletinIssued) throw inspectionsError('ZONE_SUMMARY_IN_BULLETIN', { period })
  if (period > today.slice(0, 7)) throw inspectionsError('PERIOD_IN_FUTURE', { period }, { pointer: '/period' })
  if (text === '') throw inspectionsError('ZONE_SUMMARY_TEXT_MISSING', {}, { pointer: '/text' })
  if (gaps.length > 0 && gapsReason === null) {
    const names = [...new Set(gaps.map(({ schoolName }) => schoolName))]
    const schools = names.length > 5 ? `${names.slice(0, 5).join('、')}等 ${names.length} 所` : names.join('、')
    throw inspectionsError('ZONE_SUMMARY_GAPS_UNEXPLAINED', { schools, count: gaps.length }, { pointer: '/gapsReason' })
  }
  return [
    {
      type: 'ZoneSummarySubmitted',
      data: { ...given, text, gapsReason: gaps.length === 0 ? null : gapsReason, submittedOn: today, submittedBy: by },
    },
  ]
}

/** Errors: `ZONE_SUMMARY_NOT_FOUND`, `ZONE_SUMMARY_IN_BULLETIN`. */
export function returnZoneSummary(
  command: { readonly reason: string; readonly by: Person; readonly today: string; readonly bulletinIssued: boolean },
  state: ZoneSummary,
): ZoneSummaryEvent[] {
  if (state.stage === 'none') throw inspectionsError('ZONE_SUMMARY_NOT_FOUND')
  if (state.stage === 'returned') return []
  if (command.bulletinIssued) throw inspectionsError('ZONE_SUMMARY_IN_BULLETIN', { period: state.submitted.period })
  const { reason, today, by } = command
  return [{ type: 'ZoneSummaryReturned', data: { reason, returnedOn: today, returnedBy: by } }]
}

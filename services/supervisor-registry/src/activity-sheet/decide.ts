import { eventSourcingError } from '@dulian/event-sourcing'
import { registryError } from '../errors.ts'
import { requireInTerm } from '../supervisor/decide.ts'
import type { Supervisor } from '../supervisor/state.ts'
import type { ActivityRecorded, ActivitySheetEvent } from './events.ts'
import type { ActivitySheet } from './state.ts'

export interface RecordActivity extends Omit<ActivityRecorded, 'supervisorName'> {
  readonly supervisor: Supervisor
  readonly today: string
}

/** Only what has happened, and only within a term of a government supervisor. */
export function recordActivity(command: RecordActivity, state: ActivitySheet): ActivitySheetEvent[] {
  const { supervisor, today, ...activity } = command
  if (state.stage === 'kept' && state.activities.has(activity.activityId)) return []
  if (activity.on > today) throw registryError('ACTIVITY_IN_FUTURE', { on: activity.on, today }, { pointer: '/on' })
  const { person } = requireInTerm(supervisor, activity.on)
  if (person.category !== 'government') {
    throw registryError('NOT_GOVERNMENT_SUPERVISOR', { name: person.name }, { pointer: '/supervisorId' })
  }
  return [{ type: 'ActivityRecorded', data: { ...activity, supervisorName: person.name } }]
}

export function strikeActivity(
  command: { readonly activityId: string; readonly reason: string },
  state: ActivitySheet,
): ActivitySheetEvent[] {
  const known = state.stage === 'kept' ? state.activities.get(command.activityId) : undefined
  if (known === undefined) throw eventSourcingError('STREAM_NOT_FOUND')
  return known === 'struck' ? [] : [{ type: 'ActivityStruck', data: { ...command } }]
}

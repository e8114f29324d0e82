import type { Visit } from '../../api/types.ts'
import { useMe } from '../../app/app-context.tsx'
import { useFieldRead } from '../store/use-field-read.ts'

/** The visits that the office has scheduled for this person and that are still to be made, the earliest first. */
export function useScheduledVisits() {
  const me = useMe()
  const supervisor = me.supervisor === undefined ? {} : { supervisorId: me.supervisor }
  const read = useFieldRead(me.subject, '/api/inspections/visits', {
    query: { state: 'scheduled', limit: 50, ...supervisor },
  })
  const visits: readonly Visit[] = [...(read.data?.body.items ?? [])].sort((one, other) =>
    (one.scheduledFor ?? '').localeCompare(other.scheduledFor ?? ''),
  )
  return { read, visits }
}

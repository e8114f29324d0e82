import { onEvery } from '@dulian/event-sourcing'
import { fileOwnersProjection } from '@dulian/files'
import { problemEvents } from '../../problem/events.ts'

/** Which problems name which pieces of evidence. */
export const fileOwners = fileOwnersProjection((keep) => [onEvery(problemEvents, keep)])

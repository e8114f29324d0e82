import { onEvery } from '@dulian/event-sourcing'
import { fileOwnersProjection } from '@dulian/files'
import { taskEvents } from '../../task/events.ts'

/** Which tasks name which pieces of evidence. */
export const fileOwners = fileOwnersProjection((keep) => [onEvery(taskEvents, keep)])

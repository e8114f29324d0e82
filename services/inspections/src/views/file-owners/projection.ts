import { onEvery } from '@dulian/event-sourcing'
import { fileOwnersProjection } from '@dulian/files'
import { visitEvents } from '../../visit/events.ts'

/** Which visits name which photographs and signatures. */
export const fileOwners = fileOwnersProjection((keep) => [onEvery(visitEvents, keep)])

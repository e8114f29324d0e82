import { onEvery } from '@dulian/event-sourcing'
import { fileOwnersProjection } from '@dulian/files'
import { selfCheckEvents } from '../../self-check/events.ts'
import { visitEvents } from '../../visit/events.ts'

/** Which visits and self-checks name which photographs and signatures. */
export const fileOwners = fileOwnersProjection((keep) => [onEvery(visitEvents, keep), onEvery(selfCheckEvents, keep)])

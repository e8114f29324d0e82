import type { Projection } from '@dulian/event-sourcing'
import { accountsProjection } from './views/accounts/projection.ts'
import { postingsProjection } from './views/postings/projection.ts'
import { schoolsProjection } from './views/schools/projection.ts'
import { sessionsProjection } from './views/sessions/projection.ts'
import { supervisorsProjection } from './views/supervisors/projection.ts'
import { zonesProjection } from './views/zones/projection.ts'

/** Every view of this service; a rebuild loads this module in a worker. */
export const projections: readonly Projection[] = [
  schoolsProjection,
  zonesProjection,
  supervisorsProjection,
  postingsProjection,
  accountsProjection,
  sessionsProjection,
]

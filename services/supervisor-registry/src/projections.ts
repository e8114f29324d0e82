import type { Projection } from '@dulian/event-sourcing'
import { accountsProjection } from './views/accounts/projection.ts'
import { activitiesProjection } from './views/activities/projection.ts'
import { activitiesHistory } from './views/activities-history/projection.ts'
import { certificatesProjection } from './views/certificates/projection.ts'
import { certificatesHistory } from './views/certificates-history/projection.ts'
import { committeeProjection } from './views/committee/projection.ts'
import { committeeHistory } from './views/committee-history/projection.ts'
import { importsProjection } from './views/imports/projection.ts'
import { postingsProjection } from './views/postings/projection.ts'
import { postingsHistory } from './views/postings-history/projection.ts'
import { relationsProjection } from './views/relations/projection.ts'
import { relationsHistory } from './views/relations-history/projection.ts'
import { schoolsProjection } from './views/schools/projection.ts'
import { schoolsHistory } from './views/schools-history/projection.ts'
import { sessionsProjection } from './views/sessions/projection.ts'
import { supervisorsProjection } from './views/supervisors/projection.ts'
import { supervisorsHistory } from './views/supervisors-history/projection.ts'
import { talentsProjection } from './views/talents/projection.ts'
import { talentsHistory } from './views/talents-history/projection.ts'
import { zonesProjection } from './views/zones/projection.ts'
import { zonesHistory } from './views/zones-history/projection.ts'

/** Every view of this service; a rebuild loads this module in a worker. */
export const projections: readonly Projection[] = [
  schoolsProjection,
  zonesProjection,
  supervisorsProjection,
  postingsProjection,
  relationsProjection,
  certificatesProjection,
  committeeProjection,
  activitiesProjection,
  talentsProjection,
  importsProjection,
  schoolsHistory,
  zonesHistory,
  supervisorsHistory,
  postingsHistory,
  relationsHistory,
  certificatesHistory,
  talentsHistory,
  activitiesHistory,
  committeeHistory,
  accountsProjection,
  sessionsProjection,
]

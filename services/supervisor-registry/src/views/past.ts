import type { ViewsOverTime } from '@dulian/history/http'
import type { Platform } from '@dulian/service-host'
import { activitiesProjection } from './activities/projection.ts'
import { activitiesHistory } from './activities-history/projection.ts'
import { certificatesProjection } from './certificates/projection.ts'
import { certificatesHistory } from './certificates-history/projection.ts'
import { committeeProjection } from './committee/projection.ts'
import { committeeHistory } from './committee-history/projection.ts'
import { postingsProjection } from './postings/projection.ts'
import { postingsHistory } from './postings-history/projection.ts'
import { relationsProjection } from './relations/projection.ts'
import { relationsHistory } from './relations-history/projection.ts'
import { schoolsProjection } from './schools/projection.ts'
import { schoolsHistory } from './schools-history/projection.ts'
import { supervisorsProjection } from './supervisors/projection.ts'
import { supervisorsHistory } from './supervisors-history/projection.ts'
import { talentsProjection } from './talents/projection.ts'
import { talentsHistory } from './talents-history/projection.ts'
import { zonesProjection } from './zones/projection.ts'
import { zonesHistory } from './zones-history/projection.ts'

export interface Past {
  readonly schools: ViewsOverTime
  readonly supervisors: ViewsOverTime
  readonly postings: ViewsOverTime
  readonly zones: ViewsOverTime
  readonly relations: ViewsOverTime
  readonly certificates: ViewsOverTime
  readonly talents: ViewsOverTime
  readonly activities: ViewsOverTime
  readonly committee: ViewsOverTime
}

/** The lists of this service with their past. */
export function pastOf({ view, clock }: Pick<Platform, 'view' | 'clock'>): Past {
  return {
    schools: { live: view(schoolsProjection), history: view(schoolsHistory), clock },
    supervisors: { live: view(supervisorsProjection), history: view(supervisorsHistory), clock },
    postings: { live: view(postingsProjection), history: view(postingsHistory), clock },
    zones: { live: view(zonesProjection), history: view(zonesHistory), clock },
    relations: { live: view(relationsProjection), history: view(relationsHistory), clock },
    certificates: { live: view(certificatesProjection), history: view(certificatesHistory), clock },
    talents: { live: view(talentsProjection), history: view(talentsHistory), clock },
    activities: { live: view(activitiesProjection), history: view(activitiesHistory), clock },
    committee: { live: view(committeeProjection), history: view(committeeHistory), clock },
  }
}

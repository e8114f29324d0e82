import type { ViewsOverTime } from '@dulian/history/http'
import type { Platform } from '@dulian/service-host'
import { postingsProjection } from './postings/projection.ts'
import { postingsHistory } from './postings-history/projection.ts'
import { schoolsProjection } from './schools/projection.ts'
import { schoolsHistory } from './schools-history/projection.ts'
import { supervisorsProjection } from './supervisors/projection.ts'
import { supervisorsHistory } from './supervisors-history/projection.ts'
import { zonesProjection } from './zones/projection.ts'
import { zonesHistory } from './zones-history/projection.ts'

export interface Past {
  readonly schools: ViewsOverTime
  readonly supervisors: ViewsOverTime
  readonly postings: ViewsOverTime
  readonly zones: ViewsOverTime
}

/** The lists of this service with their past. */
export function pastOf({ view, clock }: Pick<Platform, 'view' | 'clock'>): Past {
  return {
    schools: { live: view(schoolsProjection), history: view(schoolsHistory), clock },
    supervisors: { live: view(supervisorsProjection), history: view(supervisorsHistory), clock },
    postings: { live: view(postingsProjection), history: view(postingsHistory), clock },
    zones: { live: view(zonesProjection), history: view(zonesHistory), clock },
  }
}

import type { Projection } from '@dulian/event-sourcing'
import { checklistsProjection } from './views/checklists/projection.ts'
import { coverageProjection } from './views/coverage/projection.ts'
import { fileOwners } from './views/file-owners/projection.ts'
import { findingsProjection } from './views/findings/projection.ts'
import { knownSchoolsProjection } from './views/known-schools/projection.ts'
import { ledgerProjection } from './views/ledger/projection.ts'
import { visitsProjection } from './views/visits/projection.ts'

/** Every view of this service; a rebuild loads this module in a worker, so nothing of HTTP may hang on it. */
export const projections: readonly Projection[] = [
  knownSchoolsProjection,
  checklistsProjection,
  visitsProjection,
  findingsProjection,
  coverageProjection,
  ledgerProjection,
  fileOwners,
]

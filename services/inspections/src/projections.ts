import type { Projection } from '@dulian/event-sourcing'
import { bulletinsProjection } from './views/bulletins/projection.ts'
import { bulletinsHistory } from './views/bulletins-history/projection.ts'
import { campaignsProjection } from './views/campaigns/projection.ts'
import { campaignsHistory } from './views/campaigns-history/projection.ts'
import { checklistsProjection } from './views/checklists/projection.ts'
import { checklistsHistory } from './views/checklists-history/projection.ts'
import { coverageProjection } from './views/coverage/projection.ts'
import { coverageHistory } from './views/coverage-history/projection.ts'
import { fileOwners } from './views/file-owners/projection.ts'
import { findingsProjection } from './views/findings/projection.ts'
import { findingsHistory } from './views/findings-history/projection.ts'
import { knownSchoolsProjection } from './views/known-schools/projection.ts'
import { knownSchoolsHistory } from './views/known-schools-history/projection.ts'
import { ledgerProjection } from './views/ledger/projection.ts'
import { ledgerHistory } from './views/ledger-history/projection.ts'
import { monthlyDutiesProjection } from './views/monthly-duties/projection.ts'
import { monthlyDutiesHistory } from './views/monthly-duties-history/projection.ts'
import { recusalsProjection } from './views/recusals/projection.ts'
import { selfChecksProjection } from './views/self-checks/projection.ts'
import { selfChecksHistory } from './views/self-checks-history/projection.ts'
import { visitsProjection } from './views/visits/projection.ts'
import { visitsHistory } from './views/visits-history/projection.ts'
import { zoneSummariesProjection } from './views/zone-summaries/projection.ts'
import { zoneSummariesHistory } from './views/zone-summaries-history/projection.ts'

/** Every view of this service; a rebuild loads this module in a worker, so nothing of HTTP may hang on it. */
export const projections: readonly Projection[] = [
  knownSchoolsProjection,
  checklistsProjection,
  visitsProjection,
  findingsProjection,
  coverageProjection,
  ledgerProjection,
  knownSchoolsHistory,
  checklistsHistory,
  visitsHistory,
  findingsHistory,
  monthlyDutiesHistory,
  ledgerHistory,
  selfChecksHistory,
  zoneSummariesHistory,
  bulletinsHistory,
  campaignsHistory,
  coverageHistory,
  selfChecksProjection,
  zoneSummariesProjection,
  bulletinsProjection,
  recusalsProjection,
  campaignsProjection,
  monthlyDutiesProjection,
  fileOwners,
]

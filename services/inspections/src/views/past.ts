import { type LookBackQuery, type ViewsOverTime, viewAt } from '@dulian/history/http'
import type { Platform } from '@dulian/service-host'
import { bulletinsProjection } from './bulletins/projection.ts'
import { bulletinsHistory } from './bulletins-history/projection.ts'
import { campaignsProjection } from './campaigns/projection.ts'
import { campaignsHistory } from './campaigns-history/projection.ts'
import { checklistsProjection } from './checklists/projection.ts'
import { checklistsHistory } from './checklists-history/projection.ts'
import { coverageProjection } from './coverage/projection.ts'
import { coverageHistory } from './coverage-history/projection.ts'
import { findingsProjection } from './findings/projection.ts'
import { findingsHistory } from './findings-history/projection.ts'
import { knownSchoolsProjection } from './known-schools/projection.ts'
import { type KnownSchools, knownSchools } from './known-schools/queries.ts'
import { knownSchoolsHistory } from './known-schools-history/projection.ts'
import { ledgerProjection } from './ledger/projection.ts'
import { ledgerHistory } from './ledger-history/projection.ts'
import { monthlyDutiesProjection } from './monthly-duties/projection.ts'
import { monthlyDutiesHistory } from './monthly-duties-history/projection.ts'
import { selfChecksProjection } from './self-checks/projection.ts'
import { selfChecksHistory } from './self-checks-history/projection.ts'
import { visitsProjection } from './visits/projection.ts'
import { visitsHistory } from './visits-history/projection.ts'
import { zoneSummariesProjection } from './zone-summaries/projection.ts'
import { zoneSummariesHistory } from './zone-summaries-history/projection.ts'

export interface Past {
  readonly checklists: ViewsOverTime
  readonly visits: ViewsOverTime
  readonly findings: ViewsOverTime
  readonly duties: ViewsOverTime
  readonly ledger: ViewsOverTime
  readonly schools: ViewsOverTime
  readonly selfChecks: ViewsOverTime
  readonly zoneSummaries: ViewsOverTime
  readonly bulletins: ViewsOverTime
  readonly campaigns: ViewsOverTime
  /** The visits of each month; the list of 月度覆盖 itself is made of the duties. */
  readonly coverage: ViewsOverTime
}

/** The lists of this service with their past. */
export function pastOf({ view, clock }: Pick<Platform, 'view' | 'clock'>): Past {
  return {
    checklists: { live: view(checklistsProjection), history: view(checklistsHistory), clock },
    visits: { live: view(visitsProjection), history: view(visitsHistory), clock },
    findings: { live: view(findingsProjection), history: view(findingsHistory), clock },
    duties: { live: view(monthlyDutiesProjection), history: view(monthlyDutiesHistory), clock },
    ledger: { live: view(ledgerProjection), history: view(ledgerHistory), clock },
    schools: { live: view(knownSchoolsProjection), history: view(knownSchoolsHistory), clock },
    selfChecks: { live: view(selfChecksProjection), history: view(selfChecksHistory), clock },
    zoneSummaries: { live: view(zoneSummariesProjection), history: view(zoneSummariesHistory), clock },
    bulletins: { live: view(bulletinsProjection), history: view(bulletinsHistory), clock },
    campaigns: { live: view(campaignsProjection), history: view(campaignsHistory), clock },
    coverage: { live: view(coverageProjection), history: view(coverageHistory), clock },
  }
}

/** The schools at the time that is asked for. */
export function schoolsAt(past: Past, days: LookBackQuery): KnownSchools {
  return knownSchools(viewAt(past.schools, days).view)
}

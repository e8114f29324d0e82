import { fileRoutes } from '@dulian/files'
import type { ServiceDefinition } from '@dulian/service-host'
import { checklistStream } from './checklist/checklist.ts'
import { checklistRoutes } from './checklist/routes.ts'
import { consumes } from './integration/consume.ts'
import { publishes } from './integration/publish.ts'
import { missVisitsWhenMonthEnds } from './policies/miss-visits-when-month-ends.ts'
import { projections } from './projections.ts'
import { checklistsProjection } from './views/checklists/projection.ts'
import { checklistViewRoutes } from './views/checklists/routes.ts'
import { coverageProjection } from './views/coverage/projection.ts'
import { coverageRoutes } from './views/coverage/routes.ts'
import { fileOwners } from './views/file-owners/projection.ts'
import { visibleFile } from './views/file-owners/visible-file.ts'
import { findingsProjection } from './views/findings/projection.ts'
import { findingRoutes } from './views/findings/routes.ts'
import { knownSchoolsProjection } from './views/known-schools/projection.ts'
import { knownSchools } from './views/known-schools/queries.ts'
import { knownSchoolRoutes } from './views/known-schools/routes.ts'
import { ledgerProjection } from './views/ledger/projection.ts'
import { ledgerRoutes } from './views/ledger/routes.ts'
import { visitsProjection } from './views/visits/projection.ts'
import { visitViews } from './views/visits/queries.ts'
import { visitViewRoutes } from './views/visits/routes.ts'
import { visitRoutes } from './visit/routes.ts'
import { visitStream } from './visit/visit.ts'

/** 督导检查: checklists, visits and what they find. */
export const inspectionsService: ServiceDefinition = {
  name: 'inspections',
  title: '督导检查',
  projections,
  projectionsModule: import.meta.resolve('./projections.ts'),
  publishes,
  consumes,
  build(platform) {
    const { clock, files } = platform
    const visits = platform.streams(visitStream)
    const checklists = platform.streams(checklistStream)
    const schools = knownSchools(platform.view(knownSchoolsProjection))
    const visitReader = visitViews(platform.view(visitsProjection))
    return {
      async routes(app) {
        checklistRoutes(app, checklists)
        checklistViewRoutes(app, { view: platform.view(checklistsProjection), clock })
        knownSchoolRoutes(app, { schools, clock })
        visitRoutes(app, { visits, checklists, schools, files })
        visitViewRoutes(app, visitReader)
        findingRoutes(app, platform.view(findingsProjection))
        coverageRoutes(app, { view: platform.view(coverageProjection), schools, clock })
        await fileRoutes(app, {
          files,
          permissionToRead: 'visit.read',
          permissionToWrite: ['visit.record', 'finding.decide'],
          isVisible: visibleFile(platform.view(fileOwners), visitReader),
          tags: ['督导检查'],
        })
        ledgerRoutes(app, { view: platform.view(ledgerProjection), schools, clock })
      },
      policies: [missVisitsWhenMonthEnds(visits, visitReader)],
    }
  },
}

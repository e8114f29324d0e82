import type { ServiceDefinition } from '@dulian/service-host'
import { accountRoutes } from './account/routes.ts'
import { activitySheetRoutes } from './activity-sheet/routes.ts'
import { committeeRoutes } from './committee/routes.ts'
import { importRoutes } from './import/routes.ts'
import { publishes } from './integration/publish.ts'
import { endOffices } from './policies/end-offices.ts'
import { endPostings } from './policies/end-postings.ts'
import { issueCertificates } from './policies/issue-certificates.ts'
import { noteHomeUnits } from './policies/note-home-units.ts'
import { watchTerms } from './policies/watch-terms.ts'
import { postingRoutes } from './posting/routes.ts'
import { projections } from './projections.ts'
import { recusalRoutes } from './recusal/routes.ts'
import { bindRegistry } from './registry.ts'
import { relationRoutes } from './relation/routes.ts'
import { revealRoutes } from './reveal/routes.ts'
import { ruleRoutes } from './rules/routes.ts'
import { schoolRoutes } from './school/routes.ts'
import { sessionRoutes } from './session/routes.ts'
import { supervisorRoutes } from './supervisor/routes.ts'
import { talentRoutes } from './talent/routes.ts'
import { accountViewRoutes } from './views/accounts/routes.ts'
import { activityViewRoutes } from './views/activities/routes.ts'
import { certificateViewRoutes } from './views/certificates/routes.ts'
import { committeeViewRoutes } from './views/committee/routes.ts'
import { differenceRoutes } from './views/difference-routes.ts'
import { peopleDifferenceRoutes } from './views/people-difference-routes.ts'
import { postingViewRoutes } from './views/postings/routes.ts'
import { relationViewRoutes } from './views/relations/routes.ts'
import { schoolViewRoutes } from './views/schools/routes.ts'
import { supervisorViewRoutes } from './views/supervisors/routes.ts'
import { termViewRoutes } from './views/supervisors/term-routes.ts'
import { talentViewRoutes } from './views/talents/routes.ts'
import { zoneViewRoutes } from './views/zones/routes.ts'
import { zoneRoutes } from './zone/routes.ts'

/** 督学库: people, appointments, schools, zones and postings. */
export const registryService: ServiceDefinition = {
  name: 'supervisor-registry',
  title: '督学库',
  projections,
  projectionsModule: import.meta.resolve('./projections.ts'),
  publishes,
  consumes: [],
  build(platform) {
    const registry = bindRegistry(platform)
    return {
      async routes(app) {
        schoolRoutes(app, registry)
        zoneRoutes(app, registry)
        supervisorRoutes(app, registry)
        postingRoutes(app, registry)
        relationRoutes(app, registry)
        recusalRoutes(app, registry)
        committeeRoutes(app, registry)
        activitySheetRoutes(app, registry)
        talentRoutes(app, registry)
        revealRoutes(app, registry)
        schoolViewRoutes(app, registry)
        zoneViewRoutes(app, registry)
        supervisorViewRoutes(app, registry)
        postingViewRoutes(app, registry)
        relationViewRoutes(app, registry)
        certificateViewRoutes(app, registry)
        termViewRoutes(app, registry)
        committeeViewRoutes(app, registry)
        activityViewRoutes(app, registry)
        talentViewRoutes(app, registry)
        differenceRoutes(app, registry)
        peopleDifferenceRoutes(app, registry)
        accountRoutes(app, registry)
        accountViewRoutes(app, registry)
        sessionRoutes(app, registry)
        ruleRoutes(app)
        await importRoutes(app, registry)
      },
      policies: [
        watchTerms(registry),
        issueCertificates(registry),
        endPostings(registry),
        endOffices(registry),
        noteHomeUnits(registry),
      ],
    }
  },
}

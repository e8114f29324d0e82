import type { ServiceDefinition } from '@dulian/service-host'
import { accountRoutes } from './account/routes.ts'
import { publishes } from './integration/publish.ts'
import { endPostings } from './policies/end-postings.ts'
import { issueCertificates } from './policies/issue-certificates.ts'
import { watchTerms } from './policies/watch-terms.ts'
import { postingRoutes } from './posting/routes.ts'
import { projections } from './projections.ts'
import { bindRegistry } from './registry.ts'
import { ruleRoutes } from './rules/routes.ts'
import { schoolRoutes } from './school/routes.ts'
import { sessionRoutes } from './session/routes.ts'
import { supervisorRoutes } from './supervisor/routes.ts'
import { accountViewRoutes } from './views/accounts/routes.ts'
import { postingViewRoutes } from './views/postings/routes.ts'
import { schoolViewRoutes } from './views/schools/routes.ts'
import { supervisorViewRoutes } from './views/supervisors/routes.ts'
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
      routes(app) {
        schoolRoutes(app, registry)
        zoneRoutes(app, registry)
        supervisorRoutes(app, registry)
        postingRoutes(app, registry)
        schoolViewRoutes(app, registry)
        zoneViewRoutes(app, registry)
        supervisorViewRoutes(app, registry)
        postingViewRoutes(app, registry)
        accountRoutes(app, registry)
        accountViewRoutes(app, registry)
        sessionRoutes(app, registry)
        ruleRoutes(app)
      },
      policies: [watchTerms(registry), issueCertificates(registry), endPostings(registry)],
    }
  },
}

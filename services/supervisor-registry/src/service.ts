import type { ServiceDefinition } from '@dulian/service-host'
import { publishes } from './integration/publish.ts'
import { endPostings } from './policies/end-postings.ts'
import { issueCertificates } from './policies/issue-certificates.ts'
import { watchTerms } from './policies/watch-terms.ts'
import { postingRoutes } from './posting/routes.ts'
import { projections } from './projections.ts'
import { bindRegistry } from './registry.ts'
import { ruleQueries } from './rules/routes.ts'
import { schoolRoutes } from './school/routes.ts'
import { supervisorRoutes } from './supervisor/routes.ts'
import { postingQueries } from './views/postings/routes.ts'
import { schoolQueries } from './views/schools/routes.ts'
import { supervisorQueries } from './views/supervisors/routes.ts'
import { zoneQueries } from './views/zones/routes.ts'
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
        schoolQueries(app, registry)
        zoneQueries(app, registry)
        supervisorQueries(app, registry)
        postingQueries(app, registry)
        ruleQueries(app)
      },
      policies: [watchTerms(registry), issueCertificates(registry), endPostings(registry)],
    }
  },
}

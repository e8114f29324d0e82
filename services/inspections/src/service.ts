import { fileRoutes } from '@dulian/files'
import { documentRegisterStream, numberedRegister } from '@dulian/official-documents'
import type { ServiceDefinition } from '@dulian/service-host'
import { bulletinStream } from './bulletin/bulletin.ts'
import { bulletinRoutes } from './bulletin/routes.ts'
import { campaignStream } from './campaign/campaign.ts'
import { campaignRoutes } from './campaign/routes.ts'
import { checklistStream } from './checklist/checklist.ts'
import { checklistRoutes } from './checklist/routes.ts'
import { consumes } from './integration/consume.ts'
import { publishes } from './integration/publish.ts'
import { monthlyDutyStream } from './monthly-duty/monthly-duty.ts'
import { keepMonthlyDuties } from './policies/keep-monthly-duties.ts'
import { missVisitsWhenMonthEnds } from './policies/miss-visits-when-month-ends.ts'
import { openSelfChecksWhenDayBegins } from './policies/open-self-checks-when-day-begins.ts'
import { scheduleCampaignVisits } from './policies/schedule-campaign-visits.ts'
import { projections } from './projections.ts'
import { selfCheckRoutes } from './self-check/routes.ts'
import { selfCheckStream } from './self-check/self-check.ts'
import { bulletinViewRoutes } from './views/bulletins/routes.ts'
import { campaignViewRoutes } from './views/campaigns/routes.ts'
import { checklistViewRoutes } from './views/checklists/routes.ts'
import { coverageRoutes } from './views/coverage/routes.ts'
import { differenceRoutes } from './views/difference-routes.ts'
import { fileOwners } from './views/file-owners/projection.ts'
import { visibleFile } from './views/file-owners/visible-file.ts'
import { findingRoutes } from './views/findings/routes.ts'
import { knownSchools } from './views/known-schools/queries.ts'
import { knownSchoolRoutes } from './views/known-schools/routes.ts'
import { ledgerRoutes } from './views/ledger/routes.ts'
import { monthlyDutyRoutes } from './views/monthly-duties/routes.ts'
import { pastOf } from './views/past.ts'
import { recusalsProjection } from './views/recusals/projection.ts'
import { recusals } from './views/recusals/queries.ts'
import { routineAt } from './views/routine/queries.ts'
import { routineRoutes } from './views/routine/routes.ts'
import { selfCheckViewRoutes } from './views/self-checks/routes.ts'
import { visitViews } from './views/visits/queries.ts'
import { visitViewRoutes } from './views/visits/routes.ts'
import { zoneSummaryViewRoutes } from './views/zone-summaries/routes.ts'
import { visitRoutes } from './visit/routes.ts'
import { visitStream } from './visit/visit.ts'
import { zoneSummaryRoutes } from './zone-summary/routes.ts'
import { zoneSummaryStream } from './zone-summary/zone-summary.ts'

/** 督导检查: checklists, visits and what they find. */
export const inspectionsService: ServiceDefinition = {
  name: 'inspections',
  title: '督导检查',
  projections,
  projectionsModule: import.meta.resolve('./projections.ts'),
  publishes,
  consumes,
  build(platform) {
    const { clock, files, store } = platform
    const visits = platform.streams(visitStream)
    const checklists = platform.streams(checklistStream)
    const campaigns = platform.streams(campaignStream)
    const past = pastOf(platform)
    const schools = knownSchools(past.schools.live)
    const duties = platform.streams(monthlyDutyStream)
    const visitReader = visitViews(past.visits.live)
    const knownRecusals = recusals(platform.view(recusalsProjection))
    const selfChecks = platform.streams(selfCheckStream)
    const zoneSummaries = platform.streams(zoneSummaryStream)
    const bulletins = platform.streams(bulletinStream)
    const numbers = numberedRegister(platform.streams(documentRegisterStream))
    const routine = routineAt(past, {})
    const summaries = past.zoneSummaries.live
    return {
      async routes(app) {
        checklistRoutes(app, checklists)
        checklistViewRoutes(app, past.checklists)
        knownSchoolRoutes(app, { schools, clock })
        visitRoutes(app, { visits, checklists, schools, files, recusals: knownRecusals })
        visitViewRoutes(app, { visits: visitReader, past: past.visits })
        campaignRoutes(app, {
          campaigns,
          checklists,
          visits,
          schools,
          recusals: knownRecusals,
          view: past.campaigns.live,
          store,
        })
        campaignViewRoutes(app, past)
        findingRoutes(app, past.findings)
        coverageRoutes(app, past)
        monthlyDutyRoutes(app, past.duties)
        await fileRoutes(app, {
          files,
          permissionToRead: 'visit.read',
          permissionToWrite: ['visit.record', 'finding.decide', 'self-check.submit'],
          isVisible: visibleFile(platform.view(fileOwners), {
            visits: visitReader,
            selfChecks: routine.selfChecks,
            schools,
          }),
          tags: ['督导检查'],
        })
        ledgerRoutes(app, past)
        differenceRoutes(app, past)
        selfCheckRoutes(app, { selfChecks, checklists, schools, files })
        selfCheckViewRoutes(app, { past: past.selfChecks, schools, selfChecks, checklists })
        zoneSummaryRoutes(app, { summaries: zoneSummaries, bulletins, views: routine, clock, store })
        zoneSummaryViewRoutes(app, past.zoneSummaries)
        bulletinRoutes(app, { bulletins, numbers, summaries, zoneSummaries, views: routine, store })
        bulletinViewRoutes(app, { past: past.bulletins, summaries, numbers })
        routineRoutes(app, past)
      },
      policies: [
        missVisitsWhenMonthEnds(visits, visitReader),
        openSelfChecksWhenDayBegins(selfChecks, { schools, views: routine.selfChecks }),
        scheduleCampaignVisits({ campaigns, visits, schools, recusals: knownRecusals }),
        keepMonthlyDuties({
          duties,
          schools: schools.view,
          visits: past.coverage.live,
          dutiesView: past.duties.live,
          store,
        }),
      ],
    }
  },
}

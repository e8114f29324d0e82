import { ruleAt } from '@dulian/dated-rules'
import { definePolicy, type Streams, when } from '@dulian/event-sourcing'
import { awaitPosition, clockEvents } from '@dulian/service-host'
import { selfCheckTerm } from '../rules/routine-supervision.ts'
import { standingChecklistAt } from '../rules/standing-checklist.ts'
import type { SelfCheckEvent } from '../self-check/events.ts'
import { openSelfChecks } from '../self-check/open-self-checks.ts'
import type { SelfCheck } from '../self-check/state.ts'
import type { KnownSchools } from '../views/known-schools/queries.ts'
import type { SelfCheckViews } from '../views/self-checks/queries.ts'

/** Every day, page by page: schools that were not asked for this month's self-check yet are asked. Those registered meanwhile are, too. */
export function openSelfChecksWhenDayBegins(
  selfChecks: Streams<SelfCheck, SelfCheckEvent>,
  { schools, views }: { readonly schools: KnownSchools; readonly views: SelfCheckViews },
) {
  return definePolicy('open-self-checks-when-day-begins', [
    when(clockEvents, {
      DayBegan: async ({ data, envelope }, context) => {
        if (!ruleAt(selfCheckTerm, data.date).value.openedByClock) return
        // The views must know of everything there was before this day began.
        await awaitPosition(schools.view, envelope.position)
        await awaitPosition(views.view, envelope.position)
        const period = data.date.slice(0, 7)
        for await (const page of schools.pagesOfOpenSchools()) {
          const asked = await views.schoolsAsked(
            period,
            page.map(({ schoolId }) => schoolId),
          )
          const left = page.filter(({ schoolId }) => !asked.has(schoolId))
          for (const [office, ofOffice] of Map.groupBy(left, (school) => school.office)) {
            await openSelfChecks(
              selfChecks,
              { ...context, office },
              {
                period,
                schools: ofOffice,
                checklistFor: (kind) => standingChecklistAt(office, data.date, kind),
                openedOn: data.date,
                by: null,
              },
            )
          }
        }
      },
    }),
  ])
}

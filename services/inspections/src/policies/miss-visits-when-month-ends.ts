import { definePolicy, type Streams, when } from '@dulian/event-sourcing'
import { awaitPosition, clockEvents } from '@dulian/service-host'
import type { VisitViews } from '../views/visits/queries.ts'
import { missVisit } from '../visit/decide.ts'
import type { VisitEvent } from '../visit/events.ts'
import type { Visit } from '../visit/state.ts'

/** On the first day of a month (or the first one the service sees of it) what was due before it is recorded as missed. */
export function missVisitsWhenMonthEnds(visits: Streams<Visit, VisitEvent>, views: VisitViews) {
  return definePolicy('miss-visits-when-month-ends', [
    when(clockEvents, {
      DayBegan: async ({ data, envelope }, context) => {
        // The view must know of everything scheduled before this day began.
        await awaitPosition(views.view, envelope.position)
        const firstOfMonth = `${data.date.slice(0, 7)}-01`
        for (const visit of await views.listPendingBefore(firstOfMonth)) {
          await visits.execute(
            visit.visitId,
            { ...context, office: visit.office },
            { decide: (state) => missVisit({ date: data.date }, state) },
          )
        }
      },
    }),
  ])
}

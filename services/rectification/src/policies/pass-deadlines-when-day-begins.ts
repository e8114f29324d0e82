import { definePolicy, type Streams, when } from '@dulian/event-sourcing'
import { awaitPosition, clockEvents, type ViewReader } from '@dulian/service-host'
import { passDeadline } from '../problem/decide.ts'
import type { ProblemEvent } from '../problem/events.ts'
import type { Problem } from '../problem/state.ts'
import { listOverdueBefore } from '../views/deadlines/queries.ts'

/** The day after a limit, once: limits include their last day whatever day of the week it is. */
export function passDeadlinesWhenDayBegins(problems: Streams<Problem, ProblemEvent>, deadlines: ViewReader) {
  return definePolicy('pass-deadlines-when-day-begins', [
    when(clockEvents, {
      DayBegan: async ({ data, envelope }, context) => {
        // The view must know of every limit set before this day began.
        await awaitPosition(deadlines, envelope.position)
        for (const { office, problemId } of await listOverdueBefore(deadlines, data.date)) {
          await problems.execute(
            problemId,
            { ...context, office },
            { decide: (state) => passDeadline({ date: data.date }, state) },
          )
        }
      },
    }),
  ])
}

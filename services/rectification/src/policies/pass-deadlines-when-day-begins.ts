import { definePolicy, type Streams, when } from '@dulian/event-sourcing'
import { clockEvents, type ViewReader } from '@dulian/service-host'
import { rectificationError } from '../errors.ts'
import { passDeadline } from '../problem/decide.ts'
import type { ProblemEvent } from '../problem/events.ts'
import type { Problem } from '../problem/state.ts'
import { listOverdueBefore } from '../views/deadlines/queries.ts'

const PATIENCE = 10_000

/** The day after a limit, once: limits include their last day whatever day of the week it is. */
export function passDeadlinesWhenDayBegins(problems: Streams<Problem, ProblemEvent>, deadlines: ViewReader) {
  return definePolicy('pass-deadlines-when-day-begins', [
    when(clockEvents, {
      DayBegan: async ({ data, envelope }, context) => {
        // The view must know of every limit set before this day began.
        if (!(await deadlines.waitFor(envelope.position, PATIENCE))) throw rectificationError('VIEW_IS_BEHIND')
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

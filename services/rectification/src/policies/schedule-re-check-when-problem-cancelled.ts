import type { Calendar } from '@dulian/calendar'
import { referenceTo, ruleAt } from '@dulian/dated-rules'
import { definePolicy, type Streams, streamOf, when } from '@dulian/event-sourcing'
import { scheduleReCheck } from '../problem/decide-aftercare.ts'
import { type ProblemEvent, problemEvents, type ReCheckScheduled } from '../problem/events.ts'
import type { Problem } from '../problem/state.ts'
import { reCheckTerm } from '../rules/aftercare-rules.ts'

/** The days of 回头看 by the rule of the day of 销号, or from the day the office chose. */
export function reCheckAfter(cancelledOn: string, calendar: Calendar, chosen?: string): ReCheckScheduled {
  const rule = ruleAt(reCheckTerm, cancelledOn)
  const from = chosen ?? calendar.addWorkingDays(cancelledOn, rule.value.afterWorkingDays)
  return { from, dueOn: calendar.addWorkingDays(from, rule.value.withinWorkingDays), rule: referenceTo(rule) }
}

/** The cancelling command schedules its re-check itself; this is for what was cancelled before there were any. */
export function scheduleReCheckWhenProblemCancelled(problems: Streams<Problem, ProblemEvent>, calendar: Calendar) {
  return definePolicy('schedule-re-check-when-problem-cancelled', [
    when(problemEvents, {
      ProblemCancelled: async (event, context) => {
        const { id } = streamOf(event)
        await problems.execute(id, context, {
          decide: (state) =>
            // The problem may have been opened and cancelled again since; the newest cancellation counts.
            state.stage === 'cancelled'
              ? scheduleReCheck(reCheckAfter(state.cancellation.cancelledOn, calendar), state)
              : [],
        })
      },
    }),
  ])
}

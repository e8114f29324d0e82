import { definePolicy, type Policy, streamOf, when } from '@dulian/event-sourcing'
import type { Office } from '../office.ts'
import { planEvents } from '../plan/events.ts'
import { assignTasks } from '../task/assign-tasks.ts'

/** Every task of an adopted plan is assigned (G4, G5), also when the adoption was cut off half-way. */
export function assignTasksWhenPlanAdopted(office: Pick<Office, 'tasks'>): Policy {
  return definePolicy('assign-tasks-when-plan-adopted', [
    when(planEvents, {
      PlanAdopted: async (event, context) => {
        await assignTasks(office, streamOf(event).id, event.data, context)
      },
    }),
  ])
}

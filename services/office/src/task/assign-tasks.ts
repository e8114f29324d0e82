import { type CommandContext, type Executed, followUp } from '@dulian/event-sourcing'
import type { Office } from '../office.ts'
import type { PlanAdopted } from '../plan/events.ts'
import { assignTask } from './decide.ts'
import type { Task } from './state.ts'

/** Makes a task of everything an adoption decided; one that exists already stays as it is. */
export async function assignTasks(
  office: Pick<Office, 'tasks'>,
  planId: string,
  adopted: PlanAdopted,
  context: CommandContext,
): Promise<readonly Executed<Task>[]> {
  return await Promise.all(
    adopted.tasks.map(({ taskId, ...task }) =>
      office.tasks.execute(taskId, followUp(context, taskId), {
        decide: (state) => assignTask({ planId, planTitle: adopted.planTitle, ...task }, state),
      }),
    ),
  )
}

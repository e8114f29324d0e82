import type { Platform } from '@dulian/service-host'
import { planStream } from './plan/plan.ts'
import { taskStream } from './task/task.ts'
import { plansProjection } from './views/plans/projection.ts'
import { tasksProjection } from './views/tasks/projection.ts'

/** The service's streams, views and files bound to a platform: what routes and policies take as their argument. */
export function bindOffice(platform: Platform) {
  return {
    files: platform.files,
    clock: platform.clock,
    store: platform.store,
    plans: platform.streams(planStream),
    tasks: platform.streams(taskStream),
    plansView: platform.view(plansProjection),
    tasksView: platform.view(tasksProjection),
  }
}

export type Office = ReturnType<typeof bindOffice>

import type { Projection } from '@dulian/event-sourcing'
import type { ViewsOverTime } from '@dulian/history/http'
import type { Platform } from '@dulian/service-host'
import { planStream } from './plan/plan.ts'
import { taskStream } from './task/task.ts'
import { plansProjection } from './views/plans/projection.ts'
import { plansHistory } from './views/plans-history/projection.ts'
import { tasksProjection } from './views/tasks/projection.ts'
import { tasksHistory } from './views/tasks-history/projection.ts'

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
    /** The lists with their past. */
    past: {
      plans: overTime(platform, plansProjection, plansHistory),
      tasks: overTime(platform, tasksProjection, tasksHistory),
    },
  }
}

function overTime({ view, clock }: Platform, live: Projection, history: Projection): ViewsOverTime {
  return { live: view(live), history: view(history), clock }
}

export type Office = ReturnType<typeof bindOffice>

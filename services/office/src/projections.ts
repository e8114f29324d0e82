import type { Projection } from '@dulian/event-sourcing'
import { fileOwners } from './views/file-owners/projection.ts'
import { plansProjection } from './views/plans/projection.ts'
import { plansHistory } from './views/plans-history/projection.ts'
import { tasksProjection } from './views/tasks/projection.ts'
import { tasksHistory } from './views/tasks-history/projection.ts'

/** Every view of this service; a rebuild loads this module in a worker. */
export const projections: readonly Projection[] = [
  plansProjection,
  tasksProjection,
  plansHistory,
  tasksHistory,
  fileOwners,
]

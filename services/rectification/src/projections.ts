import type { Projection } from '@dulian/event-sourcing'
import { deadlinesProjection } from './views/deadlines/projection.ts'
import { decisionsProjection } from './views/decisions/projection.ts'
import { decisionsHistory } from './views/decisions-history/projection.ts'
import { feedbacksProjection } from './views/feedbacks/projection.ts'
import { fileOwners } from './views/file-owners/projection.ts'
import { noticesProjection } from './views/notices/projection.ts'
import { noticesHistory } from './views/notices-history/projection.ts'
import { problemHistoryProjection } from './views/problem-history/projection.ts'
import { problemsProjection } from './views/problems/projection.ts'

/** Every view of this service; a rebuild loads this module in a worker, so nothing of HTTP may hang on it. */
export const projections: readonly Projection[] = [
  problemsProjection,
  problemHistoryProjection,
  decisionsProjection,
  noticesProjection,
  deadlinesProjection,
  decisionsHistory,
  noticesHistory,
  feedbacksProjection,
  fileOwners,
]

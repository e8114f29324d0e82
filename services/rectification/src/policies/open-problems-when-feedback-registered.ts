import {
  type CommandContext,
  comparePositions,
  definePolicy,
  followUp,
  parseStreamName,
  START,
  when,
} from '@dulian/event-sourcing'
import { awaitPosition } from '@dulian/service-host'
import { type FeedbackRegistered, feedbackEvents } from '../feedback/events.ts'
import { type OpenOrReopenOptions, openOrReopen } from '../problem/open-or-reopen.ts'
import type { ProblemViews } from '../views/problems/queries.ts'

export interface OpenedProblems {
  readonly position: string
  readonly opened: number
  readonly reopened: number
}

/** Opens each listed problem, or lets the old one rebound; what is there already stays as it is. */
export async function openProblems(
  options: OpenOrReopenOptions,
  context: CommandContext,
  feedbackId: string,
  registered: FeedbackRegistered,
): Promise<OpenedProblems> {
  let position = START
  let reopened = 0
  const { source, files, problems, registeredOn, registeredBy } = registered
  for (const item of problems) {
    const { problemId, ...facts } = item
    const done = await openOrReopen(options, followUp(context, problemId), {
      problemId,
      cause: 'entry',
      foundOn: registeredOn,
      foundBy: registeredBy,
      opening: {
        ...facts,
        source,
        feedbackId,
        evidence: files,
        origin: null,
        findingId: null,
        visitId: null,
        taskId: null,
        openedOn: registeredOn,
        openedBy: registeredBy,
      },
    })
    if (done.reopened) reopened += 1
    if (comparePositions(done.position, position) > 0) position = done.position
  }
  return { position, reopened, opened: problems.length - reopened }
}

/** Finishes what the registering command began, should it have been cut off between the document and its problems. */
export function openProblemsWhenFeedbackRegistered(
  options: Omit<OpenOrReopenOptions, 'views'> & { readonly views: Pick<ProblemViews, 'view' | 'findSameGround'> },
) {
  return definePolicy('open-problems-when-feedback-registered', [
    when(feedbackEvents, {
      FeedbackRegistered: async ({ data, envelope }, context) => {
        await awaitPosition(options.views.view, envelope.position)
        await openProblems(options, context, parseStreamName(envelope.stream).id, data)
      },
    }),
  ])
}

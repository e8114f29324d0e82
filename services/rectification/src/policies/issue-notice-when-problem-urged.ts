import { type CommandContext, definePolicy, parseStreamName, type Streams, when } from '@dulian/event-sourcing'
import { type ProblemUrged, problemEvents } from '../problem/events.ts'
import { issueUrgingNotice } from '../urging-notice/decide.ts'
import type { UrgingNoticeEvent } from '../urging-notice/events.ts'
import type { UrgingNotice } from '../urging-notice/state.ts'

/** Issues the notice that belongs to an urging, once. Answers where it stands in the store. */
export async function issueNotice(
  notices: Streams<UrgingNotice, UrgingNoticeEvent>,
  context: CommandContext,
  problemId: string,
  urged: ProblemUrged,
): Promise<string> {
  const { position } = await notices.execute(urged.noticeId, context, {
    decide: (state) => issueUrgingNotice({ problemId, urged }, state),
  })
  return position
}

/** Finishes what the urging command began, should it have been cut off between the problem and its notice. */
export function issueNoticeWhenProblemUrged(notices: Streams<UrgingNotice, UrgingNoticeEvent>) {
  return definePolicy('issue-notice-when-problem-urged', [
    when(problemEvents, {
      ProblemUrged: async ({ data, envelope }, context) => {
        await issueNotice(notices, context, parseStreamName(envelope.stream).id, data)
      },
    }),
  ])
}

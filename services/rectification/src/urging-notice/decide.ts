import type { ProblemUrged } from '../problem/events.ts'
import type { UrgingNoticeEvent } from './events.ts'
import type { UrgingNotice } from './state.ts'

/** The notice that belongs to an urging; once. */
export function issueUrgingNotice(
  command: { readonly problemId: string; readonly urged: ProblemUrged },
  state: UrgingNotice,
): UrgingNoticeEvent[] {
  if (state.stage !== 'none') return []
  const { noticeId: _, dueOn, urgedOn, urgedBy, ...facts } = command.urged
  return [
    {
      type: 'UrgingNoticeIssued',
      data: { ...facts, problemId: command.problemId, newDueOn: dueOn, issuedOn: urgedOn, issuedBy: urgedBy },
    },
  ]
}

import { rectificationError } from '../errors.ts'
import type { Person, ProblemUrged } from '../problem/events.ts'
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

/** 签收, once. Errors: `NOTICE_NOT_FOUND`. */
export function receiveUrgingNotice(
  command: { readonly receivedOn: string; readonly receivedBy: Person },
  state: UrgingNotice,
): UrgingNoticeEvent[] {
  if (state.stage === 'none') throw rectificationError('NOTICE_NOT_FOUND')
  if (state.stage === 'received') return []
  return [{ type: 'UrgingNoticeReceived', data: { ...command, problemId: state.issued.problemId } }]
}

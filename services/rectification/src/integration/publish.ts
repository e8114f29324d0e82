import { problemCancelled, problemOpened, problemRebounded, urgingNoticeIssued } from '@dulian/contracts'
import { parseStreamName } from '@dulian/event-sourcing'
import { announce, type PublicationPart } from '@dulian/service-host'
import { keyOf } from '../problem/decide.ts'
import { problemEvents } from '../problem/events.ts'
import { urgingNoticeEvents } from '../urging-notice/events.ts'

/** What the others hear of a problem: that it is open, urged, cancelled, open again. */
export const publishes: readonly PublicationPart[] = [
  announce(problemEvents, {
    ProblemOpened: ({ data, envelope }) => {
      const { office, id: problemId } = parseStreamName(envelope.stream)
      return [{ contract: problemOpened, data: { office, problemId, ...keyOf(data), openedOn: data.openedOn } }]
    },
    ProblemCancelled: ({ data, envelope }) => {
      const { office, id: problemId } = parseStreamName(envelope.stream)
      return [
        { contract: problemCancelled, data: { office, problemId, ...keyOf(data), cancelledAt: data.cancelledAt } },
      ]
    },
    ReboundFound: ({ data, envelope }) => {
      const { office, id: problemId } = parseStreamName(envelope.stream)
      const { foundOn: reboundedOn, times } = data
      return [{ contract: problemRebounded, data: { office, problemId, ...keyOf(data), reboundedOn, times } }]
    },
  }),
  announce(urgingNoticeEvents, {
    UrgingNoticeIssued: ({ data, envelope }) => {
      const { office, id: noticeId } = parseStreamName(envelope.stream)
      const { problemId, documentNumber, newDueOn } = data
      return [
        {
          contract: urgingNoticeIssued,
          data: { office, problemId, ...keyOf(data), noticeId, documentNumber, newDueOn },
        },
      ]
    },
  }),
]

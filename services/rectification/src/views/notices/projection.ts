import { defineProjection, on, parseStreamName } from '@dulian/event-sourcing'
import { type UrgingNoticeIssued, urgingNoticeEvents } from '../../urging-notice/events.ts'

export type NoticeDocument = UrgingNoticeIssued & {
  readonly office: string
  readonly noticeId: string
  readonly version: number
}

/** 督办通知, newest first. */
export const noticesProjection = defineProjection(
  {
    name: 'notices',
    revision: 1,
    collections: {
      notices: {
        indexes: {
          byDay: ['office', 'issuedOn', 'documentNumber'],
          byProblem: ['office', 'problemId', 'issuedOn', 'documentNumber'],
          bySchool: ['office', 'schoolId', 'issuedOn', 'documentNumber'],
          byZone: ['office', 'zoneId', 'issuedOn', 'documentNumber'],
          bySupervisor: ['office', 'supervisorId', 'issuedOn', 'documentNumber'],
          byBody: ['office', 'body', 'issuedOn', 'documentNumber'],
        },
      },
    },
  },
  [
    on(urgingNoticeEvents, {
      UrgingNoticeIssued: ({ data, envelope }, unit) => {
        const { office, id: noticeId } = parseStreamName(envelope.stream)
        unit.put('notices', noticeId, { ...data, office, noticeId, version: envelope.version })
      },
    }),
  ],
)

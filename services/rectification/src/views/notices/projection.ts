import { defineProjection, on, parseStreamName } from '@dulian/event-sourcing'
import { type UrgingNoticeIssued, urgingNoticeEvents } from '../../urging-notice/events.ts'

export type NoticeDocument = UrgingNoticeIssued & {
  readonly office: string
  readonly noticeId: string
  readonly receivedOn: string | null
  readonly receivedBy: string | null
  readonly version: number
}

/** 督办通知, newest first. */
export const noticesProjection = defineProjection(
  {
    name: 'notices',
    revision: 2,
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
        const unread = { receivedOn: null, receivedBy: null }
        unit.put('notices', noticeId, { ...data, ...unread, office, noticeId, version: envelope.version })
      },
      UrgingNoticeReceived: async ({ data, envelope }, unit) => {
        const { id } = parseStreamName(envelope.stream)
        const notice = await unit.get<NoticeDocument>('notices', id)
        if (notice === undefined) return
        const { receivedOn, receivedBy } = data
        unit.put('notices', id, { ...notice, receivedOn, receivedBy: receivedBy.name, version: envelope.version })
      },
    }),
  ],
)

import { dated, defineHistory } from '@dulian/history'
import { urgingNoticeEvents } from '../../urging-notice/events.ts'
import { noticesProjection } from '../notices/projection.ts'

/** 督办通知 on any past day [N10]. */
export const noticesHistory = defineHistory({
  name: 'notices-history',
  revision: 1,
  of: noticesProjection,
  collections: { notices: {} },
  dated: [
    dated(urgingNoticeEvents, { UrgingNoticeIssued: { title: '发出督办通知', from: ({ issuedOn }) => issuedOn } }),
  ],
})

import { addDays } from '@dulian/calendar'
import { dated } from '@dulian/history'
import { postingEvents } from '../posting/events.ts'
import { schoolEvents } from '../school/events.ts'
import { supervisorEvents } from '../supervisor/events.ts'
import { zoneEvents } from '../zone/events.ts'

// From which day the facts of this service hold; what has no day of its own holds from the day it was recorded.

export const schoolDating = dated(schoolEvents, {
  SchoolRegistered: { title: '登记学校' },
  SchoolDetailsCorrected: { title: '更正学校信息', from: ({ effectiveFrom }) => effectiveFrom },
  EnrolmentReported: { title: '填报学生数', from: ({ asOf }) => asOf },
  SchoolClosed: { title: '学校撤并', from: ({ closedOn }) => closedOn },
})

/** A posting that ends has its last day in the event; nobody answers from the day after. */
export const postingDating = dated(postingEvents, {
  SupervisorPosted: { title: '挂牌督导', from: ({ from }) => from },
  PostingReplaced: { title: '更换责任督学', from: ({ from }) => from },
  PostingEnded: { title: '结束挂牌督导', from: ({ on }) => addDays(on, 1) },
})

export const supervisorDating = dated(supervisorEvents, {
  SupervisorRegistered: { title: '登记督学' },
  SupervisorDetailsCorrected: { title: '更正督学信息', from: ({ effectiveFrom }) => effectiveFrom },
  SupervisorAppointed: { title: '聘任', from: ({ termFrom }) => termFrom },
  SupervisorReappointed: { title: '续聘', from: ({ termFrom }) => termFrom },
  CertificateIssued: { title: '颁发督学证', from: ({ issuedOn }) => issuedOn },
  TermNearingEnd: { title: '任期将满', from: ({ noticedOn }) => noticedOn },
  TermEnded: { title: '任期届满', from: ({ termTo }) => addDays(termTo, 1) },
  SupervisorDismissed: { title: '解聘（解任）', from: ({ on }) => on },
})

export const zoneDating = dated(zoneEvents, {
  ZoneEstablished: { title: '设立责任区' },
  ZoneHeadNamed: { title: '确定组长' },
})

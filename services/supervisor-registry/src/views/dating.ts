import { addDays } from '@dulian/calendar'
import { ruleAt } from '@dulian/dated-rules'
import { dated } from '@dulian/history'
import { activitySheetEvents } from '../activity-sheet/events.ts'
import { committeeEvents } from '../committee/events.ts'
import { postingEvents } from '../posting/events.ts'
import { relationEvents } from '../relation/events.ts'
import { termNoticeDays } from '../rules/supervision-rules.ts'
import { schoolEvents } from '../school/events.ts'
import { supervisorEvents } from '../supervisor/events.ts'
import { talentEvents } from '../talent/events.ts'
import { zoneEvents } from '../zone/events.ts'

// From which day the facts of this service hold; what has no day of its own holds from the day it was recorded.

/** Before all days: what was entered in error never was, from the thing's own first day on. */
const NEVER_WAS = '0001-01-01'

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
  TermNearingEnd: { title: '任期将满', from: ({ termTo, noticedOn }) => earlier(noticedOn, noticeDayOf(termTo)) },
  TermEnded: { title: '任期届满', from: ({ termTo }) => addDays(termTo, 1) },
  SupervisorDismissed: { title: '解聘（解任）', from: ({ on }) => on },
})

export const zoneDating = dated(zoneEvents, {
  ZoneEstablished: { title: '设立责任区' },
  ZoneHeadNamed: { title: '确定组长' },
})

/** Standing is a matter of procedure and counts from its recording; the tie itself from its own days. */
export const relationDating = dated(relationEvents, {
  RelationDeclared: { title: '申报（登记）回避关系', from: ({ fact }) => fact.from },
  RelationVerified: { title: '核实' },
  RelationContested: { title: '提出异议' },
  RelationEnded: { title: '登记结束', from: ({ fact }) => (fact.to === null ? null : addDays(fact.to, 1)) },
  RelationWithdrawn: { title: '撤销误登的回避关系', from: () => NEVER_WAS },
})

export const talentDating = dated(talentEvents, {
  TalentListed: { title: '列入名单', from: ({ on }) => on },
  TalentStepNoted: { title: '记录培养', from: ({ on }) => on },
  TalentDelisted: { title: '出库', from: ({ on }) => on },
})

export const activityDating = dated(activitySheetEvents, {
  ActivityRecorded: { title: '登记活动', from: ({ on }) => on },
  ActivityStruck: { title: '撤销误登的活动', from: () => NEVER_WAS },
})

/** Who leaves does so at the end of the last day. */
export const committeeDating = dated(committeeEvents, {
  MemberBodySeated: { title: '增加成员单位', from: ({ from }) => from },
  MemberBodyRenamed: { title: '成员单位更名', from: ({ from }) => from },
  MemberBodyLeft: { title: '成员单位退出', from: ({ to }) => addDays(to, 1) },
  SeatChanged: { title: '任职', from: ({ from }) => from },
  SeatVacated: { title: '免职', from: ({ to }) => addDays(to, 1) },
  LiaisonNamed: { title: '确定联络员', from: ({ from }) => from },
  LiaisonEnded: { title: '联络员结束', from: ({ to }) => addDays(to, 1) },
})

/** A term entered late was near its end before anybody could notice it. */
function noticeDayOf(termTo: string): string {
  return addDays(termTo, 1 - ruleAt(termNoticeDays, termTo).value.amount)
}

function earlier(one: string, other: string): string {
  return one < other ? one : other
}

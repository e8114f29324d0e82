import { chinaDate } from '@dulian/calendar'
import { dated } from '@dulian/history'
import { clockEvents } from '@dulian/service-host'
import { bulletinEvents } from '../bulletin/events.ts'
import { campaignEvents } from '../campaign/events.ts'
import { inbox } from '../integration/consume.ts'
import { monthlyDutyEvents } from '../monthly-duty/events.ts'
import { selfCheckEvents } from '../self-check/events.ts'
import { visitEvents } from '../visit/events.ts'
import { zoneSummaryEvents } from '../zone-summary/events.ts'

// From which day the facts of this service hold; what has no day of its own holds from the day it was recorded.

export const visitDating = dated(visitEvents, {
  // A visit entered after it took place was there on its day; one planned ahead is there from when it is planned.
  VisitScheduled: {
    title: '安排督查',
    from: ({ scheduledFor }, recordedOn) => (scheduledFor < recordedOn ? scheduledFor : null),
  },
  VisitStarted: { title: '到校', from: ({ startedAt }) => chinaDate(startedAt) },
  VisitRecorded: { title: '提交督查记录', from: ({ visitedOn }) => visitedOn },
  FindingConfirmed: { title: '确认问题', from: ({ confirmedAt }) => chinaDate(confirmedAt) },
  FindingDismissed: { title: '不予采纳' },
  VisitCancelled: { title: '取消督查' },
  VisitMissed: { title: '当月未走访', from: ({ noticedOn }) => noticedOn },
})

export const dutyDating = dated(monthlyDutyEvents, {
  MonthlyVisitDue: { title: '每月进校任务开始' },
  MonthlyVisitReassigned: { title: '改由他人负责', from: ({ from }) => from },
  // A visit told of late counts from the day on which it was made.
  MonthlyVisitCounted: { title: '走访计入', from: ({ visitedOn }) => visitedOn },
  MonthlyVisitMissed: { title: '当月未走访', from: ({ noticedOn }) => noticedOn },
  MonthlyVisitWaived: { title: '学校撤并，不再要求', from: ({ closedOn }) => closedOn },
})

// A clock that stood still opens the month later than on its day.
export const selfCheckDating = dated(selfCheckEvents, {
  SelfCheckOpened: { title: '开启学校自查', from: ({ openedOn }) => openedOn },
  SelfCheckSubmitted: { title: '提交自查', from: ({ submittedOn }) => submittedOn },
  SelfCheckReturned: { title: '退回自查', from: ({ returnedOn }) => returnedOn },
})

export const zoneSummaryDating = dated(zoneSummaryEvents, {
  ZoneSummarySubmitted: { title: '提交责任区汇总', from: ({ submittedOn }) => submittedOn },
  ZoneSummaryReturned: { title: '退回责任区汇总', from: ({ returnedOn }) => returnedOn },
})

export const bulletinDating = dated(bulletinEvents, {
  BulletinDrafted: { title: '起草通报', from: ({ draftedOn }) => draftedOn },
  BulletinReworded: { title: '修改通报' },
  BulletinIssued: { title: '印发通报', from: ({ issuedOn }) => issuedOn },
})

export const campaignDating = dated(campaignEvents, {
  CampaignPlanned: { title: '拟定督导方案' },
  CampaignReplanned: { title: '修改督导方案' },
  CampaignOpened: { title: '启动督导', from: ({ openedOn }) => openedOn },
  CampaignVisitAssigned: { title: '派督学到校', from: ({ assignedOn }) => assignedOn },
  CampaignVisitRefused: { title: '没有派成' },
  CampaignClosed: { title: '结束督导', from: ({ closedOn }) => closedOn },
  CampaignCancelled: { title: '取消督导' },
})

export const toldDating = dated(inbox, {
  SchoolRegistered: { title: '登记学校' },
  SchoolChanged: { title: '学校信息变更', from: ({ validFrom }) => validFrom ?? null },
  SchoolClosed: { title: '学校撤并', from: ({ closedOn }) => closedOn },
  PostingChanged: { title: '挂牌督导变更', from: ({ from }) => from },
  ProblemOpened: { title: '问题立案', from: ({ openedOn }) => openedOn },
  ProblemCancelled: { title: '问题销号', from: ({ cancelledAt }) => chinaDate(cancelledAt) },
  ProblemRebounded: { title: '问题反弹', from: ({ reboundedOn }) => reboundedOn },
})

/** A posting announced ahead takes effect when its day begins. */
export const dayDating = dated(clockEvents, { DayBegan: { title: '挂牌督导生效', from: ({ date }) => date } })

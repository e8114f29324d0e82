import { EventLog } from '@dulian/event-sourcing/testing'
import { sheetIdOf } from '../src/activity-sheet/activity-sheet.ts'
import { activitySheetEvents } from '../src/activity-sheet/events.ts'
import { committeeEvents } from '../src/committee/events.ts'
import { talentEvents } from '../src/talent/events.ts'

export const officeIds = {
  body: '0197a000-0000-7000-8000-000000000701',
  otherBody: '0197a000-0000-7000-8000-000000000702',
  kept: '0197a000-0000-7000-8000-000000000801',
  struck: '0197a000-0000-7000-8000-000000000802',
  talent: '0197a000-0000-7000-8000-000000000901',
}

export const liaison = {
  bodyId: officeIds.body,
  personName: '示例联络员',
  section: '教科文科',
  phone: '13800000002',
  from: '2021-09-01',
}

/** A committee through everything that can happen to it. */
export function committeeStory(): EventLog {
  const { body: bodyId, otherBody: otherId } = officeIds
  const director = { seatId: 'director', role: 'director', bodyId: null, supervisorId: null } as const
  return new EventLog().add(
    committeeEvents,
    'committee-yongchuan-board',
    { type: 'MemberBodySeated', data: { bodyId, name: '示例区财政局', from: '2021-09-01' } },
    { type: 'MemberBodySeated', data: { bodyId: otherId, name: '示例区民政局', from: '2021-09-01' } },
    { type: 'SeatChanged', data: { ...director, personName: '示例主任甲', personTitle: '副区长', from: '2021-09-01' } },
    { type: 'LiaisonNamed', data: liaison },
    { type: 'SeatChanged', data: { ...director, personName: '示例主任乙', personTitle: '副区长', from: '2024-03-01' } },
    {
      type: 'MemberBodyRenamed',
      data: { bodyId, name: '示例区财政和国资局', formerName: '示例区财政局', from: '2024-03-01' },
    },
    { type: 'LiaisonNamed', data: { ...liaison, personName: '示例联络员乙', from: '2025-01-01' } },
    { type: 'LiaisonEnded', data: { bodyId, to: '2026-01-31', reason: '轮岗' } },
    { type: 'SeatVacated', data: { seatId: 'director', role: 'director', to: '2026-02-28', reason: '工作变动' } },
    { type: 'MemberBodyLeft', data: { bodyId: otherId, name: '示例区民政局', to: '2026-02-28', reason: '机构改革' } },
  )
}

/** Two activities of one day, one of them struck. */
export function activityStory(): EventLog {
  const supervisorId = '0197a000-0000-7000-8000-000000000501'
  const activity = {
    supervisorId,
    supervisorName: '示例督学甲',
    on: '2026-03-02',
    kind: 'guidance-research',
    title: '春季开学调研',
    text: '到三所学校调研。',
  } as const
  return new EventLog().add(
    activitySheetEvents,
    `activitySheet-yongchuan-${sheetIdOf(supervisorId, '2026-03-02')}`,
    { type: 'ActivityRecorded', data: { ...activity, activityId: officeIds.kept } },
    { type: 'ActivityRecorded', data: { ...activity, activityId: officeIds.struck } },
    { type: 'ActivityStruck', data: { activityId: officeIds.struck, reason: '重复录入' } },
  )
}

/** Listed, prepared in two steps, and appointed. */
export function talentStory(): EventLog {
  const id = officeIds.talent
  const talent = {
    name: '示例后备甲',
    homeUnit: '示例第一小学',
    field: '小学教育',
    aim: 'school-supervisor',
    supervisorId: null,
    recommendedBy: '示例责任区',
    plan: '跟岗一学期。',
    on: '2026-03-01',
  } as const
  return new EventLog().add(
    talentEvents,
    `talent-yongchuan-${id}`,
    { type: 'TalentListed', data: talent },
    { type: 'TalentStepNoted', data: { stepId: id, on: '2026-04-01', text: '跟岗督查。' } },
    { type: 'TalentStepNoted', data: { stepId: id.replace('901', '902'), on: '2026-05-01', text: '任职资格培训。' } },
    { type: 'TalentDelisted', data: { outcome: 'appointed', on: '2026-09-01', reason: '聘为责任督学' } },
  )
}

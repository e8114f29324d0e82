import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EventLog, project, projectionSuite } from '@dulian/event-sourcing/testing'
import { talentEvents } from '../../talent/events.ts'
import { TALENTS, type TalentDocument, talentsProjection } from './projection.ts'

const id = '0197a000-0000-7000-8000-000000000901'
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
const { events } = new EventLog().add(
  talentEvents,
  `talent-yongchuan-${id}`,
  { type: 'TalentListed', data: talent },
  { type: 'TalentStepNoted', data: { stepId: id, on: '2026-04-01', text: '跟岗督查。' } },
  { type: 'TalentStepNoted', data: { stepId: id.replace('901', '902'), on: '2026-05-01', text: '任职资格培训。' } },
  { type: 'TalentDelisted', data: { outcome: 'appointed', on: '2026-09-01', reason: '聘为责任督学' } },
)

test('[R16] the talent list shows the steps so far and how it ended', async () => {
  const on = async (count: number) =>
    (await project(talentsProjection, events.slice(0, count))).document<TalentDocument>(TALENTS, id)
  assert.deepEqual([(await on(3))?.state, (await on(3))?.steps, (await on(3))?.lastStepOn], ['listed', 2, '2026-05-01'])
  assert.deepEqual([(await on(4))?.state, (await on(4))?.outcome, (await on(4))?.steps], ['delisted', 'appointed', 2])
})

projectionSuite(talentsProjection, events)

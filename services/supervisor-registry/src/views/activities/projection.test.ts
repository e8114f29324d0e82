import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EventLog, project, projectionSuite } from '@dulian/event-sourcing/testing'
import { sheetIdOf } from '../../activity-sheet/activity-sheet.ts'
import { activitySheetEvents } from '../../activity-sheet/events.ts'
import { ACTIVITIES, type ActivityDocument, activitiesProjection } from './projection.ts'

const supervisorId = '0197a000-0000-7000-8000-000000000501'
const kept = '0197a000-0000-7000-8000-000000000801'
const struck = '0197a000-0000-7000-8000-000000000802'
const activity = {
  supervisorId,
  supervisorName: '示例督学甲',
  on: '2026-03-02',
  kind: 'guidance-research',
  title: '春季开学调研',
  text: '到三所学校调研。',
} as const
const { events } = new EventLog().add(
  activitySheetEvents,
  `activitySheet-yongchuan-${sheetIdOf(supervisorId, '2026-03-02')}`,
  { type: 'ActivityRecorded', data: { ...activity, activityId: kept } },
  { type: 'ActivityRecorded', data: { ...activity, activityId: struck } },
  { type: 'ActivityStruck', data: { activityId: struck, reason: '重复录入' } },
)

test('[R16] an activity stands under its year; a struck one does not', async () => {
  const documents = (await project(activitiesProjection, events)).documents<ActivityDocument>(ACTIVITIES)
  assert.deepEqual(
    documents.map(({ activityId, year }) => [activityId, year]),
    [[kept, '2026']],
  )
})

projectionSuite(activitiesProjection, events)

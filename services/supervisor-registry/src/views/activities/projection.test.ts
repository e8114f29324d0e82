import assert from 'node:assert/strict'
import { test } from 'node:test'
import { project, projectionSuite } from '@dulian/event-sourcing/testing'
import { activityStory, officeIds } from '../../../test/office-story.ts'
import { ACTIVITIES, type ActivityDocument, activitiesProjection } from './projection.ts'

const { events } = activityStory()

test('[R16] an activity stands under its year; a struck one does not', async () => {
  const documents = (await project(activitiesProjection, events)).documents<ActivityDocument>(ACTIVITIES)
  assert.deepEqual(
    documents.map(({ activityId, year }) => [activityId, year]),
    [[officeIds.kept, '2026']],
  )
})

projectionSuite(activitiesProjection, events)

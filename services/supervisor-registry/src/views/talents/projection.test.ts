import assert from 'node:assert/strict'
import { test } from 'node:test'
import { project, projectionSuite } from '@dulian/event-sourcing/testing'
import { officeIds, talentStory } from '../../../test/office-story.ts'
import { TALENTS, type TalentDocument, talentsProjection } from './projection.ts'

const { talent: id } = officeIds
const { events } = talentStory()

test('[R16] the talent list shows the steps so far and how it ended', async () => {
  const on = async (count: number) =>
    (await project(talentsProjection, events.slice(0, count))).document<TalentDocument>(TALENTS, id)
  assert.deepEqual([(await on(3))?.state, (await on(3))?.steps, (await on(3))?.lastStepOn], ['listed', 2, '2026-05-01'])
  assert.deepEqual([(await on(4))?.state, (await on(4))?.outcome, (await on(4))?.steps], ['delisted', 'appointed', 2])
})

projectionSuite(talentsProjection, events)

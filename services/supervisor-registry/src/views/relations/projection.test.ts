import assert from 'node:assert/strict'
import { test } from 'node:test'
import { project, projectionSuite } from '@dulian/event-sourcing/testing'
import { ids, registryStory } from '../../../test/registry-story.ts'
import { RELATIONS, type RelationDocument, relationsProjection } from './projection.ts'

const { events } = registryStory()

test('[R14] a tie shows its standing, its last day and what was last said about it', async () => {
  const view = await project(relationsProjection, events)
  const spouse = view.document<RelationDocument>(RELATIONS, ids.spouse)
  assert.equal(spouse?.standing, 'verified')
  assert.equal(spouse?.to, '2026-10-31')
  assert.equal(spouse?.source, 'supervisor')
  assert.equal(spouse?.relativeName, '示例亲属')
  const desk = view.document<RelationDocument>(RELATIONS, ids.desk)
  assert.equal(desk?.standing, 'withdrawn')
  assert.equal(desk?.remark, '借调未成')
})

projectionSuite(relationsProjection, events)

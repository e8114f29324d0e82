import assert from 'node:assert/strict'
import { test } from 'node:test'
import { project, projectionSuite } from '@dulian/event-sourcing/testing'
import { ids, registryStory } from '../../../test/registry-story.ts'
import { SCHOOLS, type SchoolDocument, schoolsProjection } from './projection.ts'

const { events } = registryStory()

test('[R6] a school shows its newest details, its zone and who answers for it', async () => {
  const view = await project(schoolsProjection, events)
  const first = view.document<SchoolDocument>(SCHOOLS, ids.first)
  assert.equal(first?.name, '示例实验小学')
  assert.equal(first?.zoneName, '山区责任区')
  assert.equal(first?.enrolment, 1302)
  assert.equal(first?.supervisorName, '示例督学乙')
  assert.equal(first?.postedFrom, '2026-10-16')
  assert.ok(first?.tokens.includes('实验'))
})

test('a posting leaves the version of the school as it is: it is that of its own stream', async () => {
  const view = await project(schoolsProjection, events)
  assert.equal(view.document<SchoolDocument>(SCHOOLS, ids.first)?.version, 3)
})

test('a closed school stays, with nobody posted', async () => {
  const second = (await project(schoolsProjection, events)).document<SchoolDocument>(SCHOOLS, ids.second)
  assert.equal(second?.status, 'closed')
  assert.equal(second?.closedOn, '2026-10-31')
  assert.equal(second?.supervisorId, null)
})

projectionSuite(schoolsProjection, events)

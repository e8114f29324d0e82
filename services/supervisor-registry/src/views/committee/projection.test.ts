import assert from 'node:assert/strict'
import { test } from 'node:test'
import { project, projectionSuite } from '@dulian/event-sourcing/testing'
import { committeeStory, liaison, officeIds } from '../../../test/office-story.ts'
import {
  BODIES,
  COMMITTEE_VERSIONS,
  type CommitteeVersion,
  committeeProjection,
  type MemberBodyDocument,
  TENURES,
  type TenureDocument,
} from './projection.ts'

const { body: bodyId, otherBody: otherId } = officeIds
const { events } = committeeStory()

test('[G1] a change is dated: who came before held the seat through the day before', async () => {
  const view = await project(committeeProjection, events)
  const rows = view.documents<TenureDocument>(TENURES).filter(({ role }) => role === 'director')
  assert.deepEqual(
    rows.map(({ personName, from, to }) => [personName, from, to]).toSorted(),
    [
      ['示例主任乙', '2024-03-01', '2026-02-28'],
      ['示例主任甲', '2021-09-01', '2024-02-29'],
    ].toSorted(),
  )
  assert.equal(view.document<CommitteeVersion>(COMMITTEE_VERSIONS, 'yongchuan')?.version, 10)
})

test('[G3] a body without a liaison is told from one that has one', async () => {
  const before = await project(committeeProjection, events.slice(0, 7))
  assert.equal(before.document<MemberBodyDocument>(BODIES, bodyId)?.liaisonName, '示例联络员乙')
  assert.equal(before.document<MemberBodyDocument>(BODIES, bodyId)?.hasLiaison, true)
  assert.equal(before.document<MemberBodyDocument>(BODIES, otherId)?.hasLiaison, false)
  const after = await project(committeeProjection, events)
  assert.equal(after.document<MemberBodyDocument>(BODIES, bodyId)?.hasLiaison, false)
  assert.equal(after.document<MemberBodyDocument>(BODIES, otherId)?.to, '2026-02-28')
})

test('[G3] no document of the view holds a whole phone number', async () => {
  const dump = JSON.stringify((await project(committeeProjection, events.slice(0, 4))).all())
  assert.ok(!dump.includes(liaison.phone))
  assert.ok(dump.includes('138****0002'))
})

projectionSuite(committeeProjection, events)

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ids, registryStory } from '../../test/registry-story.ts'
import { schoolChanges } from './changes.ts'
import { schoolEvents } from './events.ts'

const { events } = registryStory()
const changesOf = (schoolId: string) =>
  schoolChanges(
    events.filter(({ stream }) => stream === `school-yongchuan-${schoolId}`).map((event) => schoolEvents.decode(event)),
  )

test('[R6] a school tells its pupils by year, and what was corrected from what to what', () => {
  const { enrolments, corrections, closure } = changesOf(ids.first)
  assert.deepEqual(
    enrolments.map(({ year, asOf, enrolment }) => [year, asOf, enrolment]),
    [['2026', '2026-09-10', 1302]],
  )
  assert.deepEqual(corrections[0]?.fields, [
    { field: 'name', before: '示例第一小学', after: '示例实验小学' },
    { field: 'zoneName', before: '城区责任区', after: '山区责任区' },
  ])
  assert.equal(corrections[0]?.reason, '更名')
  assert.equal(closure, null)
})

test('a closed school tells when and why it closed', () => {
  assert.deepEqual(changesOf(ids.second).closure, { closedOn: '2026-10-31', reason: '并入示例第三幼儿园' })
})

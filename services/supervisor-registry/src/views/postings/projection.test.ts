import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EventLog, project, projectionSuite } from '@dulian/event-sourcing/testing'
import { ids, registryStory } from '../../../test/registry-story.ts'
import { postingEvents } from '../../posting/events.ts'
import { POSTINGS, type PostingDocument, postingsProjection } from './projection.ts'

const { events } = registryStory()
const rowsOf = async (story: EventLog, schoolId: string) =>
  Object.entries((await project(postingsProjection, story.events)).all())
    .filter(([key]) => key.startsWith(`${POSTINGS}/${schoolId}`))
    .map(([, document]) => document as PostingDocument)

test('[R7] a replacement closes the former row on the day before the new one begins', async () => {
  const rows = await rowsOf(registryStory(), ids.first)
  assert.deepEqual(
    rows.map(({ supervisorName, from, to }) => [supervisorName, from, to]),
    [
      ['示例督学甲', '2023-09-01', '2026-10-15'],
      ['示例督学乙', '2026-10-16', null],
    ],
  )
})

test('a posting that was ended before it began leaves no row', async () => {
  const stream = `posting-yongchuan-${ids.first}`
  const story = new EventLog().add(
    postingEvents,
    stream,
    {
      type: 'SupervisorPosted',
      data: {
        supervisorId: ids.jia,
        supervisorName: '示例督学甲',
        from: '2027-01-01',
        ratio: { schools: 1, large: false, rules: [] },
      },
    },
    { type: 'PostingEnded', data: { supervisorId: ids.jia, on: '2026-12-31', reason: '督学退出' } },
  )
  assert.deepEqual(await rowsOf(story, ids.first), [])
})

projectionSuite(postingsProjection, events)

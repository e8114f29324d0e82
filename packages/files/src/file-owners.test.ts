import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventCatalogue, onEvery } from '@dulian/event-sourcing'
import { EventLog, project, projectionSuite } from '@dulian/event-sourcing/testing'
import { z } from 'zod'
import { fileOwnersProjection } from './file-owners.ts'

const File = z.object({ hash: z.string(), mediaType: z.string() })
const events = eventCatalogue({
  NoteTaken: { stored: 'note-taken.v1', schema: z.object({ pages: z.array(z.object({ photo: File.nullable() })) }) },
  NoteSigned: {
    stored: 'note-signed.v1',
    schema: z.object({ signature: z.object({ image: File }), hash: z.string() }),
  },
})
const projection = fileOwnersProjection((keep) => [onEvery(events, keep)])
const file = (digit: string) => ({ hash: digit.repeat(64), mediaType: 'image/png' })
const { events: story } = new EventLog()
  .add(events, 'note-yongchuan-1', { type: 'NoteTaken', data: { pages: [{ photo: file('a') }, { photo: null }] } })
  .add(events, 'note-qijiang-2', { type: 'NoteTaken', data: { pages: [{ photo: file('a') }] } })
  .add(events, 'note-yongchuan-1', {
    type: 'NoteSigned',
    data: { signature: { image: file('b') }, hash: 'c'.repeat(64) },
  })
  .add(events, 'note-yongchuan-3', { type: 'NoteTaken', data: { pages: [{ photo: file('b') }] } })

projectionSuite(projection, story)

test('every file an event names, however deep, belongs to the event’s thing; a hash that names no file does not', async () => {
  const view = await project(projection, story)
  const owners = view.documents<{ office: string; hash: string; category: string; thing: string }>('owners')
  assert.deepEqual(
    owners.map(({ office, hash, category, thing }) => `${office} ${hash[0]} ${category} ${thing}`).sort(),
    ['qijiang a note 2', 'yongchuan a note 1', 'yongchuan b note 1', 'yongchuan b note 3'],
  )
})

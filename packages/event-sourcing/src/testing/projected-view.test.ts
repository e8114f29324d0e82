import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { eventCatalogue } from '../event-catalogue.ts'
import { streamName } from '../event-store.ts'
import { defineProjection, on } from '../projection.ts'
import { streamOf } from '../stream-of.ts'
import { EventLog } from './event-log.ts'
import { project } from './projected-view.ts'

const lampEvents = eventCatalogue({
  LampLit: { stored: 'lamp-lit.v1', schema: z.object({ room: z.string() }) },
  LampRemoved: { stored: 'lamp-removed.v1', schema: z.object({}) },
})
const lamps = defineProjection({ name: 'lamps', revision: 1, collections: { lamps: { indexes: {} } } }, [
  on(lampEvents, {
    LampLit: async (event, unit) => {
      const { id } = streamOf(event)
      const known = await unit.get<{ times: number }>('lamps', id)
      unit.put('lamps', id, { room: event.data.room, times: (known?.times ?? 0) + 1 })
    },
    LampRemoved: (event, unit) => unit.remove('lamps', streamOf(event).id),
  }),
])
const first = streamName('lamp', 'yongchuan', '1')
const second = streamName('lamp', 'qijiang', '2')
const story = () =>
  new EventLog('2026-11-22T00:00:00.000Z')
    .add(lampEvents, first, { type: 'LampLit', data: { room: '值班室' } })
    .add(lampEvents, second, { type: 'LampLit', data: { room: '会议室' } })
    .at('2026-11-23T00:00:00.000Z')
    .add(lampEvents, first, { type: 'LampLit', data: { room: '资料室' } }, { type: 'LampRemoved', data: {} })

test('told events have positions over all streams, versions within their own, and the time they were told for', () => {
  assert.deepEqual(
    story().events.map(({ stream, version, position, time, meta }) => [stream, version, position, time, meta.office]),
    [
      [first, 1, '1', '2026-11-22T00:00:00.000Z', 'yongchuan'],
      [second, 1, '2', '2026-11-22T00:00:00.000Z', 'qijiang'],
      [first, 2, '3', '2026-11-23T00:00:00.000Z', 'yongchuan'],
      [first, 3, '4', '2026-11-23T00:00:00.000Z', 'yongchuan'],
    ],
  )
})

test('a view shows what its events left, whether they came one by one or in batches', async () => {
  const { events } = story()
  for (const batch of [1, 2, 4]) {
    const before = await project(lamps, events.slice(0, 3), batch)
    assert.deepEqual(before.document('lamps', '1'), { room: '资料室', times: 2 })
    const after = await project(lamps, events, batch)
    assert.deepEqual(after.all(), { 'lamps/2': { room: '会议室', times: 1 } })
    assert.deepEqual(after.documents('lamps'), [{ room: '会议室', times: 1 }])
  }
})

test('a replay writes nothing anew: neither over a newer document nor over a newer deletion', async () => {
  const { events } = story()
  const view = await project(lamps, events.slice(0, 3))
  assert.deepEqual((await view.project(lamps, events.slice(0, 1))).document('lamps', '1'), { room: '资料室', times: 2 })
  await view.project(lamps, events)
  assert.equal((await view.project(lamps, events.slice(0, 3))).document('lamps', '1'), undefined)
})

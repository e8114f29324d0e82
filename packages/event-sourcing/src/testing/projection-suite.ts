import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RecordedEvent } from '../event-store.ts'
import type { Projection } from '../projection.ts'
import { project } from './projected-view.ts'

/**
 * What every projection must hold, shown on a story of its service: replaying events changes nothing, and a rebuild from
 * what is stored gives the view that came about event by event.
 */
export function projectionSuite(projection: Projection, events: readonly RecordedEvent[]): void {
  const { name } = projection.space

  test(`${name}: the same events twice give the same view`, async () => {
    const view = await project(projection, events)
    const once = view.all()
    assert.ok(Object.keys(once).length > 0, 'the story leaves this view empty and proves nothing')
    const half = Math.floor(events.length / 2)
    for (const first of [0, 3, half, events.length - 3]) await view.project(projection, events.slice(first))
    assert.deepEqual(view.all(), once)
  })

  test(`${name}: a rebuild from the stored form equals the live view`, async () => {
    const live = await project(projection, events)
    const stored = JSON.parse(JSON.stringify(events)) as RecordedEvent[]
    for (const batch of [events.length, 7]) {
      assert.deepEqual((await project(projection, stored, batch)).all(), live.all())
    }
  })
}

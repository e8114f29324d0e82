import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RecordedEvent } from '../event-store.ts'
import type { Projection } from '../projection.ts'
import { ProjectedView, project } from './projected-view.ts'

/**
 * What every projection must hold, shown on a story of its service: replaying events changes nothing, and a rebuild from
 * what is stored gives the view that came about event by event.
 */
export function projectionSuite(projection: Projection, events: readonly RecordedEvent[]): void {
  const { name } = projection.space

  test(`${name}: the same events twice give the same view`, async () => {
    const view = new ProjectedView()
    let everShown = false
    for (const event of events) {
      await view.project(projection, [event])
      everShown ||= Object.keys(view.all()).length > 0
    }
    assert.ok(everShown, 'the story never puts anything into this view and proves nothing')
    const once = view.all()
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

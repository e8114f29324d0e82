import assert from 'node:assert/strict'
import { test } from 'node:test'
import { project } from '../../../test/project-events.ts'
import { ids, registryStory } from '../../../test/registry-story.ts'
import { ZONES, type ZoneDocument, zonesProjection } from './projection.ts'

const { events } = registryStory()

test('[R16] a zone has its head and exactly the open schools that are in it now', async () => {
  const view = await project(zonesProjection, events)
  const city = view.document<ZoneDocument>(ZONES, ids.cityZone)
  assert.equal(city?.headName, '示例督学乙')
  assert.deepEqual(city?.schoolIds, [])
  assert.equal(city?.version, 2)
  assert.deepEqual(view.document<ZoneDocument>(ZONES, ids.hillZone)?.schoolIds, [ids.first])
})

test('zones: a rebuild equals the live view, and projecting twice changes nothing', async () => {
  const live = await project(zonesProjection, events)
  const expected = live.dump()
  assert.deepEqual((await project(zonesProjection, events, { batch: events.length })).dump(), expected)
  assert.deepEqual((await project(zonesProjection, events, { onto: live })).dump(), expected)
})

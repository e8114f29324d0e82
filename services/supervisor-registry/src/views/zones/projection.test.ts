import assert from 'node:assert/strict'
import { test } from 'node:test'
import { project, projectionSuite } from '@dulian/event-sourcing/testing'
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

projectionSuite(zonesProjection, events)

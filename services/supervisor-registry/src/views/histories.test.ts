import assert from 'node:assert/strict'
import { test } from 'node:test'
import { project } from '@dulian/event-sourcing/testing'
import { ALWAYS, type ValidInterval } from '@dulian/history'
import { historySuite } from '@dulian/history/testing'
import { ids, registryStory } from '../../test/registry-story.ts'
import { postingsProjection } from './postings/projection.ts'
import { postingsHistory } from './postings-history/projection.ts'
import { type SchoolDocument, schoolsProjection } from './schools/projection.ts'
import { schoolsHistory } from './schools-history/projection.ts'
import { supervisorsProjection } from './supervisors/projection.ts'
import { supervisorsHistory } from './supervisors-history/projection.ts'
import { zonesProjection } from './zones/projection.ts'
import { zonesHistory } from './zones-history/projection.ts'

/** The story happens on one day in November; told from June on, its own days lie behind and before the recording. */
const { events } = registryStory()
const spread = events.map((event, place) => ({
  ...event,
  time: new Date(Date.UTC(2026, 5, 1 + place * 9, 2)).toISOString(),
}))

historySuite(schoolsHistory, schoolsProjection, spread)
historySuite(supervisorsHistory, supervisorsProjection, spread)
historySuite(postingsHistory, postingsProjection, spread)
historySuite(zonesHistory, zonesProjection, spread)

test('[N10] a correction counts from the day it says, a closing from its day, whatever the day of recording', async () => {
  const view = await project(schoolsHistory, spread)
  const on = (schoolId: string, day: string) =>
    view
      .documents<ValidInterval & SchoolDocument>('schools-valid')
      .find(
        ({ thingId, knownTo, validFrom, validTo }) =>
          thingId === schoolId && knownTo === ALWAYS && validFrom <= day && day < validTo,
      )
  assert.equal(on(ids.first, '2026-08-31')?.name, '示例第一小学')
  assert.equal(on(ids.first, '2026-09-01')?.name, '示例实验小学')
  assert.equal(on(ids.first, '2026-10-15')?.supervisorName, '示例督学甲')
  assert.equal(on(ids.first, '2026-10-16')?.supervisorName, '示例督学乙')
  assert.equal(on(ids.second, '2026-10-30')?.status, 'open')
  assert.equal(on(ids.second, '2026-10-31')?.status, 'closed')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RecordedEvent } from '@dulian/event-sourcing'
import { project } from '@dulian/event-sourcing/testing'
import { ALWAYS, type ValidInterval } from '@dulian/history'
import { historySuite } from '@dulian/history/testing'
import type { Document } from '@dulian/views'
import { activityStory, committeeStory, officeIds, talentStory } from '../../test/office-story.ts'
import { ids, registryStory } from '../../test/registry-story.ts'
import { activitiesProjection } from './activities/projection.ts'
import { activitiesHistory } from './activities-history/projection.ts'
import { certificatesProjection } from './certificates/projection.ts'
import { certificatesHistory } from './certificates-history/projection.ts'
import { committeeProjection, type MemberBodyDocument, type TenureDocument } from './committee/projection.ts'
import { committeeHistory } from './committee-history/projection.ts'
import { postingsProjection } from './postings/projection.ts'
import { postingsHistory } from './postings-history/projection.ts'
import { type RelationDocument, relationsProjection } from './relations/projection.ts'
import { relationsHistory } from './relations-history/projection.ts'
import { type SchoolDocument, schoolsProjection } from './schools/projection.ts'
import { schoolsHistory } from './schools-history/projection.ts'
import { supervisorsProjection } from './supervisors/projection.ts'
import { supervisorsHistory } from './supervisors-history/projection.ts'
import { talentsProjection } from './talents/projection.ts'
import { talentsHistory } from './talents-history/projection.ts'
import { zonesProjection } from './zones/projection.ts'
import { zonesHistory } from './zones-history/projection.ts'

/** The story happens on one day in November; told from June on, its own days lie behind and before the recording. */
const spread = spreadOut(registryStory().events)
const committee = spreadOut(committeeStory().events)

function spreadOut(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  return events.map((event, place) => ({
    ...event,
    time: new Date(Date.UTC(2026, 5, 1 + place * 9, 2)).toISOString(),
  }))
}

historySuite(schoolsHistory, schoolsProjection, spread)
historySuite(supervisorsHistory, supervisorsProjection, spread)
historySuite(postingsHistory, postingsProjection, spread)
historySuite(zonesHistory, zonesProjection, spread)
historySuite(certificatesHistory, certificatesProjection, spread)
historySuite(relationsHistory, relationsProjection, spread)
historySuite(committeeHistory, committeeProjection, committee)
historySuite(activitiesHistory, activitiesProjection, spreadOut(activityStory().events))
historySuite(talentsHistory, talentsProjection, spreadOut(talentStory().events))

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

test('[N10] the committee is on every day as composed by today’s knowledge, under the names of that day', async () => {
  const view = await project(committeeHistory, committee)
  const on = <D>(collection: string, day: string) =>
    view
      .documents<ValidInterval & D & Document>(`${collection}-valid`)
      .filter(({ knownTo, validFrom, validTo }) => knownTo === ALWAYS && validFrom <= day && day < validTo)
  const body = (day: string) => on<MemberBodyDocument>('bodies', day).find(({ bodyId }) => bodyId === officeIds.body)
  assert.deepEqual([body('2024-02-29')?.name, body('2024-03-01')?.name], ['示例区财政局', '示例区财政和国资局'])
  assert.deepEqual([body('2024-12-31')?.liaisonName, body('2025-01-01')?.liaisonName], ['示例联络员', '示例联络员乙'])
  assert.deepEqual([body('2026-01-31')?.hasLiaison, body('2026-02-01')?.hasLiaison], [true, false])
  const directors = (day: string) =>
    on<TenureDocument>('tenures', day).flatMap(({ role, personName, to }) =>
      role === 'director' ? [[personName, to]] : [],
    )
  assert.deepEqual(directors('2024-02-29'), [['示例主任甲', null]])
  assert.deepEqual(new Set(directors('2026-03-01').map(([, to]) => to)), new Set(['2024-02-29', '2026-02-28']))
})

test('[N10] what was entered in error never was, a tie ends behind its last day', async () => {
  const activities = await project(activitiesHistory, spreadOut(activityStory().events))
  const struck = activities
    .documents<ValidInterval & Document>('activities-valid')
    .filter(({ thingId, knownTo }) => thingId === officeIds.struck && knownTo === ALWAYS)
  assert.deepEqual(struck, [])
  const ties = await project(relationsHistory, spread)
  const on = (factId: string, day: string) =>
    ties
      .documents<ValidInterval & RelationDocument>('relations-valid')
      .find(
        ({ thingId, knownTo, validFrom, validTo }) =>
          thingId === factId && knownTo === ALWAYS && validFrom <= day && day < validTo,
      )
  assert.equal(on(ids.spouse, '2024-08-31'), undefined)
  assert.deepEqual([on(ids.spouse, '2026-10-31')?.to, on(ids.spouse, '2026-11-01')?.to], [null, '2026-10-31'])
  assert.equal(on(ids.desk, '2024-09-01')?.standing, 'withdrawn')
})

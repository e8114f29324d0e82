import assert from 'node:assert/strict'
import { test } from 'node:test'
import { project, projectionSuite } from '@dulian/event-sourcing/testing'
import { ids, registryStory } from '../../../test/registry-story.ts'
import { CERTIFICATES, type CertificateDocument, certificateIdOf, certificatesProjection } from './projection.ts'

const { events } = registryStory()
const paper = certificateIdOf(ids.jia, '2023-09-01')

test('[R3] the papers of a term bear both numbers and the committee’s decision', async () => {
  const view = await project(certificatesProjection, events)
  const found = view.document<CertificateDocument>(CERTIFICATES, paper)
  assert.equal(found?.certificateNumber, '督学证〔2023〕1号')
  assert.equal(found?.letterNumber, '督学聘书〔2023〕1号')
  assert.equal(found?.decidedBy, '示例委员会')
  assert.equal(found?.termTo, '2026-08-31')
  assert.equal(found?.voidedOn, null)
})

test('[R3] [R13] who is removed holds void papers from that day', async () => {
  const dismissal = events.find(({ type }) => type === 'supervisor-dismissed.v1')
  assert.ok(dismissal)
  const gone = { ...dismissal, stream: `supervisor-yongchuan-${ids.jia}`, position: '99', version: 6 }
  const view = await project(certificatesProjection, [...events, gone])
  const found = view.document<CertificateDocument>(CERTIFICATES, paper)
  assert.deepEqual([found?.voidedOn, found?.voidedBecause], ['2026-11-01', '解任'])
})

projectionSuite(certificatesProjection, events)

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { project, projectionSuite } from '@dulian/event-sourcing/testing'
import { ids, person, registryStory } from '../../../test/registry-story.ts'
import { maskPhone } from './mask-phone.ts'
import { SUPERVISORS, type SupervisorDocument, supervisorsProjection } from './projection.ts'

const { events } = registryStory()
const upTo = (type: string) => events.slice(0, events.findIndex((event) => event.type === type) + 1)
const jiaAfter = async (type: string) =>
  (await project(supervisorsProjection, upTo(type))).document<SupervisorDocument>(SUPERVISORS, ids.jia)

test('[R2] the term runs, nears its end and ends as the events say', async () => {
  const running = await jiaAfter('certificate-issued.v1')
  assert.equal(running?.termState, 'running')
  assert.equal(running?.nextTermDay, '2026-06-03')
  const near = await jiaAfter('term-nearing-end.v1')
  assert.equal(near?.termState, 'near-end')
  assert.equal(near?.nextTermDay, '2026-09-01')
  const ended = await jiaAfter('term-ended.v1')
  assert.equal(ended?.termState, 'ended')
  assert.equal(ended?.nextTermDay, null)
  assert.equal(ended?.certificateState, 'expired')
})

test('[R3] the certificate of somebody dismissed shows 已失效', async () => {
  const story = registryStory()
  const certified = upTo('certificate-issued.v1')
  const dismissal = story.events.find(({ type }) => type === 'supervisor-dismissed.v1')
  assert.ok(dismissal)
  const gone = { ...dismissal, stream: `supervisor-yongchuan-${ids.jia}`, position: '99', version: 4 }
  const view = await project(supervisorsProjection, [...certified, gone])
  const jia = view.document<SupervisorDocument>(SUPERVISORS, ids.jia)
  assert.equal(jia?.status, 'dismissed')
  assert.equal(jia?.certificateNumber, '督学证〔2023〕1号')
  assert.equal(jia?.certificateState, 'void')
})

test('[R6] the schools of a supervisor are counted through replacement and end', async () => {
  assert.deepEqual((await jiaAfter('supervisor-posted.v1'))?.schoolIds, [ids.first])
  assert.deepEqual((await jiaAfter('posting-replaced.v1'))?.schoolIds, [ids.second])
  assert.deepEqual((await jiaAfter('posting-ended.v1'))?.schoolIds, [])
})

test('[R1] a correction shows the new unit, field and masked phone, and is found under them', async () => {
  const view = await project(supervisorsProjection, upTo('supervisor-details-corrected.v1'))
  const yi = view.document<SupervisorDocument>(SUPERVISORS, ids.yi)
  assert.deepEqual([yi?.homeUnit, yi?.field, yi?.phoneMasked], ['示例实验小学', '小学数学', '138****0009'])
  assert.ok(yi?.tokens.includes('实验') && !yi.tokens.includes('进修'))
})

test('no document of the view holds a whole phone number', async () => {
  const dump = JSON.stringify((await project(supervisorsProjection, events)).all())
  assert.ok(!dump.includes(person.phone))
  assert.ok(dump.includes('138****0001'))
  assert.equal(maskPhone('023-49800001'), '023****0001')
  assert.equal(maskPhone('49800001'), '498****1')
  assert.equal(maskPhone('12345'), '****5')
})

projectionSuite(supervisorsProjection, events)

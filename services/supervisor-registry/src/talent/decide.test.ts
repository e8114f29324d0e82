import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal, stateAfter } from '@dulian/event-sourcing/testing'
import { delistTalent, listTalent, noteTalentStep } from './decide.ts'
import { talentStream } from './talent.ts'

const talent = {
  name: '示例后备甲',
  homeUnit: '示例第一小学',
  field: '小学教育',
  aim: 'school-supervisor',
  supervisorId: null,
  recommendedBy: '示例责任区',
  plan: '跟岗一学期，参加任职资格培训。',
  on: '2026-03-01',
  isListed: false,
} as const
const stepId = '0197a000-0000-7000-8000-000000000901'
const listed = stateAfter(talentStream, () => listTalent(talent))

test('[R16] somebody is put on the talent list once, with who recommends and what is planned', () => {
  assert.equal(listTalent(talent)[0]?.type, 'TalentListed')
  assert.throws(() => listTalent({ ...talent, isListed: true }), refusal('TALENT_LISTED', '/name'))
})

test('[R16] each step of the preparation is noted once, none before the listing', () => {
  const step = { stepId, on: '2026-04-01', text: '跟岗督查两次。' }
  assert.equal(noteTalentStep(step, listed).length, 1)
  const noted = noteTalentStep(step, listed).reduce(talentStream.evolve, listed)
  assert.deepEqual(noteTalentStep(step, noted), [])
  assert.throws(() => noteTalentStep({ ...step, on: '2026-02-28' }, listed), refusal('TALENT_DAY_TOO_EARLY', '/on'))
})

test('[R16] who was appointed is off the list, and nothing more is noted', () => {
  const command = { outcome: 'appointed', on: '2026-09-01', reason: '聘为责任督学' } as const
  const gone = delistTalent(command, listed).reduce(talentStream.evolve, listed)
  assert.deepEqual(delistTalent(command, gone), [])
  assert.throws(() => noteTalentStep({ stepId, on: '2026-10-01', text: '培训' }, gone), refusal('TALENT_DELISTED'))
  assert.throws(() => delistTalent({ ...command, on: '2026-02-01' }, listed), refusal('TALENT_DAY_TOO_EARLY', '/on'))
})

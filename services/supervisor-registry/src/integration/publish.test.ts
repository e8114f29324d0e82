import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountStory } from '../../test/account-story.ts'
import { ids, person, registryStory } from '../../test/registry-story.ts'
import { publishes } from './publish.ts'

const events = [...registryStory().events, ...accountStory().events]
const announced = events.flatMap((event) =>
  publishes.filter(({ types }) => types.includes(event.type)).flatMap((part) => [...part.announce(event)]),
)

test('every announcement keeps to its contract', () => {
  for (const { contract, data } of announced) assert.deepEqual(contract.schema.parse(data), data)
  assert.deepEqual(
    announced.map(({ contract }) => contract.type.split('.').at(-2)),
    [
      'school-registered',
      'school-registered',
      'supervisor-appointed',
      'supervisor-appointed',
      'posting-changed',
      'posting-changed',
      'school-changed',
      'school-changed',
      'posting-changed',
      'posting-changed',
      'school-closed',
      'supervisor-dismissed',
      'recusal-fact-changed',
      'recusal-fact-changed',
      'recusal-fact-changed',
      'recusal-fact-changed',
      'role-granted',
      'role-granted',
      'role-revoked',
    ],
  )
})

test('[R7] nobody answers for a school from the day after a posting ended', () => {
  const vacancy = announced.find(({ data }) => (data as { supervisorId?: unknown }).supervisorId === null)
  assert.deepEqual(vacancy?.data, {
    office: 'yongchuan',
    schoolId: ids.second,
    supervisorId: null,
    supervisorName: null,
    from: '2026-11-01',
  })
})

test('[R14] [N1] a recusal fact is announced as it stands now, without the relative’s name', () => {
  const facts = announced.filter(({ contract }) => contract.type.includes('recusal-fact')).map(({ data }) => data)
  const told = facts.map((data) => data as { description: string; to: string | null; withdrawn: boolean })
  assert.deepEqual(
    told.map(({ description, to, withdrawn }) => [description, to, withdrawn]),
    [
      ['配偶任该园园长', null, false],
      ['任职于该园', null, false],
      ['配偶任该园园长', '2026-10-31', false],
      ['任职于该园', null, true],
    ],
  )
  assert.ok(!JSON.stringify(told).includes('示例亲属'))
})

test('no phone and no home unit leaves the registry', () => {
  const sent = JSON.stringify(announced.map(({ data }) => data))
  assert.ok(!sent.includes(person.phone))
  assert.ok(!sent.includes(person.homeUnit))
})

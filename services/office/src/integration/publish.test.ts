import assert from 'node:assert/strict'
import { test } from 'node:test'
import { taskAssigned } from '@dulian/contracts'
import { officeStory, tasks } from '../../test/office-story.ts'
import { publishes } from './publish.ts'

test('[G4] every assignment is announced by its contract, a changed one again with the new bodies', () => {
  const announced = officeStory().events.flatMap((event) =>
    publishes.filter(({ types }) => types.includes(event.type)).flatMap((part) => [...part.announce(event)]),
  )
  assert.equal(announced.length, tasks.length + 1)
  for (const { contract, data } of announced) {
    assert.equal(contract.type, taskAssigned.type)
    assert.deepEqual(contract.schema.parse(data), data)
  }
  const last = taskAssigned.schema.parse(announced.at(-1)?.data)
  assert.deepEqual(last.bodies, [{ name: '区体育局', role: 'lead' }])
})

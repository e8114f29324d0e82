import assert from 'node:assert/strict'
import { test } from 'node:test'
import { followUp } from './follow-up.ts'
import type { CommandContext } from './streams.ts'

const command: CommandContext = {
  commandId: '0197a000-0000-7000-8000-000000000c01',
  commandHash: 'hash of the command',
  actor: 'head',
  office: 'yongchuan',
  at: '2026-11-22T00:00:00.000Z',
  correlationId: 'correlation',
}

test('a repeated command repeats the ids of its steps; no step has the id of another or of the command', () => {
  assert.equal(followUp(command, 'first').commandId, followUp(command, 'first').commandId)
  const ids = [command, followUp(command, 'first'), followUp(command, 'second')].map(({ commandId }) => commandId)
  assert.equal(new Set(ids).size, 3)
})

test('a step is done by the same person at the same time, but its content is not the command’s', () => {
  const { commandId: _, commandHash: __, ...rest } = command
  const { commandId: ___, ...step } = followUp(command, 'first')
  assert.deepEqual(step, rest)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CommandFailed } from './command-failed.ts'
import { whileBehind } from './while-behind.ts'

const failing = (code: string, times: number) => {
  let tried = 0
  return {
    tries: () => tried,
    give: async () => {
      tried += 1
      if (tried <= times) throw new CommandFailed('数据还在更新', { code })
      return tried
    },
  }
}

test('a command whose check was behind is given again until it is carried out', async () => {
  const { give } = failing('CHECK_BEHIND', 3)
  assert.equal(await whileBehind(give), 4)
})

test('one that stays behind is told in the end, and any other refusal at once', async () => {
  const stuck = failing('CHECK_BEHIND', 100)
  await assert.rejects(whileBehind(stuck.give, 5), CommandFailed)
  assert.equal(stuck.tries(), 5)
  const refused = failing('PLAN_ALREADY_IMPORTED', 100)
  await assert.rejects(whileBehind(refused.give), CommandFailed)
  assert.equal(refused.tries(), 1)
})

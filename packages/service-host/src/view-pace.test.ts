import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ViewPace } from './view-pace.ts'

/** A thread whose time passes only here: each step of a view costs, and between two steps requests take what is given. */
function thread() {
  let now = 0
  const use = { active: 0, idle: 0 }
  const pace = new ViewPace(
    () => ({ ...use }),
    () => now,
  )
  return {
    pace,
    async step(gap: { active: number; idle: number }, cost = 1): Promise<void> {
      now += gap.active + gap.idle
      use.active += gap.active
      use.idle += gap.idle
      await pace.turn()
      now += cost
      use.active += cost
      pace.spent(cost)
    },
  }
}

test('views give way step by step while requests fill the thread, down to a tenth and not to nothing', async () => {
  const { pace, step } = thread()
  assert.equal(pace.share, 1)
  await step({ active: 20, idle: 0 })
  assert.ok(pace.share < 1)
  for (let n = 0; n < 10; n += 1) await step({ active: 20, idle: 0 })
  assert.equal(pace.share, 0.1)
})

test('views take all they need again once the thread has time to spare, and keep it when they alone fill it', async () => {
  const { pace, step } = thread()
  for (let n = 0; n < 10; n += 1) await step({ active: 20, idle: 0 })
  for (let n = 0; n < 10; n += 1) await step({ active: 5, idle: 5 })
  assert.equal(pace.share, 1)
  for (let n = 0; n < 10; n += 1) await step({ active: 0.05, idle: 0 })
  assert.equal(pace.share, 1)
})

test('everybody who waits has a turn, one after the other, also behind somebody who never ends', async () => {
  const { pace } = thread()
  const order: number[] = []
  await Promise.all(
    [1, 2, 3].map(async (n) => {
      await pace.turn()
      order.push(n)
    }),
  )
  assert.deepEqual(order, [1, 2, 3])
})

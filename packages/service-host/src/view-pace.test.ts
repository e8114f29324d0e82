import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ViewPace } from './view-pace.ts'

const nobody = (): boolean => false
const somebody = (): boolean => true

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
      await pace.turn(nobody)
      now += cost
      use.active += cost
      pace.spent(cost)
    },
  }
}

test('views give way step by step while requests fill the thread, down to a tenth and not to nothing', async () => {
  const { pace, step } = thread()
  assert.equal(pace.share, 1)
  for (let n = 0; n < 3; n += 1) await step({ active: 20, idle: 0 })
  assert.ok(pace.share < 1)
  for (let n = 0; n < 20; n += 1) await step({ active: 20, idle: 0 })
  assert.equal(pace.share, 0.1)
})

test('views take all they need again once the thread has time to spare, and keep it when they alone fill it', async () => {
  const { pace, step } = thread()
  for (let n = 0; n < 20; n += 1) await step({ active: 20, idle: 0 })
  for (let n = 0; n < 40; n += 1) await step({ active: 5, idle: 5 })
  assert.equal(pace.share, 1)
  for (let n = 0; n < 200; n += 1) await step({ active: 0.05, idle: 0 })
  assert.equal(pace.share, 1)
})

test('single requests that fill the short time between two steps are no rush while the thread has time over the while', async () => {
  const { pace, step } = thread()
  for (let n = 0; n < 60; n += 1) {
    await step({ active: 3, idle: 0 })
    await step({ active: 1, idle: 4 })
    assert.equal(pace.share, 1, `after ${n + 1} times`)
  }
})

test('everybody who waits has a turn, one after the other, also behind somebody who never ends', async () => {
  const { pace } = thread()
  const order: number[] = []
  await Promise.all(
    [1, 2, 3].map(async (n) => {
      await pace.turn(nobody)
      order.push(n)
    }),
  )
  assert.deepEqual(order, [1, 2, 3])
})

test('what somebody waits for does not give way, and leaves the others a turn when they have given way long enough', async () => {
  const { pace, step } = thread()
  const order: string[] = []
  const waits = async (name: string, isWaitedFor: () => boolean): Promise<void> => {
    await pace.turn(isWaitedFor)
    order.push(name)
  }
  await Promise.all([
    waits('a', nobody),
    waits('b', nobody),
    waits('c', nobody),
    waits('x', somebody),
    waits('y', somebody),
  ])
  assert.deepEqual(order, ['x', 'a', 'y', 'b', 'c'])

  for (let n = 0; n < 20; n += 1) await step({ active: 20, idle: 0 })
  assert.ok(pace.share < 0.2)
  order.length = 0
  // The thread's time stands still: nobody else is due before this is over.
  void waits('gives way', nobody)
  await waits('in a rush', somebody)
  let isAsked = false
  const late = waits('asked for later', () => isAsked)
  await new Promise((resolve) => setTimeout(resolve, 5))
  assert.deepEqual(order, ['in a rush'])
  isAsked = true
  pace.hurry()
  await late
  assert.deepEqual(order, ['in a rush', 'asked for later'])
})

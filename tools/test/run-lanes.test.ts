import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Lane, runLanes } from './run-lanes.ts'

test('every file runs once, no lane takes more than it may, and never are there more than allowed together', async () => {
  const ran: string[] = []
  const running = new Map<string, number>()
  let most = 0
  const lane = (name: string, count: number, concurrency: number): Lane => ({
    files: Array.from({ length: count }, (_, index) => `${name}${index}`),
    concurrency,
    async run(file) {
      const now = (running.get(name) ?? 0) + 1
      running.set(name, now)
      assert.ok(now <= concurrency, `${now} of ${name}`)
      most = Math.max(
        most,
        [...running.values()].reduce((sum, each) => sum + each),
      )
      await delay(1 + (ran.length % 3))
      ran.push(file)
      running.set(name, (running.get(name) ?? 0) - 1)
    },
  })
  const lanes = [lane('browser', 5, 1), lane('engine', 7, 1), lane('unit', 20, 2)]
  await runLanes(lanes, 3)
  assert.equal(most, 3)
  assert.deepEqual(ran.toSorted(), lanes.flatMap(({ files }) => files).toSorted())
})

test('the first lane goes first, and a lane that fails ends the run', async () => {
  const begun: string[] = []
  const lane = (file: string): Lane => ({ files: [file], concurrency: 1, run: async () => void begun.push(file) })
  await runLanes([lane('a'), lane('b')], 1)
  assert.deepEqual(begun, ['a', 'b'])
  const broken: Lane = { files: ['c'], concurrency: 1, run: () => Promise.reject(new Error('broken')) }
  await assert.rejects(runLanes([broken], 1), /broken/)
})

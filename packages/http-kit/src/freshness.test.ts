import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Freshness, freshnessOfAll } from './index.ts'

const at = (position: number, head: number): Freshness => ({
  position: () => String(position),
  lag: async () => head - position,
  asOf: () => `2026-07-${String(position).padStart(2, '0')}T00:00:00.000Z`,
  waitFor: async (wanted) => position >= Number(wanted),
})

test('an answer made from several views is as fresh as the one furthest behind, and waits for all of them', async () => {
  const all = freshnessOfAll([at(12, 12), at(9, 12), at(11, 12)])
  assert.deepEqual([all.position(), await all.lag(), all.asOf()], ['9', 3, '2026-07-09T00:00:00.000Z'])
  assert.equal(await all.waitFor('9', 10), true)
  assert.equal(await all.waitFor('10', 10), false)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock, isDomainError } from '@dulian/event-sourcing'
import type { ViewReader } from '@dulian/service-host'
import { freshnessAt } from './look-back.ts'

const clock = fakeClock(Date.parse('2026-07-10T01:00:00Z'))

const refuse = async (): Promise<never> => {
  throw new TypeError('nothing is read here')
}

/** What a view says of itself. */
function viewBehind(lag: number): ViewReader {
  return {
    name: 'lamps',
    position: () => String(1_000 - lag),
    asOf: () => '2026-07-10T01:00:00.000Z',
    lag: async () => lag,
    waitFor: async () => true,
    ...{ get: refuse, getMany: refuse, find: refuse, count: refuse, group: refuse },
  }
}

test('[N10] a past that is being built is not shown as if it were whole; the present is', async () => {
  const overTime = { live: viewBehind(0), history: viewBehind(40_000), clock }
  const isBeingBuilt = (error: unknown) => isDomainError(error, 'HISTORY_BEING_BUILT') && error.details.lag === 40_000
  for (const days of [{ asOf: '2026-06-30' }, { validOn: '2026-06-30' }, { validOn: '2026-07-10' }]) {
    await assert.rejects(freshnessAt(overTime, days).lag(), isBeingBuilt, JSON.stringify(days))
  }
  for (const days of [{}, { asOf: '2026-07-10' }]) assert.equal(await freshnessAt(overTime, days).lag(), 0)
})

test('[N10] a past that lacks what just came in is shown, and says so', async () => {
  const overTime = { live: viewBehind(0), history: viewBehind(30), clock }
  const past = freshnessAt(overTime, { asOf: '2026-06-30' })
  assert.equal(await past.lag(), 30)
  assert.equal(past.position(), '970')
})

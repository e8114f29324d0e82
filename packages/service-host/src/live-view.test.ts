import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineProjection, type EventStore, eventSourcingError, fakeClock, Subscription } from '@dulian/event-sourcing'
import type { ViewSpace } from '@dulian/views'
import { LiveView } from './live-view.ts'

const projection = defineProjection({ name: 'bells', revision: 1, collections: {} }, [])

/** A view at the position given, over a store of which only the head is asked. */
function viewAt(position: string, head: () => Promise<string>) {
  const clock = fakeClock('2026-05-20T08:00:00Z')
  const store = { head } as EventStore
  const space = { definition: projection.space } as ViewSpace
  const subscription = new Subscription({
    name: 'bells',
    store,
    space,
    filter: {},
    handle: () => {},
    clock,
    holder: 'tester',
  })
  subscription.status = () => ({ name: 'bells', state: 'failing', position, parked: 0 })
  return { clock, view: new LiveView({ projection, space, subscription, store, clock }) }
}

test('[N13] while the store does not answer a view is still read: its lag is what was known last, and it gets older', async () => {
  let answer: () => Promise<string> = async () => '7'
  const { clock, view } = viewAt('7', () => answer())
  assert.equal(await view.lag(), 0)
  const seen = view.asOf()
  answer = async () => {
    throw eventSourcingError('STORE_UNAVAILABLE')
  }
  clock.advance(60_000)
  assert.equal(await view.lag(), 0)
  assert.equal(view.asOf(), seen, 'nobody knows whether anything came since')
})

test('[N13] a store that is silent holds up one query for a moment, and not each', async () => {
  let asked = 0
  const { view } = viewAt('7', () => {
    asked += 1
    return new Promise(() => {})
  })
  const answers = await Promise.all([view.lag(), view.lag()])
  for (let n = 0; n < 20; n += 1) await view.lag()
  assert.deepEqual(answers, [0, 0])
  assert.equal(asked, 2)
})

test('[N13] what is wrong with the view itself is not taken for an outage', async () => {
  const { view } = viewAt('7', async () => {
    throw new TypeError('not an outage')
  })
  await assert.rejects(view.lag(), TypeError)
})

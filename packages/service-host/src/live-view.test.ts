import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  defineProjection,
  type EventPage,
  type EventStore,
  eventSourcingError,
  fakeClock,
  type RecordedEvent,
  Subscription,
} from '@dulian/event-sourcing'
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
  return {
    clock,
    store,
    view: new LiveView({ projection, space, subscription, store, head: () => store.head(), clock }),
  }
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

test('[N13] where positions count bytes the lag is told in events all the same', async () => {
  const { view, store } = viewAt('100/100', async () => '900100/900100')
  const event = { position: '', type: 'rung.v1' } as RecordedEvent
  const answers: Record<string, EventPage> = {
    few: { events: [event, event, event], checkedThrough: '900100/900100', end: true },
    none: { events: [], checkedThrough: '900100/900100', end: true },
    many: { events: Array.from({ length: 1_000 }, () => event), checkedThrough: '100100/100100', end: false },
  }
  let answer = 'few'
  Object.assign(store, { sparsePositions: true, readAll: async () => answers[answer] })
  assert.equal(await view.lag(), 3)
  answer = 'none'
  assert.equal(await view.lag(), 0)
  answer = 'many'
  assert.equal(await view.lag(), 9_000)
})

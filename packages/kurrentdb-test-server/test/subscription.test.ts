/**
 * Catch-up subscriptions. Sources: streams.proto (SubscriptionConfirmation, Checkpoint, CaughtUp); the client
 * documentation "Catch-up subscriptions" (positions are exclusive; no difference between catching up and live;
 * server-side filtering, its search window of 32 and its checkpoint interval).
 */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import {
  END,
  eventTypeFilter,
  type Filter,
  type Position,
  START,
  StreamDeletedError,
  streamNameFilter,
} from '@eventstore/db-client'

import { all, event, openServer, take, until } from './open-server.ts'

function typesOfEvents(events: Awaited<ReturnType<typeof take>>) {
  return events.map((resolved) => resolved.event?.type)
}

test('a subscription is confirmed, gives what is there, says it has caught up, and goes on with what comes', async (t) => {
  const { client } = await openServer(t)
  await client.appendToStream('a', [event('one'), event('two')])
  const subscription = client.subscribeToStream('a')
  const seen: (string | undefined)[] = []
  subscription.on('confirmation', () => seen.push('confirmed'))
  subscription.on('caughtUp', () => seen.push('caught up'))
  subscription.on('data', (resolved) => seen.push(resolved.event?.type))
  await until(() => seen.includes('caught up'))
  await client.appendToStream('a', event('three'))
  await until(() => seen.includes('three'))
  await subscription.unsubscribe()
  assert.deepEqual(seen, ['confirmed', 'one', 'two', 'caught up', 'three'])
  assert.ok(subscription.isPaused() === false)
})

test('a subscription to a stream begins after the revision it names', async (t) => {
  const { client } = await openServer(t)
  await client.appendToStream('a', [event('one'), event('two'), event('three')])
  const subscription = client.subscribeToStream('a', { fromRevision: 0n })
  assert.deepEqual(typesOfEvents(await take(subscription, 2)), ['two', 'three'])
})

test('a subscription to $all begins after the position it names', async (t) => {
  const { client } = await openServer(t)
  const { position } = await client.appendToStream('a', [event('one'), event('two')])
  await client.appendToStream('b', [event('three'), event('four')])
  assert.ok(position)
  const subscription = client.subscribeToAll({ fromPosition: position })
  assert.deepEqual(typesOfEvents(await take(subscription, 2)), ['three', 'four'])
})

test('a subscription from the last position waits for the next event', async (t) => {
  const { client } = await openServer(t)
  const { position } = await client.appendToStream('a', event('one'))
  assert.ok(position)
  const subscription = client.subscribeToAll({ fromPosition: position })
  const taken = take(subscription, 1)
  await once(subscription, 'caughtUp')
  await client.appendToStream('a', event('two'))
  assert.deepEqual(typesOfEvents(await taken), ['two'])
})

test('a subscription from the end gives only what comes', async (t) => {
  const { client } = await openServer(t)
  await client.appendToStream('a', event('one'))
  const toAll = client.subscribeToAll({ fromPosition: END })
  const toStream = client.subscribeToStream('a', { fromRevision: END })
  const taken = Promise.all([take(toAll, 1), take(toStream, 1)])
  await Promise.all([once(toAll, 'caughtUp'), once(toStream, 'caughtUp')])
  await client.appendToStream('a', event('two'))
  assert.deepEqual((await taken).map(typesOfEvents), [['two'], ['two']])
})

test('a stream can be subscribed to before it is there', async (t) => {
  const { client } = await openServer(t)
  const subscription = client.subscribeToStream('later')
  const taken = take(subscription, 1)
  await once(subscription, 'caughtUp')
  await client.appendToStream('other', event('not this'))
  await client.appendToStream('later', event('one'))
  assert.deepEqual(typesOfEvents(await taken), ['one'])
})

test('a position at which no record begins is refused', async (t) => {
  const { client } = await openServer(t)
  const { position } = await client.appendToStream('a', event('one'))
  await client.appendToStream('a', event('two'))
  assert.ok(position)
  const subscription = client.subscribeToAll({
    fromPosition: { commit: position.commit + 1n, prepare: position.prepare },
  })
  await assert.rejects(take(subscription, 1), /invalid position/)
})

const filters: [string, Filter, string[]][] = [
  ['stream names by prefix', streamNameFilter({ prefixes: ['visit-', 'plan-'] }), ['v', 'p']],
  ['stream names by regular expression', streamNameFilter({ regex: '^(visit|problem)-' }), ['v', 'q']],
  ['event types by prefix', eventTypeFilter({ prefixes: ['p', 'q'] }), ['q', 'p']],
  ['event types by regular expression', eventTypeFilter({ regex: '^[^v]$' }), ['q', 'p']],
]
for (const [name, filter, expected] of filters) {
  test(`a filter on ${name} lets through what matches, there and to come`, async (t) => {
    const { client } = await openServer(t)
    const append = async () => {
      await client.appendToStream('visit-1', event('v'))
      await client.appendToStream('problem-1', event('q'))
      await client.appendToStream('plan-1', event('p'))
    }
    await append()
    const subscription = client.subscribeToAll({ filter })
    const taken = take(subscription, 4)
    await once(subscription, 'caughtUp')
    await append()
    assert.deepEqual(typesOfEvents(await taken), [...expected, ...expected])
  })
}

test('a filtered subscription gets a checkpoint at least once per interval, however little matches', async (t) => {
  const { client } = await openServer(t)
  for (let batch = 0; batch < 10; batch += 1) {
    await client.appendToStream(
      `noise-${batch}`,
      Array.from({ length: 20 }, (_, index) => event(`n${batch}-${index}`)),
    )
  }
  const checkpoints: Position[] = []
  const subscription = client.subscribeToAll({
    fromPosition: START,
    filter: streamNameFilter({
      prefixes: ['wanted'],
      maxSearchWindow: 10,
      checkpointInterval: 5,
      checkpointReached: async (_subscription, position) => void checkpoints.push(position),
    }),
  })
  const taken = take(subscription, 1)
  await once(subscription, 'caughtUp')
  // 200 events, one checkpoint for each 50 and one at the end, where a repeated position is left out.
  assert.ok(checkpoints.length >= 4 && checkpoints.length <= 5, `${checkpoints.length} checkpoints`)
  for (const [index, checkpoint] of checkpoints.slice(1).entries()) {
    assert.ok(checkpoint.commit > (checkpoints[index]?.commit ?? 0n))
  }
  const whileCatchingUp = checkpoints.length
  await client.appendToStream(
    'noise-live',
    Array.from({ length: 60 }, (_, index) => event(`n-${index}`)),
  )
  await until(() => checkpoints.length > whileCatchingUp)
  await client.appendToStream('wanted', event('w'))
  assert.deepEqual(typesOfEvents(await taken), ['w'])
})

test('a subscription that begins after any checkpoint misses nothing and repeats nothing', async (t) => {
  const { client } = await openServer(t)
  for (let index = 0; index < 40; index += 1) {
    await client.appendToStream(index % 4 === 0 ? `wanted-${index}` : `noise-${index}`, event(`e${index}`))
  }
  const filter = (checkpointReached?: (position: Position) => void) =>
    streamNameFilter({
      prefixes: ['wanted'],
      maxSearchWindow: 3,
      checkpointInterval: 1,
      checkpointReached: async (_subscription, position) => checkpointReached?.(position),
    })
  const seen: (string | Position | undefined)[] = []
  const subscription = client.subscribeToAll({ filter: filter((position) => seen.push(position)) })
  subscription.on('data', (resolved) => seen.push(resolved.event?.type))
  await once(subscription, 'caughtUp')
  await subscription.unsubscribe()
  const wanted = seen.filter((item) => typeof item === 'string')
  assert.equal(wanted.length, 10)
  const checkpoints = seen.filter((item) => typeof item === 'object')
  assert.ok(checkpoints.length > 5)
  // A checkpoint need not be the position of an event: its prepare position can be 0.
  assert.ok(checkpoints.some((checkpoint) => checkpoint.prepare !== checkpoint.commit))
  for (const checkpoint of checkpoints) {
    const rest = wanted.slice(seen.slice(0, seen.indexOf(checkpoint)).filter((item) => typeof item === 'string').length)
    const resumed = client.subscribeToAll({ fromPosition: checkpoint, filter: filter() })
    assert.deepEqual(typesOfEvents(await take(resumed, rest.length)), rest)
  }
})

test('a slow subscriber is not overrun: it gets everything once, in order', async (t) => {
  const { client, connect } = await openServer(t)
  await client.appendToStream('a', event('e0'))
  const subscription = connect().subscribeToAll({ fromPosition: START })
  const text = 'x'.repeat(1000)
  const seen: (string | undefined)[] = []
  for await (const resolved of subscription) {
    seen.push(resolved.event?.type)
    if (seen.length === 2001) break
    if (seen.length > 1) continue
    for (let batch = 0; batch < 20; batch += 1) {
      const events = Array.from({ length: 100 }, (_, index) =>
        event(`e${batch * 100 + index + 1}`, undefined, { text }),
      )
      await client.appendToStream('a', events)
    }
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 2001 }, (_, index) => `e${index}`),
  )
})

test('a tombstone is given to the subscribers of its stream and ends their subscription', async (t) => {
  const { client } = await openServer(t)
  await client.appendToStream('a', event('one'))
  const subscription = client.subscribeToStream('a')
  const seen: (string | undefined)[] = []
  subscription.on('caughtUp', () => void client.tombstoneStream('a'))
  await assert.rejects(async () => {
    for await (const resolved of subscription) seen.push(resolved.event?.type)
  }, StreamDeletedError)
  assert.deepEqual(seen, ['one', '$streamDeleted'])
})

test('many subscribers each get every event', async (t) => {
  const { client, connect } = await openServer(t)
  const clients = [connect(), connect(), connect()]
  const taken = Promise.all(
    Array.from({ length: 30 }, (_, index) => take((clients[index % 3] ?? client).subscribeToAll(), 50)),
  )
  await Promise.all(Array.from({ length: 50 }, (_, index) => client.appendToStream(`s-${index}`, event(`e${index}`))))
  const order = typesOfEvents(await all(client.readAll()))
  for (const events of await taken) assert.deepEqual(typesOfEvents(events), order)
})

test('in a log of 100,000 events a filtered subscription finds the few it wants, and reads begin where they are told', async (t) => {
  const { client } = await openServer(t)
  for (let batch = 0; batch < 100; batch += 1) {
    await client.appendToStream(
      `noise-${batch}`,
      Array.from({ length: 1000 }, () => event('n')),
    )
    if (batch % 50 === 0) await client.appendToStream('wanted', event(`w${batch}`))
  }
  const { position } = await client.appendToStream('wanted', event('last'))
  assert.ok(position)
  const wanted = await take(client.subscribeToAll({ filter: streamNameFilter({ prefixes: ['wanted'] }) }), 3)
  assert.deepEqual(typesOfEvents(wanted), ['w0', 'w50', 'last'])
  assert.deepEqual(typesOfEvents(await all(client.readAll({ fromPosition: position }))), ['last'])
  assert.deepEqual(typesOfEvents(await all(client.readStream('wanted'))), ['w0', 'w50', 'last'])
})

/** The switches with which tests of a client make the server misbehave. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { test } from 'node:test'
import { DeadlineExceededError, UnavailableError, UnknownError } from '@eventstore/db-client'
import { status } from '@grpc/grpc-js'

import { event, openServer, take, typesOf, until } from './open-server.ts'

test('an answer that is late comes after the event can be read', async (t) => {
  const { client, server } = await openServer(t)
  await client.appendToStream('a', event('zero'))
  server.faults.answerAppendsAfter(200)
  let answered = false
  const append = client.appendToStream('a', event('late')).then(() => {
    answered = true
  })
  const subscription = client.subscribeToStream('a', { fromRevision: 0n })
  await take(subscription, 1)
  assert.equal(answered, false)
  await append
  server.faults.answerAppendsAfter(0)
})

test('an append whose answer is lost with the connection is stored, and the retry is recognised', async (t) => {
  const { client, server } = await openServer(t)
  await client.appendToStream('a', event('zero'))
  server.faults.loseAppendAnswers(1)
  const one = event('one', randomUUID())
  await assert.rejects(client.appendToStream('a', one, { expectedRevision: 0n }), UnavailableError)
  const retried = await client.appendToStream('a', one, { expectedRevision: 0n })
  assert.equal(retried.nextExpectedRevision, 1n)
  assert.deepEqual(await typesOf(client.readStream('a')), ['zero', 'one'])
})

test('only the connection of the append is cut, the others go on', async (t) => {
  const { client, server, connect } = await openServer(t)
  await client.appendToStream('a', event('zero'))
  const subscription = connect().subscribeToStream('a')
  const taken = take(subscription, 3)
  await once(subscription, 'caughtUp')
  server.faults.loseAppendAnswers(1)
  await assert.rejects(client.appendToStream('a', event('one')))
  await client.appendToStream('a', event('two'))
  assert.deepEqual(
    (await taken).map((resolved) => resolved.event?.type),
    ['zero', 'one', 'two'],
  )
})

test('an answer that is lost in silence leaves the append stored and the client waiting', async (t) => {
  const { client, server } = await openServer(t)
  // The client gives concurrent appends in order only once its stream of messages is open.
  await client.appendToStream('b', event('one'))
  server.faults.loseAppendAnswers(1, 'silent')
  let settled = false
  const append = client.appendToStream('a', event('one')).then(
    () => {
      settled = true
    },
    () => undefined,
  )
  // The next answer comes over the same stream of messages: an answer to the first would be here before it.
  await client.appendToStream('b', event('two'))
  assert.equal(settled, false)
  assert.deepEqual(await typesOf(client.readStream('a')), ['one'])
  server.faults.breakConnections()
  await append
})

test('while calls are refused everything is unavailable, afterwards everything works again', async (t) => {
  const { client, server, connect } = await openServer(t)
  await client.appendToStream('a', event('one'))
  const subscription = connect().subscribeToStream('a')
  const ended = once(subscription, 'error')
  subscription.resume()
  await once(subscription, 'caughtUp')
  server.faults.refuseCalls(true)
  assert.ok((await ended)[0] instanceof UnavailableError)
  // The client asks for the supported methods first and hands on the bare gRPC error when that fails.
  await assert.rejects(client.appendToStream('a', event('two')), { code: status.UNAVAILABLE })
  await assert.rejects(typesOf(client.readStream('a')), UnavailableError)
  await assert.rejects(client.deleteStream('a'), UnavailableError)
  server.faults.refuseCalls(false)
  await client.appendToStream('a', event('three'))
  assert.deepEqual(await typesOf(client.readStream('a')), ['one', 'three'])
})

test('dropped subscriptions end with an error, appends and reads go on', async (t) => {
  const { client, server } = await openServer(t)
  await client.appendToStream('a', event('one'))
  const subscriptions = [client.subscribeToStream('a'), client.subscribeToAll()]
  const ended = subscriptions.map((subscription) => once(subscription, 'error'))
  for (const subscription of subscriptions) subscription.resume()
  await Promise.all(subscriptions.map((subscription) => once(subscription, 'caughtUp')))
  server.faults.dropSubscriptions()
  for (const end of ended) assert.ok((await end)[0] instanceof UnavailableError)
  await client.appendToStream('a', event('two'))
  assert.equal((await take(client.subscribeToStream('a'), 2)).length, 2)
})

test('broken connections end what runs on them; the client connects again', async (t) => {
  const { client, server } = await openServer(t)
  await client.appendToStream('a', event('one'))
  const subscription = client.subscribeToStream('a')
  let error: unknown
  subscription.on('error', (cause) => {
    error = cause
  })
  subscription.resume()
  await once(subscription, 'caughtUp')
  server.faults.breakConnections()
  await until(() => error !== undefined)
  // The client may use the old connection once more before it has noticed.
  await client.appendToStream('a', event('two')).catch(() => client.appendToStream('a', event('two')))
  assert.equal((await take(client.subscribeToStream('a'), 2)).length, 2)
})

// BatchAppendReq.Options.deadline is a point in time on the client's clock; the client sends now + 10 s.
test('a server whose clock is ahead by more than the deadline fails every append, and stores nothing', async (t) => {
  const { client, server } = await openServer(t)
  server.faults.skewClock(11_000)
  await assert.rejects(client.appendToStream('a', event('one')), DeadlineExceededError)
  server.faults.skewClock(8_000)
  await client.appendToStream('a', event('two'))
  assert.deepEqual(await typesOf(client.readAll()), ['two'])
})

test('a server whose clock is behind appends as ever, and its events are dated by it', async (t) => {
  const { client, server } = await openServer(t)
  server.faults.skewClock(-3_600_000)
  await client.appendToStream('a', event('one'))
  for await (const resolved of client.readStream('a')) {
    const ago = Date.now() - (resolved.event?.created.getTime() ?? 0)
    assert.ok(ago > 3_590_000 && ago < 3_660_000)
  }
})

test('with its storage full the server refuses appends and deletes, stores nothing, and goes on reading', async (t) => {
  const { client, server } = await openServer(t)
  await client.appendToStream('a', event('one'))
  server.faults.fillStorage(true)
  await assert.rejects(client.appendToStream('a', event('two')), UnknownError)
  await assert.rejects(client.deleteStream('a'), UnknownError)
  assert.deepEqual(await typesOf(client.readStream('a')), ['one'])
  server.faults.fillStorage(false)
  assert.equal((await client.appendToStream('a', event('two'))).nextExpectedRevision, 1n)
})

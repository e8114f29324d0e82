/**
 * Appending. Sources: the protocol definitions streams.proto, shared.proto and status.proto; the client documentation
 * "Appending events" (event id, concurrency); the server documentation on idempotence and on the expected version.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { type AppendExpectedRevision, binaryEvent, WrongExpectedVersionError } from '@eventstore/db-client'
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js'
import streamsPb, { type AppendResp } from '@eventstore/db-client/generated/streams_pb.js'
import { credentials, type ServiceError } from '@grpc/grpc-js'

import { empty, writeStreamName, writeUuid } from '../src/wire-values.ts'
import { all, event, openServer, typesOf } from './open-server.ts'

test('an append answers with the revision and the position of its last event', async (t) => {
  const { client } = await openServer(t)
  const appended = await client.appendToStream('a', [event('one'), event('two')], { expectedRevision: 'no_stream' })
  const [first, second] = await all(client.readStream('a'))
  assert.equal(appended.success, true)
  assert.equal(appended.nextExpectedRevision, 1n)
  assert.deepEqual(appended.position, second?.event?.position)
  assert.ok((first?.event?.position?.commit ?? 0n) < (second?.event?.position?.commit ?? 0n))
})

test('every event has a position of its own, commit equal to prepare, sparse and growing', async (t) => {
  const { client } = await openServer(t)
  await client.appendToStream('a', [event('one'), event('two'), event('three')])
  await client.appendToStream('b', event('four'))
  const positions = (await all(client.readAll())).map((resolved) => resolved.event?.position)
  assert.equal(positions.length, 4)
  for (const position of positions) assert.equal(position?.commit, position?.prepare)
  const commits = positions.map((position) => position?.commit ?? -1n)
  assert.ok((commits[0] ?? 0n) > 0n)
  for (const [index, commit] of commits.slice(1).entries()) assert.ok(commit > (commits[index] ?? 0n) + 1n)
})

const expectations: [AppendExpectedRevision, 'new' | 'existing', 'written' | 'refused'][] = [
  ['any', 'new', 'written'],
  ['any', 'existing', 'written'],
  ['no_stream', 'new', 'written'],
  ['no_stream', 'existing', 'refused'],
  ['stream_exists', 'new', 'refused'],
  ['stream_exists', 'existing', 'written'],
  [1n, 'new', 'refused'],
  [1n, 'existing', 'written'],
  [0n, 'existing', 'refused'],
  [2n, 'existing', 'refused'],
]
for (const [expectedRevision, state, outcome] of expectations) {
  test(`an append that expects ${expectedRevision} of ${state} stream is ${outcome}`, async (t) => {
    const { client } = await openServer(t)
    if (state === 'existing') await client.appendToStream('a', [event('one'), event('two')])
    const append = client.appendToStream('a', event('next'), { expectedRevision })
    if (outcome === 'written') {
      assert.equal((await append).nextExpectedRevision, state === 'existing' ? 2n : 0n)
      return
    }
    await assert.rejects(append, (error) => {
      assert.ok(error instanceof WrongExpectedVersionError)
      assert.equal(error.streamName, 'a')
      assert.equal(error.expectedVersion, expectedRevision)
      assert.equal(error.actualVersion, state === 'existing' ? 1n : 'no_stream')
      return true
    })
  })
}

test('an append repeated with its explicit revision and ids is answered as before and writes nothing', async (t) => {
  const { client } = await openServer(t)
  const events = [event('one', randomUUID()), event('two', randomUUID())]
  const first = await client.appendToStream('a', events, { expectedRevision: 'no_stream' })
  await client.appendToStream('a', event('three'), { expectedRevision: 1n })
  const again = await client.appendToStream('a', events, { expectedRevision: 'no_stream' })
  assert.deepEqual(again, first)
  const third = event('four', randomUUID())
  const fourth = await client.appendToStream('a', third, { expectedRevision: 2n })
  assert.deepEqual(await client.appendToStream('a', third, { expectedRevision: 2n }), fourth)
  assert.deepEqual(await typesOf(client.readStream('a')), ['one', 'two', 'three', 'four'])
})

test('a repeat of the first part of an append is answered with the revision of that part', async (t) => {
  const { client } = await openServer(t)
  const [one, two] = [event('one', randomUUID()), event('two', randomUUID())]
  await client.appendToStream('a', [one, two], { expectedRevision: 'no_stream' })
  const part = await client.appendToStream('a', [one], { expectedRevision: 'no_stream' })
  assert.equal(part.nextExpectedRevision, 0n)
})

for (const expectedRevision of ['no_stream', 'any', 'stream_exists'] as const) {
  test(`an append of ${expectedRevision} that is old in part and new in part is a wrong revision`, async (t) => {
    const { client } = await openServer(t)
    const one = event('one', randomUUID())
    await client.appendToStream('a', one, { expectedRevision: 'no_stream' })
    await assert.rejects(
      client.appendToStream('a', [one, event('two')], { expectedRevision }),
      WrongExpectedVersionError,
    )
    assert.deepEqual(await typesOf(client.readStream('a')), ['one'])
  })
}

for (const expectedRevision of ['any', 'stream_exists'] as const) {
  test(`an id written a moment ago is recognised with ${expectedRevision}`, async (t) => {
    const { client } = await openServer(t)
    await client.appendToStream('a', event('zero'))
    const one = event('one', randomUUID())
    const first = await client.appendToStream('a', one, { expectedRevision })
    assert.deepEqual(await client.appendToStream('a', one, { expectedRevision }), first)
    assert.deepEqual(await typesOf(client.readStream('a')), ['zero', 'one'])
  })
}

test('the same id in another stream, or at another revision, is another event', async (t) => {
  const { client } = await openServer(t)
  const one = event('one', randomUUID())
  await client.appendToStream('a', one, { expectedRevision: 'no_stream' })
  await client.appendToStream('b', one, { expectedRevision: 'no_stream' })
  await client.appendToStream('a', one, { expectedRevision: 0n })
  assert.deepEqual(await typesOf(client.readAll()), ['one', 'one', 'one'])
})

test('an append of more than the maximum size is refused and the connection goes on', async (t) => {
  const { client } = await openServer(t)
  const large = event('large', undefined, { text: 'x'.repeat(1024 * 1024) })
  await assert.rejects(client.appendToStream('a', large), {
    type: 'maximum-append-size-exceeded',
    maxAppendSize: 1_048_576,
  })
  assert.equal((await client.appendToStream('a', event('small'))).nextExpectedRevision, 0n)
})

test('a server set to larger appends takes an event of several MB, sent in several messages', async (t) => {
  const { client } = await openServer(t, { maximumAppendSize: 12 * 1024 * 1024, writeTimeout: 60_000 })
  const large = () => event('large', undefined, { text: 'x'.repeat(2 * 1024 * 1024) })
  await client.appendToStream('a', [large(), large(), large(), large()], { deadline: 60_000 })
  const read = await all(client.readStream('a'))
  assert.equal(read.length, 4)
  assert.deepEqual(read[3]?.event?.data, { text: 'x'.repeat(2 * 1024 * 1024) })
})

test('a binary event comes back as it was, with its metadata and its content type', async (t) => {
  const { client } = await openServer(t)
  const id = randomUUID()
  const data = Buffer.from([0, 255, 128, 10])
  await client.appendToStream('a', binaryEvent({ id, type: 'bytes', data, metadata: Buffer.from([1, 2]) }))
  const [read] = await all(client.readStream('a'))
  assert.equal(read?.event?.id, id)
  assert.equal(read?.event?.isJson, false)
  assert.deepEqual(Buffer.from(read?.event?.data as Uint8Array), data)
  assert.deepEqual(Buffer.from(read?.event?.metadata as Uint8Array), Buffer.from([1, 2]))
})

test('an event without a type is a bad request', async (t) => {
  const { client } = await openServer(t)
  await assert.rejects(client.appendToStream('a', event('')))
  assert.equal((await client.appendToStream('a', event('typed'))).nextExpectedRevision, 0n)
})

test('an append of no events writes nothing', async (t) => {
  const { client } = await openServer(t)
  await client.appendToStream('a', event('one'))
  assert.equal((await client.appendToStream('a', [], { expectedRevision: 0n })).nextExpectedRevision, 0n)
  assert.deepEqual(await typesOf(client.readAll()), ['one'])
})

test('64 writers on one stream: each revision is given once, each loser learns the current revision', async (t) => {
  const { connect } = await openServer(t)
  const clients = [connect(), connect(), connect(), connect()]
  const [reader] = clients
  const writers = Array.from({ length: 64 }, (_, index) => ({ index, client: clients[index % 4] }))
  let conflicts = 0
  await Promise.all(
    writers.map(async ({ index, client }) => {
      let expectedRevision: AppendExpectedRevision = 'no_stream'
      for (;;) {
        try {
          await client?.appendToStream('hot', event(`writer-${index}`), { expectedRevision })
          return
        } catch (error) {
          if (!(error instanceof WrongExpectedVersionError)) throw error
          conflicts += 1
          expectedRevision = error.actualVersion
        }
      }
    }),
  )
  const read = reader === undefined ? [] : await all(reader.readStream('hot'))
  assert.equal(new Set(read.map((resolved) => resolved.event?.type)).size, 64)
  assert.deepEqual(
    read.map((resolved) => resolved.event?.revision),
    Array.from({ length: 64 }, (_, revision) => BigInt(revision)),
  )
  assert.ok(conflicts > 0)
})

/** `Streams.Append`, which the client uses only with credentials: the options first, then the events. */
function appendOneByOne(
  port: number,
  options: streamsPb.AppendReq.Options,
  messages: streamsPb.AppendReq.ProposedMessage[],
) {
  const client = new StreamsClient(`127.0.0.1:${port}`, credentials.createInsecure())
  return new Promise<AppendResp>((resolve, reject) => {
    const call = client.append((error: ServiceError | null, response: AppendResp) => {
      client.close()
      if (error === null) resolve(response)
      else reject(error)
    })
    call.write(new streamsPb.AppendReq().setOptions(options))
    for (const message of messages) call.write(new streamsPb.AppendReq().setProposedMessage(message))
    call.end()
  })
}

function proposedMessage(type: string, size = 2) {
  const message = new streamsPb.AppendReq.ProposedMessage()
    .setId(writeUuid(randomUUID(), false))
    .setData(Buffer.alloc(size))
  message.getMetadataMap().set('type', type).set('content-type', 'application/json')
  return message
}

test('Append, one message per event: success, and a wrong revision as an answer, not an error', async (t) => {
  const { server } = await openServer(t)
  const toNew = () => new streamsPb.AppendReq.Options().setStreamIdentifier(writeStreamName('a')).setNoStream(empty())
  const written = await appendOneByOne(server.port, toNew(), [proposedMessage('one'), proposedMessage('two')])
  assert.equal(written.getSuccess()?.getCurrentRevision(), '1')
  const refused = await appendOneByOne(server.port, toNew(), [proposedMessage('one')])
  assert.equal(refused.getWrongExpectedVersion()?.getCurrentRevision(), '1')
  assert.ok(refused.getWrongExpectedVersion()?.hasExpectedNoStream())
})

test('Append names its failures in the trailer `exception`', async (t) => {
  const { server } = await openServer(t)
  const options = new streamsPb.AppendReq.Options().setStreamIdentifier(writeStreamName('a')).setAny(empty())
  await assert.rejects(appendOneByOne(server.port, options, [proposedMessage('large', 1024 * 1024)]), (error) => {
    const trailers = (error as ServiceError).metadata.getMap()
    assert.equal(trailers.exception, 'maximum-append-size-exceeded')
    assert.equal(trailers['maximum-append-size'], '1048576')
    return true
  })
  const untyped = new streamsPb.AppendReq.ProposedMessage().setId(writeUuid(randomUUID(), true))
  await assert.rejects(appendOneByOne(server.port, options, [untyped]), (error) => {
    assert.equal((error as ServiceError).metadata.getMap().exception, 'missing-required-metadata-property')
    return true
  })
})

/**
 * Deleting. Source: server documentation "Event streams": soft delete and TruncateBefore, max count, hard delete; and
 * the trailers of a failed delete as the client reads them.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StreamDeletedError, StreamNotFoundError, WrongExpectedVersionError } from '@eventstore/db-client'

import { all, event, openServer, typesOf } from './open-server.ts'

test('a deleted stream is not found, and its events stay in $all', async (t) => {
  const { client } = await openServer(t)
  await client.appendToStream('a', [event('one'), event('two')])
  const { position } = await client.deleteStream('a', { expectedRevision: 1n })
  assert.ok(position)
  await assert.rejects(all(client.readStream('a')), StreamNotFoundError)
  assert.deepEqual(await typesOf(client.readAll()), ['one', 'two', '$metadata'])
})

test('a deleted stream begins again at the next revision, as a new stream or at its last revision', async (t) => {
  const { client } = await openServer(t)
  for (const [stream, expectedRevision] of [
    ['a', 'no_stream'],
    ['b', 1n],
    ['c', 'any'],
  ] as const) {
    await client.appendToStream(stream, [event('one'), event('two')])
    await client.deleteStream(stream)
    const appended = await client.appendToStream(stream, event('three'), { expectedRevision })
    assert.equal(appended.nextExpectedRevision, 2n)
    const read = await all(client.readStream(stream))
    assert.deepEqual(
      read.map((resolved) => [resolved.event?.type, resolved.event?.revision]),
      [['three', 2n]],
    )
  }
})

test('a deleted stream does not exist for an append that expects it to', async (t) => {
  const { client } = await openServer(t)
  await client.appendToStream('a', event('one'))
  await client.deleteStream('a')
  await assert.rejects(
    client.appendToStream('a', event('two'), { expectedRevision: 'stream_exists' }),
    StreamDeletedError,
  )
})

test('a delete that expects another revision is refused with both revisions', async (t) => {
  const { client } = await openServer(t)
  await client.appendToStream('a', [event('one'), event('two')])
  await assert.rejects(client.deleteStream('a', { expectedRevision: 0n }), (error) => {
    assert.ok(error instanceof WrongExpectedVersionError)
    assert.equal(error.streamName, 'a')
    assert.equal(error.expectedVersion, 0n)
    assert.equal(error.actualVersion, 1n)
    return true
  })
  await assert.rejects(client.deleteStream('never'), WrongExpectedVersionError)
})

test('a tombstoned stream can neither be read nor written nor deleted, ever', async (t) => {
  const { client } = await openServer(t)
  await client.appendToStream('a', event('one'))
  await client.tombstoneStream('a', { expectedRevision: 0n })
  await assert.rejects(all(client.readStream('a')), StreamDeletedError)
  for (const expectedRevision of ['any', 'no_stream', 'stream_exists', 0n] as const) {
    await assert.rejects(client.appendToStream('a', event('two'), { expectedRevision }), (error) => {
      assert.ok(error instanceof StreamDeletedError)
      assert.equal(error.streamName, 'a')
      return true
    })
  }
  await assert.rejects(client.deleteStream('a'), StreamDeletedError)
  const last = (await all(client.readAll())).at(-1)
  assert.equal(last?.event?.type, '$streamDeleted')
  assert.equal(last?.event?.revision, 9223372036854775807n)
})

test('stream metadata truncates what is read: before a revision, or to a number of events', async (t) => {
  const { client } = await openServer(t)
  await client.appendToStream('a', [event('one'), event('two'), event('three')])
  await client.setStreamMetadata('a', { truncateBefore: 1 })
  assert.deepEqual(await typesOf(client.readStream('a')), ['two', 'three'])
  await client.setStreamMetadata('a', { maxCount: 1 })
  assert.deepEqual(await typesOf(client.readStream('a')), ['three'])
  assert.equal((await client.getStreamMetadata('a')).metadata?.maxCount, 1)
})

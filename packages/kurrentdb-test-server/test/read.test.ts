/**
 * Reading. Sources: streams.proto (ReadReq, ReadResp); the client documentation "Reading events"; server documentation
 * "Event streams" for what a read of a truncated stream gives.
 */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { BACKWARDS, END, START, StreamNotFoundError, streamNameFilter } from '@eventstore/db-client'
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js'
import streamsPb, { type ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import { credentials } from '@grpc/grpc-js'

import { empty, writeStreamName } from '../src/wire-values.ts'
import { all, event, openServer, typesOf } from './open-server.ts'

async function serverWithFive(t: TestContext) {
  const opened = await openServer(t)
  await opened.client.appendToStream('a', [event('a0'), event('a1')])
  await opened.client.appendToStream('b', event('b0'))
  await opened.client.appendToStream('a', [event('a2'), event('a3')])
  return opened
}

test('a stream is read from a revision on, that revision included, in both directions', async (t) => {
  const { client } = await serverWithFive(t)
  const direction = BACKWARDS
  assert.deepEqual(await typesOf(client.readStream('a')), ['a0', 'a1', 'a2', 'a3'])
  assert.deepEqual(await typesOf(client.readStream('a', { fromRevision: 2n })), ['a2', 'a3'])
  assert.deepEqual(await typesOf(client.readStream('a', { fromRevision: 4n })), [])
  assert.deepEqual(await typesOf(client.readStream('a', { fromRevision: 1n, maxCount: 2 })), ['a1', 'a2'])
  assert.deepEqual(await typesOf(client.readStream('a', { direction, fromRevision: END })), ['a3', 'a2', 'a1', 'a0'])
  assert.deepEqual(await typesOf(client.readStream('a', { direction, fromRevision: END, maxCount: 1 })), ['a3'])
  assert.deepEqual(await typesOf(client.readStream('a', { direction, fromRevision: 1n })), ['a1', 'a0'])
  assert.deepEqual(await typesOf(client.readStream('a', { direction, fromRevision: START })), ['a0'])
  assert.deepEqual(await typesOf(client.readStream('a', { direction, fromRevision: 99n, maxCount: 1 })), ['a3'])
})

test('a stream that was never written is not found', async (t) => {
  const { client } = await serverWithFive(t)
  await assert.rejects(all(client.readStream('never')), (error) => {
    assert.ok(error instanceof StreamNotFoundError)
    assert.equal(error.streamName, 'never')
    return true
  })
})

test('$all has the events of every stream in the order of writing', async (t) => {
  const { client } = await serverWithFive(t)
  assert.deepEqual(await typesOf(client.readAll()), ['a0', 'a1', 'b0', 'a2', 'a3'])
  assert.deepEqual(await typesOf(client.readAll({ maxCount: 2 })), ['a0', 'a1'])
  const backwards = client.readAll({ direction: BACKWARDS, fromPosition: END })
  assert.deepEqual(await typesOf(backwards), ['a3', 'a2', 'b0', 'a1', 'a0'])
})

test('$all is read from a position on, forwards with its event, backwards without it', async (t) => {
  const { client } = await serverWithFive(t)
  const fromPosition = (await all(client.readAll()))[2]?.event?.position
  assert.ok(fromPosition)
  assert.deepEqual(await typesOf(client.readAll({ fromPosition })), ['b0', 'a2', 'a3'])
  assert.deepEqual(await typesOf(client.readAll({ fromPosition, direction: BACKWARDS })), ['a1', 'a0'])
})

test('a position at which no record begins cannot be read from; one beyond the end gives nothing', async (t) => {
  const { client } = await serverWithFive(t)
  const position = (await all(client.readAll()))[2]?.event?.position ?? { commit: 0n, prepare: 0n }
  const between = { commit: position.commit + 1n, prepare: position.prepare + 1n }
  await assert.rejects(all(client.readAll({ fromPosition: between })))
  const beyond = { commit: position.commit * 100n, prepare: position.commit * 100n }
  assert.deepEqual(await typesOf(client.readAll({ fromPosition: beyond })), [])
})

test('events carry type, content type and the time of writing in ticks of 100 ns', async (t) => {
  const { client, server } = await openServer(t)
  const before = Date.now()
  await client.appendToStream('a', event('one', undefined, { text: '督学' }))
  const after = Date.now()
  const [read] = await all(client.readStream('a'))
  assert.deepEqual(read?.event?.data, { text: '督学' })
  assert.equal(read?.event?.type, 'one')
  assert.equal(read?.event?.isJson, true)
  const [raw] = await readRaw(server.port, { structuredIds: false })
  const metadata = raw?.getEvent()?.getEvent()?.getMetadataMap()
  const created = BigInt(metadata?.get('created') ?? '')
  // The clock behind `created` is finer than the one behind Date.now, and may be a little apart from it.
  assert.ok(created / 10_000n >= before - 100 && created / 10_000n <= after + 100)
  assert.equal(metadata?.get('content-type'), 'application/json')
})

test('ids come in the form the request names: text, or two 64-bit halves', async (t) => {
  const { client, server } = await openServer(t)
  const id = 'c0ffee00-1234-4abc-8def-fedcba987654'
  await client.appendToStream('a', event('one', id))
  const [asText] = await readRaw(server.port, { structuredIds: false })
  assert.equal(asText?.getEvent()?.getEvent()?.getId()?.getString(), id)
  const [asHalves] = await readRaw(server.port, { structuredIds: true })
  const halves = asHalves?.getEvent()?.getEvent()?.getId()?.getStructured()
  const hex = (half?: string) => BigInt.asUintN(64, BigInt(half ?? 0)).toString(16)
  assert.equal(hex(halves?.getMostSignificantBits()), 'c0ffee0012344abc')
  assert.equal(hex(halves?.getLeastSignificantBits()), '8deffedcba987654')
})

test('$all read with a filter gives what matches, up to the count', async (t) => {
  const { server } = await serverWithFive(t)
  const types = async (filter: (options: streamsPb.ReadReq.Options.FilterOptions) => void, count?: number) =>
    (await readRaw(server.port, { structuredIds: false, filter, ...(count !== undefined && { count }) })).map(
      (response) => response.getEvent()?.getEvent()?.getMetadataMap().get('type'),
    )
  const expression = () => new streamsPb.ReadReq.Options.FilterOptions.Expression()
  assert.deepEqual(await types((filter) => filter.setStreamIdentifier(expression().setPrefixList(['b', 'c']))), ['b0'])
  assert.deepEqual(await types((filter) => filter.setEventType(expression().setRegex('[12]$'))), ['a1', 'a2'])
  assert.deepEqual(await types((filter) => filter.setEventType(expression().setPrefixList(['a'])), 3), [
    'a0',
    'a1',
    'a2',
  ])
})

test('a client of the newer protocol is told the last revision of the stream', async (t) => {
  const { server } = await serverWithFive(t)
  const responses = await readRaw(server.port, { structuredIds: false, stream: 'a', compatibility: 1 })
  assert.equal(responses.at(-1)?.getLastStreamPosition(), '3')
})

interface RawRead {
  readonly structuredIds: boolean
  readonly stream?: string
  readonly count?: number
  readonly compatibility?: number
  readonly filter?: (options: streamsPb.ReadReq.Options.FilterOptions) => void
}

/** Reads with the generated client what the client at hand does not offer or hides. */
async function readRaw(port: number, read: RawRead): Promise<ReadResp[]> {
  const { Options } = streamsPb.ReadReq
  const options = new Options().setCount(String(read.count ?? 1000))
  const uuidOption = new Options.UUIDOption()
  options.setUuidOption(read.structuredIds ? uuidOption.setStructured(empty()) : uuidOption.setString(empty()))
  if (read.stream === undefined) options.setAll(new Options.AllOptions().setStart(empty()))
  else
    options.setStream(new Options.StreamOptions().setStreamIdentifier(writeStreamName(read.stream)).setStart(empty()))
  if (read.filter === undefined) options.setNoFilter(empty())
  else {
    const filter = new Options.FilterOptions().setCount(empty()).setCheckpointintervalmultiplier(1)
    read.filter(filter)
    options.setFilter(filter)
  }
  if (read.compatibility !== undefined) {
    options.setControlOption(new Options.ControlOption().setCompatibility(read.compatibility))
  }
  const client = new StreamsClient(`127.0.0.1:${port}`, credentials.createInsecure())
  try {
    const responses: ReadResp[] = []
    for await (const response of client.read(new streamsPb.ReadReq().setOptions(options))) responses.push(response)
    return responses
  } finally {
    client.close()
  }
}

test('a filter that is no regular expression fails the subscription', async (t) => {
  const { client } = await serverWithFive(t)
  const subscription = client.subscribeToAll({ filter: streamNameFilter({ regex: '(' }) })
  await assert.rejects(async () => {
    for await (const resolved of subscription) assert.fail(`got ${resolved.event?.type}`)
  })
})

/** Connecting. Sources: serverfeatures.proto, gossip.proto; the client documentation on connection strings. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ServerFeaturesClient } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js'
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js'
import { credentials } from '@grpc/grpc-js'

import { startKurrentTestServer } from '../src/index.ts'
import { empty } from '../src/wire-values.ts'
import { event, openServer, typesOf } from './open-server.ts'

test('the supported methods are named in lower case, batchappend among them', async (t) => {
  const { server } = await openServer(t)
  const client = new ServerFeaturesClient(`127.0.0.1:${server.port}`, credentials.createInsecure())
  const supported = await new Promise<SupportedMethods>((resolve, reject) => {
    client.getSupportedMethods(empty(), (error, response) => (error === null ? resolve(response) : reject(error)))
  })
  client.close()
  const names = supported.getMethodsList().map((method) => `/${method.getServiceName()}/${method.getMethodName()}`)
  assert.ok(names.includes(StreamsService.batchAppend.path.toLowerCase()))
  assert.deepEqual(
    names,
    names.map((name) => name.toLowerCase()),
  )
  assert.match(supported.getEventStoreServerVersion(), /^\d+\.\d+\.\d+$/)
})

for (const [name, addressOf] of [
  ['by address', (port: number) => `esdb://127.0.0.1:${port}?tls=false`],
  ['by discovery', (port: number) => `esdb+discover://127.0.0.1:${port}?tls=false`],
  ['by gossip with several seeds', (port: number) => `esdb://127.0.0.1:${port},127.0.0.1:${port}?tls=false`],
] as const) {
  test(`a client connects ${name}`, async (t) => {
    const { server, connect } = await openServer(t)
    const client = connect(addressOf(server.port))
    await client.appendToStream('a', event('one'))
    assert.deepEqual(await typesOf(client.readStream('a')), ['one'])
  })
}

test('several connections see the same events', async (t) => {
  const { connect } = await openServer(t)
  const clients = Array.from({ length: 8 }, () => connect())
  await Promise.all(clients.map((client, index) => client.appendToStream(`s-${index}`, event(`e${index}`))))
  for (const client of clients) assert.equal((await typesOf(client.readAll())).length, 8)
})

test('a port that is taken is an error of the start', async (t) => {
  const { server } = await openServer(t)
  await assert.rejects(startKurrentTestServer({ port: server.port }), { code: 'EADDRINUSE' })
})

/** The file that lets events outlive the server, and the server as a process of its own. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { EventStoreDBClient, StreamDeletedError, StreamNotFoundError } from '@eventstore/db-client'

import { EventLog, StorageFullError } from '../src/event-log.ts'
import { startKurrentTestServer } from '../src/index.ts'
import type { LogFile } from '../src/log-file.ts'
import { all, event, typesOf } from './open-server.ts'

async function temporaryFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kurrentdb-test-server-'))
  t.after(() => rm(folder, { recursive: true }))
  return join(folder, 'events.log')
}

/** Runs a server on a file, for as long as `use` takes. */
async function withServerOn<T>(file: string, use: (client: EventStoreDBClient) => Promise<T>): Promise<T> {
  const server = await startKurrentTestServer({ file })
  const client = EventStoreDBClient.connectionString(server.address)
  try {
    return await use(client)
  } finally {
    await client.dispose()
    await server.stop()
  }
}

test('events, their positions and times, deletes and tombstones outlive the server', async (t) => {
  const file = await temporaryFile(t)
  const before = await withServerOn(file, async (client) => {
    await client.appendToStream('a', [event('one'), event('two', undefined, { text: '督学' })])
    await client.appendToStream('b', event('three'))
    await client.deleteStream('b')
    await client.appendToStream('c', event('four'))
    await client.tombstoneStream('c')
    return await all(client.readAll())
  })
  await withServerOn(file, async (client) => {
    assert.deepEqual(await all(client.readAll()), before)
    await assert.rejects(all(client.readStream('b')), StreamNotFoundError)
    await assert.rejects(all(client.readStream('c')), StreamDeletedError)
    const appended = await client.appendToStream('a', event('five'), { expectedRevision: 1n })
    assert.ok((appended.position?.commit ?? 0n) > (before.at(-1)?.event?.position?.commit ?? 0n))
  })
})

// Server documentation, idempotence: certain with an expected revision, best effort with "any".
test('after a restart a retry is recognised by its revision, and no longer by its id alone', async (t) => {
  const file = await temporaryFile(t)
  const one = event('one', randomUUID())
  await withServerOn(file, (client) => client.appendToStream('a', one, { expectedRevision: 'no_stream' }))
  await withServerOn(file, async (client) => {
    await client.appendToStream('a', one, { expectedRevision: 'no_stream' })
    assert.equal((await typesOf(client.readStream('a'))).length, 1)
    await client.appendToStream('a', one, { expectedRevision: 'any' })
    assert.equal((await typesOf(client.readStream('a'))).length, 2)
  })
})

test('what a killed process left unfinished at the end of the file is cut off', async (t) => {
  const file = await temporaryFile(t)
  await withServerOn(file, (client) => client.appendToStream('a', event('one')))
  const whole = await readFile(file)
  await appendFile(file, whole.subarray(0, whole.length / 2))
  await withServerOn(file, async (client) => {
    assert.deepEqual(await typesOf(client.readAll()), ['one'])
    await client.appendToStream('a', event('two'), { expectedRevision: 0n })
  })
  await withServerOn(file, async (client) => assert.deepEqual(await typesOf(client.readAll()), ['one', 'two']))
})

test('64 writers at once share the writes to the file and lose nothing', async (t) => {
  const file = await temporaryFile(t)
  await withServerOn(file, async (client) => {
    await Promise.all(
      Array.from({ length: 64 }, async (_, writer) => {
        for (let round = 0; round < 10; round += 1) await client.appendToStream(`s-${writer}`, event(`e${round}`))
      }),
    )
  })
  await withServerOn(file, async (client) => assert.equal((await typesOf(client.readAll())).length, 640))
})

function proposed(id: string) {
  return [{ id, type: 'e', isJson: true, data: Buffer.of(), metadata: Buffer.of() }]
}

test('a write the file refuses fails with all that waits behind it, and leaves no trace', async () => {
  let refusing = false
  const file: LogFile = {
    write: async () => {
      await new Promise((resolve) => setImmediate(resolve))
      if (refusing) throw new Error('ENOSPC')
    },
    close: async () => undefined,
  }
  const log = await EventLog.open(
    () => 0n,
    async () => file,
  )
  await log.append('a', 'no-stream', proposed('1'))
  refusing = true
  const results = await Promise.allSettled([
    log.append('a', 0, proposed('2')),
    log.append('a', 1, proposed('3')),
    log.append('a', 0, proposed('2')),
  ])
  for (const result of results) {
    assert.ok(result.status === 'rejected' && result.reason instanceof StorageFullError)
  }
  refusing = false
  assert.deepEqual(await log.append('a', 1, proposed('4')), { kind: 'wrong-revision', current: 0 })
  assert.equal((await log.append('a', 0, proposed('2'))).kind, 'written')
  assert.equal(log.count, 2)
})

test('a repeated append is answered while others keep writing', async () => {
  const file: LogFile = {
    write: () => new Promise((resolve) => setImmediate(resolve)),
    close: async () => undefined,
  }
  const log = await EventLog.open(
    () => 0n,
    async () => file,
  )
  let ended = false
  const keepWriting = async (stream: string) => {
    while (!ended) await log.append(stream, 'any', proposed(randomUUID()))
  }
  const writers = ['b', 'c', 'd'].map(keepWriting)
  const first = log.append('a', 'no-stream', proposed('1'))
  const again = await log.append('a', 'no-stream', proposed('1'))
  ended = true
  assert.deepEqual(again, await first)
  await Promise.all(writers)
})

/** Starts the server as a process and returns the line it prints when it is ready. */
async function startProcess(t: TestContext, file: string): Promise<{ child: ChildProcess; address: string }> {
  const main = join(import.meta.dirname, '../src/main.ts')
  const child = spawn(process.execPath, [main, '--port', '0', '--file', file], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  const [address] = await once(createInterface({ input: child.stdout }), 'line')
  return { child, address }
}

test('as a process it prints its address, ends on SIGTERM, and a killed one loses no acknowledged event', async (t) => {
  const file = await temporaryFile(t)
  const first = await startProcess(t, file)
  assert.match(first.address, /^esdb:\/\/127\.0\.0\.1:\d+\?tls=false$/)
  const client = EventStoreDBClient.connectionString(first.address)
  let acknowledged = 0
  const appending = (async () => {
    for (;;) {
      await client.appendToStream('a', event(`e${acknowledged}`))
      acknowledged += 1
      if (acknowledged === 50) first.child.kill('SIGKILL')
    }
  })()
  await assert.rejects(appending)
  await client.dispose()

  const second = await startProcess(t, file)
  const reader = EventStoreDBClient.connectionString(second.address)
  const types = await typesOf(reader.readStream('a'))
  assert.ok(types.length >= acknowledged)
  assert.deepEqual(
    types,
    types.map((_, index) => `e${index}`),
  )
  await reader.dispose()
  second.child.kill('SIGTERM')
  assert.deepEqual(await once(second.child, 'exit'), [0, null])
})

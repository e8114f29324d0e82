import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { BusError, type BusMessage, type ConsumerOptions } from '@dulian/bus'
import { openSqliteBus, type SqliteBusOptions } from './index.ts'

function message(subject: string, id: string, data: unknown = {}): BusMessage {
  return { id, type: 't', source: '/offices/yc/test', subject, time: '2026-05-20T08:00:00Z', extensions: {}, data }
}

function fileFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'bus-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'bus.db')
}

function open(t: TestContext, options: Partial<SqliteBusOptions> = {}) {
  const bus = openSqliteBus({ file: fileFor(t), ...options })
  t.after(() => bus.close())
  return bus
}

function group(handle: ConsumerOptions['handle']): ConsumerOptions {
  return { group: 'g', topics: ['t'], handle, retry: { attempts: 2, delay: () => 1 } }
}

test('different keys are handled at the same time, up to the limit', async (t) => {
  const bus = open(t, { concurrency: 3 })
  let inHand = 0
  let most = 0
  const allThree = Promise.withResolvers<void>()
  const consumer = await bus.subscribe(
    group(async () => {
      inHand += 1
      most = Math.max(most, inHand)
      if (inHand === 3) allThree.resolve()
      await allThree.promise
      inHand -= 1
    }),
  )
  await bus.publish(
    't',
    ['a', 'b', 'c', 'd', 'e'].map((key) => message(key, key)),
  )
  await consumer.caughtUp()
  assert.equal(most, 3)
})

test('a long backlog of handlers that never wait leaves the process room for other work', async (t) => {
  const bus = open(t)
  await bus.publish(
    't',
    Array.from({ length: 3_000 }, (_, n) => message(`k${n % 7}`, `${n}`)),
  )
  let handled = 0
  let turns = 0
  const consumer = await bus.subscribe(
    group(async () => {
      handled += 1
    }),
  )
  const other = (): void => {
    turns += 1
    if (handled < 3_000) setImmediate(other)
  }
  setImmediate(other)
  await consumer.caughtUp()
  assert.equal(handled, 3_000)
  assert.ok(turns >= 10, `${turns} turns`)
})

test('a decision taken while no consumer is there is carried out when one comes', async (t) => {
  const bus = open(t)
  const first = await bus.subscribe(
    group(async ({ id }) => {
      if (id !== 'a-2' && id !== 'b-2') throw new Error('poison')
    }),
  )
  await bus.publish('t', [message('a', 'a-1'), message('a', 'a-2'), message('b', 'b-1'), message('b', 'b-2')])
  await first.caughtUp()
  await first.close()
  for (const letter of await bus.deadLetters('g')) {
    if (letter.message.id === 'a-1') await bus.replay(letter.id)
    else await bus.skip(letter.id)
  }
  const seen: string[] = []
  const second = await bus.subscribe(
    group(async ({ id }) => {
      seen.push(id)
    }),
  )
  await second.caughtUp()
  assert.deepEqual(seen.sort(), ['a-1', 'a-2', 'b-2'])
  assert.deepEqual(await bus.deadLetters('g'), [])
})

test('being caught up includes a replay that has been asked for', async (t) => {
  const bus = open(t)
  let broken = true
  const seen: string[] = []
  const consumer = await bus.subscribe(
    group(async ({ id }) => {
      await new Promise((resolve) => setImmediate(resolve))
      if (broken) throw new Error('poison')
      seen.push(id)
    }),
  )
  await bus.publish('t', [message('a', 'a-1'), message('a', 'a-2')])
  await consumer.caughtUp()
  broken = false
  const [letter] = await bus.deadLetters('g')
  assert.ok(letter)
  await bus.replay(letter.id)
  await consumer.caughtUp()
  assert.deepEqual(seen, ['a-1', 'a-2'])
})

test('a consumer that joins while the last one is leaving gets what is left', async (t) => {
  const bus = open(t)
  const held = Promise.withResolvers<void>()
  const entered = Promise.withResolvers<void>()
  const leaving = await bus.subscribe(
    group(async () => {
      entered.resolve()
      await held.promise
    }),
  )
  await bus.publish('t', [message('a', 'a-1')])
  await entered.promise
  const closing = leaving.close()
  await bus.publish('t', [message('b', 'b-1')])
  // Nobody is there for it: it is queued, not handled.
  await new Promise((resolve) => setImmediate(resolve))
  await new Promise((resolve) => setImmediate(resolve))
  const arrived = Promise.withResolvers<string>()
  const joining = await bus.subscribe(group(async ({ id }) => arrived.resolve(id)))
  assert.equal(await arrived.promise, 'b-1')
  held.resolve()
  await closing
  await joining.caughtUp()
})

test('a full disk is reported to every waiting publisher, keeps nothing half, and publishing goes on when there is space', async (t) => {
  const file = fileFor(t)
  const tight = openSqliteBus({ file, maxFileBytes: 300_000 })
  const filling = { text: 'x'.repeat(20_000) }
  const isFull = (error: unknown): boolean => error instanceof BusError && error.code === 'BUS_STORAGE_FULL'
  let published = 0
  await assert.rejects(async () => {
    for (; published < 1_000; published += 2) {
      await tight.publish('t', [message('a', `${published}`, filling), message('a', `${published + 1}`, filling)])
    }
  }, isFull)
  const both = await Promise.allSettled([
    tight.publish('t', [message('b', 'one', filling), message('b', 'two', filling)]),
    tight.publish('t', [message('c', 'one', filling), message('c', 'two', filling)]),
  ])
  for (const outcome of both) assert.ok(outcome.status === 'rejected' && isFull(outcome.reason))
  await tight.close()

  const roomy = openSqliteBus({ file })
  t.after(() => roomy.close())
  await roomy.publish('t', [message('a', 'after', filling)])
  const seen: string[] = []
  const consumer = await roomy.subscribe(
    group(async ({ id }) => {
      seen.push(id)
    }),
  )
  await consumer.caughtUp()
  assert.ok(published > 0)
  assert.deepEqual(seen, [...Array.from({ length: published }, (_, n) => `${n}`), 'after'])
})

test('what is told to the log names the message, never its data or the error’s text', async (t) => {
  const told: unknown[] = []
  const tell = (facts: Readonly<Record<string, unknown>>, text: string): void => {
    told.push(facts, text)
  }
  const bus = open(t, { log: { warn: tell, error: tell } })
  const consumer = await bus.subscribe(
    group(async () => {
      throw new RangeError('张某某 13800000000')
    }),
  )
  await bus.publish('t', [message('a', 'a-1', { name: '张某某' })])
  await consumer.caughtUp()
  assert.ok(told.length > 0)
  assert.match(JSON.stringify(told), /a-1/)
  assert.match(JSON.stringify(told), /RangeError/)
  assert.doesNotMatch(JSON.stringify(told), /张某某|13800000000/)
})

test('a killed process loses no acknowledged message', async (t) => {
  const file = fileFor(t)
  const script = fileURLToPath(new URL('./testing/publish-until-killed.ts', import.meta.url))
  let acknowledged = 0
  for (let round = 1; round <= 3; round += 1) {
    const enough = acknowledged + 50 * round
    const child = spawn(process.execPath, [script, file, String(acknowledged + 1)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged = Number(line)
      if (acknowledged === enough) child.kill('SIGKILL')
    }
    const bus = openSqliteBus({ file })
    const seen = new Set<string>()
    const consumer = await bus.subscribe({
      ...group(async ({ id }) => {
        seen.add(id)
      }),
      group: `round-${round}`,
    })
    await consumer.caughtUp()
    await bus.close()
    assert.ok(acknowledged >= enough)
    for (let n = 1; n <= acknowledged; n += 1) assert.ok(seen.has(`${n}`), `${n} of ${acknowledged}`)
  }
})

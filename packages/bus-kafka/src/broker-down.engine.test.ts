import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { BusError, type BusMessage, type DeliveredMessage } from '@dulian/bus'
import { canStartLocally, freePort, type LocalEngine, startLocalEngine } from '@dulian/test-engines'
import type { KafkaBus } from './kafka-bus.ts'
import {
  assertInOrder,
  atEnd,
  consumerOf,
  keepingLog,
  message,
  numbered,
  openBus,
  unique,
  until,
} from './testing/fixture.ts'

const skip = canStartLocally('kafka') ? false : 'a broker of its own needs a JDK (17 or newer) and mvn'
const KEYS = Array.from({ length: 10 }, (_, n) => `key-${n}`)

/** A broker this test alone may kill. */
async function ownBroker(t: TestContext, dataFolder?: string): Promise<LocalEngine> {
  const broker = await startLocalEngine('kafka', dataFolder === undefined ? {} : { dataFolder })
  atEnd(t, () => broker.stop())
  return broker
}

/** As the publisher of a service does it: the same again until it is taken. */
async function publishUntilTaken(
  bus: KafkaBus,
  topic: string,
  messages: readonly BusMessage[],
  onRefused = (): void => {},
): Promise<void> {
  for (;;) {
    try {
      await bus.publish(topic, messages)
      return
    } catch (error) {
      if (!(error instanceof BusError) || error.code !== 'BUS_UNAVAILABLE') throw error
      onRefused()
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

describe('Kafka: the broker goes down', { skip }, () => {
  test('killed and started again under load: nothing is lost, each key keeps its order', async (t) => {
    const broker = await ownBroker(t)
    const topic = unique('topic')
    const group = unique('group')
    const seen: DeliveredMessage[] = []
    const consuming = openBus(t, broker.address)
    const consumer = await consuming.subscribe(
      consumerOf(topic, group, async (delivered) => {
        seen.push(delivered)
      }),
    )
    const publishing = openBus(t, broker.address, { timeout: 3_000 })
    let rounds = 0
    let isOver = false
    let refused = 0
    const load = (async () => {
      for (; !isOver; rounds += 1) {
        const round = KEYS.flatMap((key) => numbered(key, rounds + 1, rounds + 1))
        await publishUntilTaken(publishing, topic, round, () => {
          refused += 1
        })
      }
    })()
    for (let kills = 0; kills < 2; kills += 1) {
      const before = seen.length
      const already = refused
      await until('the load runs', () => seen.length > before + 500)
      await broker.kill()
      await until('a publication was refused', () => refused > already)
      await broker.restart()
    }
    const before = seen.length
    await until('the load runs again', () => seen.length > before + 500)
    isOver = true
    await load
    await consumer.caughtUp()
    assertInOrder(seen, KEYS, rounds)
    assert.deepEqual(await consumer.lag(), { [topic]: 0 })
  })

  test('while it is down publishing is refused in good time, life stands still, and all goes on by itself', async (t) => {
    const broker = await ownBroker(t)
    const topic = unique('topic')
    const { told, log } = keepingLog()
    const bus = openBus(t, broker.address, { timeout: 2_000, log })
    const seen: string[] = []
    const consumer = await bus.subscribe(
      consumerOf(topic, 'group', async ({ id }) => {
        seen.push(id)
      }),
    )
    await bus.publish(topic, numbered('a', 1, 2))
    await consumer.caughtUp()
    await broker.kill()

    const began = performance.now()
    await assert.rejects(
      bus.publish(topic, [message('a', 'lost', { name: '王某某' })]),
      (error) => error instanceof BusError && error.code === 'BUS_UNAVAILABLE' && !error.message.includes('王某某'),
    )
    assert.ok(performance.now() - began < 4_000)
    const alive = consumer.lastActivity()
    for (const question of [() => consumer.lag(), () => bus.deadLetters(), () => bus.skip(`${topic}.dlq.group~0~0`)]) {
      await assert.rejects(question, (error) => error instanceof BusError && error.code === 'BUS_UNAVAILABLE')
    }
    await until('the consumer has been started again', () => told.length > 0)
    assert.equal(consumer.lastActivity(), alive)

    const caughtUp = consumer.caughtUp()
    await broker.restart()
    await caughtUp
    await publishUntilTaken(bus, topic, numbered('a', 3, 4))
    await until('the consumer has gone on', () => seen.includes('a-4'))
    assert.ok(consumer.lastActivity() > alive)
    assert.doesNotMatch(JSON.stringify(told), /王某某/)
  })

  test('a bus opened before its broker is there works once it comes', async (t) => {
    const port = await freePort()
    const bus = openBus(t, `kafka://127.0.0.1:${port}`, { timeout: 1_000 })
    const seen: string[] = []
    const consumer = await bus.subscribe(
      consumerOf('topic', 'group', async ({ id }) => {
        seen.push(id)
      }),
    )
    await assert.rejects(bus.publish('topic', numbered('a', 1, 1)), { code: 'BUS_UNAVAILABLE' })
    const broker = await startLocalEngine('kafka', { port })
    atEnd(t, () => broker.stop())
    await publishUntilTaken(bus, 'topic', numbered('a', 1, 2))
    await consumer.caughtUp()
    assert.deepEqual([...new Set(seen)], ['a-1', 'a-2'])
  })

  test('closing does not wait for a broker that is down', async (t) => {
    const broker = await ownBroker(t)
    const bus = openBus(t, broker.address, { timeout: 2_000 })
    const consumer = await bus.subscribe(consumerOf('topic', 'group', async () => {}))
    await bus.publish('topic', numbered('a', 1, 1))
    await consumer.caughtUp()
    await broker.kill()
    const lastWords = bus.publish('topic', numbered('a', 2, 2))
    const began = performance.now()
    const refused = assert.rejects(lastWords, { code: 'BUS_UNAVAILABLE' })
    await bus.close()
    await refused
    assert.ok(performance.now() - began < 12_000)
  })

  const canMount = process.getuid?.() === 0 && process.platform === 'linux'
  test('a full disk at the broker: publishing is refused, and goes on when the broker is back with space', {
    skip: canMount ? false : 'a small disk can be made by root on Linux only',
  }, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'dulian-small-disk-'))
    const run = (...command: string[]): void => {
      const { status, stderr } = spawnSync(command[0] ?? '', command.slice(1))
      assert.equal(status, 0, `${command.join(' ')}: ${stderr}`)
    }
    run('mount', '-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder)
    atEnd(t, () => {
      run('umount', folder)
      rmSync(folder, { recursive: true, force: true })
    })
    const broker = await startLocalEngine('kafka', { dataFolder: folder })
    atEnd(t, () => broker.stop())
    const topic = unique('topic')
    const bus = openBus(t, broker.address, { timeout: 3_000 })
    const acknowledged: string[] = []
    const filling = { text: 'x'.repeat(100_000) }
    await assert.rejects(
      async () => {
        for (let n = 1; n <= 1_000; n += 1) {
          await bus.publish(topic, [message('a', `a-${n}`, filling)])
          acknowledged.push(`a-${n}`)
        }
      },
      (error) => error instanceof BusError && ['BUS_UNAVAILABLE', 'BUS_STORAGE_FULL'].includes(error.code),
    )
    assert.ok(acknowledged.length > 10)
    await broker.kill()
    run('mount', '-o', 'remount,size=200m', folder)
    await broker.restart()
    await publishUntilTaken(bus, topic, [message('a', `a-${acknowledged.length + 1}`, filling)])
    const seen: DeliveredMessage[] = []
    const consumer = await bus.subscribe(
      consumerOf(topic, 'group', async (delivered) => {
        seen.push(delivered)
      }),
    )
    await consumer.caughtUp()
    assertInOrder(seen, ['a'], acknowledged.length + 1)
  })
})

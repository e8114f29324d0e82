import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { DeliveredMessage } from '@dulian/bus'
import { engineToSkip, findEngine } from '@dulian/test-engines'
import { Administration } from './administration.ts'
import {
  assertInOrder,
  atEnd,
  consumerOf,
  idsOf,
  keepingLog,
  numbered,
  openBus,
  QUICK_TIMES,
  unique,
  until,
} from './testing/fixture.ts'

const engine = await findEngine('kafka')
const address = engine?.address ?? ''
const KEYS = Array.from({ length: 20 }, (_, n) => `key-${n}`)

/** Asserts that the group has committed all that the topic holds. */
async function assertCommitted(topic: string, group: string): Promise<void> {
  const administration = new Administration({ brokers: [address.replace('kafka://', '')], clientId: 'test' }, 10_000)
  const ends = (await administration.ranges(topic)).filter(({ low, high }) => high > low)
  const committed = (await administration.committed(group, [topic])).get(topic)
  await administration.close()
  assert.ok(ends.length > 0)
  assert.deepEqual(new Map(ends.map(({ partition, high }) => [partition, high])), committed)
}

describe('Kafka: sharing out anew', { skip: engineToSkip(engine, 'kafka') }, () => {
  after(() => engine?.stop())

  test('members come and go under load: each key in order, one message at a time, nothing lost', async (t) => {
    const topic = unique('topic')
    const group = unique('group')
    const publisher = openBus(t, address)
    const seen: DeliveredMessage[] = []
    const inHand = new Map<string, number>()
    let mostInHand = 0
    const handle = async (delivered: DeliveredMessage): Promise<void> => {
      const { subject } = delivered
      inHand.set(subject, (inHand.get(subject) ?? 0) + 1)
      mostInHand = Math.max(mostInHand, inHand.get(subject) ?? 0)
      await new Promise((resolve) => setTimeout(resolve, 2))
      inHand.set(subject, (inHand.get(subject) ?? 0) - 1)
      seen.push(delivered)
    }
    const join = async () => await openBus(t, address).subscribe(consumerOf(topic, group, handle))
    const staying = await join()
    let rounds = 0
    let changes = 0
    const load = (async () => {
      for (; changes < 4; rounds += 1) {
        await publisher.publish(
          topic,
          KEYS.flatMap((key) => numbered(key, rounds + 1, rounds + 1)),
        )
      }
    })()
    for (; changes < 4; changes += 1) {
      const visiting = await join()
      const before = seen.length
      const partitions = new Set<number>()
      await until('much has been handled', () => {
        for (const { partition } of seen.slice(before)) partitions.add(partition)
        return seen.length > before + 400
      })
      await visiting.close()
    }
    await load
    await staying.caughtUp()
    assertInOrder(seen, KEYS, rounds)
    assert.equal(mostInHand, 1)
    const places = new Set(seen.map(({ partition, offset }) => `${partition} ${offset}`))
    assert.equal(seen.length, places.size, 'members that leave in order leave nothing to be repeated')
    await assertCommitted(topic, group)
  })

  test('partitions are shared by members in several clients, and a member only gets topics it asked for', async (t) => {
    const both = unique('both')
    const only = unique('only')
    const group = unique('group')
    const seen = new Map<string, Set<string>>()
    const note =
      (who: string) =>
      async ({ topic, partition }: DeliveredMessage) => {
        const places = seen.get(who) ?? new Set()
        seen.set(who, places.add(`${topic} ${partition}`))
      }
    const bus = openBus(t, address)
    const first = await bus.subscribe({ ...consumerOf(both, group, note('first')), topics: [both, only] })
    const second = await openBus(t, address).subscribe(consumerOf(both, group, note('second')))
    await until('both have something to do', async () => {
      await bus.publish(
        both,
        KEYS.flatMap((key) => numbered(key, 1, 1)),
      )
      await bus.publish(
        only,
        KEYS.flatMap((key) => numbered(key, 1, 1)),
      )
      await first.caughtUp()
      await second.caughtUp()
      return seen.size === 2
    })
    assert.equal([...(seen.get('second') ?? [])].filter((place) => place.startsWith(only)).length, 0)
    assert.equal([...(seen.get('first') ?? [])].filter((place) => place.startsWith(only)).length, 6)
  })

  test('a consumer process killed in the middle: another takes over, nothing is lost', async (t) => {
    const topic = unique('topic')
    const group = unique('group')
    const bus = openBus(t, address)
    const script = fileURLToPath(new URL('./testing/consume-until-killed.ts', import.meta.url))
    await bus.publish(topic, [...numbered('poison', 1, 3), ...KEYS.flatMap((key) => numbered(key, 1, 20))])
    const child = spawn(process.execPath, [script, address, topic, group], { stdio: ['ignore', 'pipe', 'inherit'] })
    atEnd(t, () => void child.kill('SIGKILL'))
    const begun: string[] = []
    for await (const line of createInterface({ input: child.stdout })) {
      begun.push(line)
      if (begun.length === 150) child.kill('SIGKILL')
    }
    const seen: DeliveredMessage[] = []
    const successor = await bus.subscribe(
      consumerOf(topic, group, async (delivered) => {
        if (delivered.id === 'poison-1') throw new TypeError('poison')
        seen.push(delivered)
      }),
    )
    await successor.caughtUp()
    const all = new Set([...begun, ...idsOf(seen)])
    for (const key of KEYS) {
      for (const id of idsOf(numbered(key, 1, 20))) assert.ok(all.has(id), id)
      const taken = seen.filter(({ subject }) => subject === key)
      assert.deepEqual(idsOf(taken), idsOf(numbered(key, 21 - taken.length, 20)))
    }
    assert.ok(seen.length < 20 * KEYS.length, 'what was committed before is not repeated')
    const [letter, ...others] = await bus.deadLetters(group)
    assert.deepEqual([letter?.message.id, letter?.blocked, others.length], ['poison-1', 2, 0])
    await assertCommitted(topic, group)
  })

  test('a handler that outlasts the group’s patience is given up on, and its key is not begun beside it', async (t) => {
    const topic = unique('topic')
    const group = unique('group')
    const { log } = keepingLog()
    const bus = openBus(t, address, { log })
    const held = Promise.withResolvers<void>()
    const seen: string[] = []
    let inHand = 0
    let mostInHand = 0
    const slow = await bus.subscribe(
      consumerOf(topic, group, async ({ id }) => {
        inHand += 1
        mostInHand = Math.max(mostInHand, inHand)
        if (seen.push(id) === 1) await held.promise
        inHand -= 1
      }),
    )
    await bus.publish(topic, numbered('a', 1, 2))
    await until('the first is in hand', () => seen.length === 1)
    const joining = openBus(t, address)
    const other: string[] = []
    const second = await joining.subscribe(
      consumerOf(topic, group, async ({ id }) => {
        other.push(id)
      }),
    )
    // Wherever the key is then, it goes on there; what the handler given up on still does has no effect.
    setTimeout(() => held.resolve(), QUICK_TIMES.session + 1_000)
    await second.caughtUp()
    await slow.caughtUp()
    assert.equal(mostInHand, 1)
    assert.deepEqual([...new Set([...seen, ...other])].sort(), ['a-1', 'a-2'])
  })

  test('a dead letter is decided on from a process that owns nothing', async (t) => {
    const topic = unique('topic')
    const group = unique('group')
    const owner = openBus(t, address)
    const failing = new Set(['a-1', 'b-1'])
    const seen: string[] = []
    const consumer = await owner.subscribe(
      consumerOf(topic, group, async ({ id }) => {
        if (failing.has(id)) throw new TypeError('poison')
        seen.push(id)
      }),
    )
    await owner.publish(topic, [...numbered('a', 1, 3), ...numbered('b', 1, 3)])
    await consumer.caughtUp()
    const office = openBus(t, address)
    const letters = await office.deadLetters(group)
    assert.deepEqual(letters.map(({ message: { id }, blocked }) => [id, blocked]).sort(), [
      ['a-1', 2],
      ['b-1', 2],
    ])
    failing.clear()
    for (const letter of letters) {
      if (letter.message.id === 'a-1') await office.replay(letter.id)
      else await office.skip(letter.id)
    }
    await until('both keys are through', () => seen.length === 5)
    await consumer.caughtUp()
    assert.deepEqual(
      seen.filter((id) => id.startsWith('a')),
      ['a-1', 'a-2', 'a-3'],
    )
    assert.deepEqual(
      seen.filter((id) => id.startsWith('b')),
      ['b-2', 'b-3'],
    )
    assert.deepEqual(await office.deadLetters(group), [])
  })

  test('decisions taken while no consumer is there are carried out when one comes', async (t) => {
    const topic = unique('topic')
    const group = unique('group')
    const bus = openBus(t, address)
    const failing = await bus.subscribe(
      consumerOf(topic, group, async ({ id }) => {
        if (id.endsWith('-1')) throw new TypeError('poison')
      }),
    )
    await bus.publish(topic, [...numbered('a', 1, 2), ...numbered('b', 1, 2)])
    await failing.caughtUp()
    await failing.close()
    for (const letter of await bus.deadLetters(group)) {
      if (letter.message.id === 'a-1') await bus.replay(letter.id)
      else await bus.skip(letter.id)
    }
    const seen: string[] = []
    const next = await bus.subscribe(
      consumerOf(topic, group, async ({ id }) => {
        seen.push(id)
      }),
    )
    await next.caughtUp()
    assert.deepEqual(seen.sort(), ['a-1', 'a-2', 'b-2'])
    assert.deepEqual(await bus.deadLetters(group), [])
  })

  test('what was skipped does not come back with a crash, even when the group’s offset was still before it', async (t) => {
    const topic = unique('topic')
    const group = unique('group')
    const dying = openBus(t, address, { topics: () => ({ partitions: 1, retentionMs: -1 }) })
    const never = Promise.withResolvers<void>()
    const seen: string[] = []
    await dying.subscribe(
      consumerOf(topic, group, async ({ id }) => {
        if (id === 'b-1') await never.promise
        if (id === 'a-1') throw new TypeError('poison')
        seen.push(id)
      }),
    )
    await dying.publish(topic, [...numbered('b', 1, 1), ...numbered('a', 1, 2)])
    let id: string | undefined
    await until('it is a dead letter', async () => {
      id = (await dying.deadLetters(group))[0]?.id
      return id !== undefined
    })
    await dying.skip(id ?? '')
    await until('the next of the key is through', () => seen.includes('a-2'))
    dying.abandon()
    never.resolve()
    const again: string[] = []
    const bus = openBus(t, address)
    const consumer = await bus.subscribe(
      consumerOf(topic, group, async (delivered) => {
        again.push(delivered.id)
      }),
    )
    await consumer.caughtUp()
    assert.deepEqual(again, ['b-1', 'a-2'])
    assert.deepEqual(await bus.deadLetters(group), [])
  })
})

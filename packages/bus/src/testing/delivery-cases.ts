import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeliveredMessage } from '../bus.ts'
import { BusError } from '../errors.ts'
import type { BusCase } from './bus-case.ts'
import { gate, ids, message, numbered, Recorder, unique } from './recorder.ts'

export function deliveryCases(start: () => BusCase): void {
  test('a message arrives with everything it carried', async () => {
    const on = start()
    const bus = await on.open()
    const sent = { ...message('visit-永川-1', 'first', { text: '督导“记录”', list: [1, null, { deep: true }] }) }
    await bus.publish(on.topic, [sent])
    const got = await on.record(bus)
    await got.consumer.caughtUp()
    const [arrived] = got.seen
    assert.ok(arrived)
    const { topic, partition, offset, attempt, ...rest } = arrived
    assert.deepEqual(rest, sent)
    assert.equal(topic, on.topic)
    assert.equal(typeof partition, 'number')
    assert.match(offset, /^\d+$/)
    assert.equal(attempt, 1)
    await got.consumer.close()
  })

  test('messages of one key arrive in the order they were published, whoever published them', async () => {
    const on = start()
    const bus = await on.open()
    const got = await on.record(bus)
    const keys = ['a', 'b', 'c', 'd', 'e']
    // Five publishers at once, each with a key of its own, each in several steps.
    await Promise.all(
      keys.map(async (key) => {
        for (let from = 1; from <= 40; from += 8) await bus.publish(on.topic, numbered(key, from, from + 7))
      }),
    )
    await got.consumer.caughtUp()
    for (const key of keys) assert.deepEqual(got.firsts(key), ids(numbered(key, 1, 40)))
    await got.consumer.close()
  })

  test('publications not waited for keep their order too', async () => {
    const on = start()
    const bus = await on.open()
    await Promise.all(Array.from({ length: 30 }, (_, n) => bus.publish(on.topic, numbered('a', n + 1, n + 1))))
    const got = await on.record(bus)
    await got.consumer.caughtUp()
    assert.deepEqual(got.firsts(), ids(numbered('a', 1, 30)))
    await got.consumer.close()
  })

  test('one message of a key is handled at a time', async () => {
    const on = start()
    const bus = await on.open()
    const inHand = new Map<string, number>()
    let most = 0
    const consumer = await on.consume(bus, {
      handle: async ({ subject }) => {
        inHand.set(subject, (inHand.get(subject) ?? 0) + 1)
        most = Math.max(most, inHand.get(subject) ?? 0)
        await new Promise((resolve) => setImmediate(resolve))
        inHand.set(subject, (inHand.get(subject) ?? 0) - 1)
      },
    })
    await bus.publish(on.topic, [...numbered('a', 1, 20), ...numbered('b', 1, 20)])
    await consumer.caughtUp()
    assert.equal(most, 1)
    await consumer.close()
  })

  test('every group gets every message, from the beginning', async () => {
    const on = start()
    const bus = await on.open()
    await bus.publish(on.topic, numbered('a', 1, 5))
    const one = await on.record(bus, { group: unique('one') })
    await one.consumer.caughtUp()
    await bus.publish(on.topic, numbered('a', 6, 8))
    const late = await on.record(bus, { group: unique('late') })
    await one.consumer.caughtUp()
    await late.consumer.caughtUp()
    assert.deepEqual(one.firsts(), ids(numbered('a', 1, 8)))
    assert.deepEqual(late.firsts(), ids(numbered('a', 1, 8)))
    await one.consumer.close()
    await late.consumer.close()
  })

  test('a group that is stuck does not hold up another', async () => {
    const on = start()
    const bus = await on.open()
    const held = gate()
    const stuck = await on.consume(bus, { group: unique('stuck'), handle: () => held.passed })
    const free = await on.record(bus, { group: unique('free') })
    await bus.publish(on.topic, numbered('a', 1, 10))
    await free.consumer.caughtUp()
    assert.deepEqual(free.firsts(), ids(numbered('a', 1, 10)))
    held.open()
    await stuck.close()
    await free.consumer.close()
  })

  test('two consumers of one group share the messages: each is handled once, in order per key', async () => {
    const on = start()
    const bus = await on.open()
    const keys = Array.from({ length: 12 }, (_, n) => `key-${n}`)
    const both = new Recorder()
    const first = await on.consume(bus, { handle: both.handle })
    const second = await on.consume(bus, { handle: both.handle })
    await first.caughtUp()
    await second.caughtUp()
    for (let round = 1; round <= 5; round += 1) {
      await bus.publish(
        on.topic,
        keys.flatMap((key) => numbered(key, round, round)),
      )
    }
    await first.caughtUp()
    await second.caughtUp()
    assert.equal(both.seen.length, keys.length * 5)
    for (const key of keys) assert.deepEqual(both.firsts(key), ids(numbered(key, 1, 5)))
    await first.close()
    await second.close()
  })

  test('when one consumer of a group leaves, the other takes over what it has not handled', async () => {
    const on = start()
    const bus = await on.open()
    const leaving = await on.record(bus)
    const staying = await on.record(bus)
    await bus.publish(on.topic, [...numbered('a', 1, 3), ...numbered('b', 1, 3), ...numbered('c', 1, 3)])
    await leaving.consumer.close()
    await bus.publish(on.topic, [...numbered('a', 4, 6), ...numbered('b', 4, 6), ...numbered('c', 4, 6)])
    await on.until('all 18 have been handled by one of the two', () => {
      return new Set([...leaving.ids, ...staying.ids]).size === 18
    })
    await staying.consumer.close()
  })

  test('a consumer of several topics gets them all, and of others nothing', async () => {
    const on = start()
    const bus = await on.open()
    const other = unique('topic')
    const foreign = unique('topic')
    await on.createTopic(other)
    await on.createTopic(foreign)
    const got = await on.record(bus, { topics: [on.topic, other] })
    await bus.publish(on.topic, numbered('a', 1, 3))
    await bus.publish(foreign, numbered('foreign', 1, 3))
    await bus.publish(other, numbered('b', 1, 3))
    await got.consumer.caughtUp()
    assert.deepEqual(got.firsts('a'), ids(numbered('a', 1, 3)))
    assert.deepEqual(got.firsts('b'), ids(numbered('b', 1, 3)))
    assert.deepEqual(got.firsts('foreign'), [])
    assert.deepEqual([...new Set(got.seen.filter(({ subject }) => subject === 'b').map(({ topic }) => topic))], [other])
    await got.consumer.close()
  })

  test('a message published again is delivered at least once, and holds nothing up', async () => {
    const on = start()
    const bus = await on.open()
    const got = await on.record(bus)
    await bus.publish(on.topic, numbered('a', 1, 2))
    await bus.publish(on.topic, numbered('a', 1, 3))
    await got.consumer.caughtUp()
    assert.deepEqual(got.firsts(), ids(numbered('a', 1, 3)))
    await got.consumer.close()
  })

  test('large, deep and odd data arrive unchanged', async () => {
    const on = start()
    const bus = await on.open()
    let deep: unknown = 'bottom'
    for (let level = 0; level < 200; level += 1) deep = { level: [deep] }
    const odd: unknown[] = [
      null,
      '',
      0,
      false,
      [],
      {},
      -1.5e-7,
      Number.MAX_SAFE_INTEGER,
      { 'a.b': { $set: 1, '': 2 }, ' 名称 ': '𠮷野家 👩‍🏫 \u0000 \u2028 "\\' },
      deep,
      '督'.repeat(350_000),
    ]
    await bus.publish(
      on.topic,
      odd.map((data, place) => message(`key ${place} 永川/👩‍🏫`, `${place}`, data)),
    )
    const got = await on.record(bus)
    await got.consumer.caughtUp()
    const byId = new Map(got.seen.map((arrived): [string, DeliveredMessage] => [arrived.id, arrived]))
    for (const [place, data] of odd.entries()) {
      assert.deepEqual(byId.get(`${place}`)?.data, data)
      assert.equal(byId.get(`${place}`)?.subject, `key ${place} 永川/👩‍🏫`)
    }
    await got.consumer.close()
  })

  test('a message beyond all limits is refused, and with it its whole publication', async () => {
    const on = start()
    const bus = await on.open()
    const huge = message('a', 'huge', 'x'.repeat(40 * 1024 * 1024))
    await assert.rejects(
      bus.publish(on.topic, [message('a', 'before'), huge]),
      (error) => error instanceof BusError && error.code === 'MESSAGE_TOO_LARGE',
    )
    await bus.publish(on.topic, [message('a', 'after')])
    const got = await on.record(bus)
    await got.consumer.caughtUp()
    assert.deepEqual(got.firsts(), ['after'])
    await got.consumer.close()
  })

  test('publishing nothing and being caught up with nothing are no trouble', async () => {
    const on = start()
    const bus = await on.open()
    await bus.publish(on.topic, [])
    const got = await on.record(bus)
    await got.consumer.caughtUp()
    assert.deepEqual(got.seen, [])
    assert.deepEqual(await got.consumer.lag(), { [on.topic]: 0 })
    await got.consumer.close()
  })

  test('caught up means handled, not merely delivered', async () => {
    const on = start()
    const bus = await on.open()
    const held = gate()
    const entered = gate()
    let finished = false
    const consumer = await on.consume(bus, {
      handle: async () => {
        entered.open()
        await held.passed
        finished = true
      },
    })
    await bus.publish(on.topic, [message('a', 'one')])
    await entered.passed
    let caughtUp = false
    const waiting = consumer.caughtUp().then(() => {
      caughtUp = true
      assert.equal(finished, true)
    })
    assert.equal(caughtUp, false)
    held.open()
    await waiting
    await consumer.close()
  })

  test('the lag counts what is published and not yet handled', async () => {
    const on = start()
    const bus = await on.open()
    const held = gate()
    const entered = gate()
    const consumer = await on.consume(bus, {
      handle: async () => {
        entered.open()
        await held.passed
      },
    })
    await bus.publish(on.topic, numbered('a', 1, 4))
    await entered.passed
    assert.deepEqual(await consumer.lag(), { [on.topic]: 4 })
    held.open()
    await consumer.caughtUp()
    await on.until('nothing is left', async () => (await consumer.lag())[on.topic] === 0)
    assert.ok(consumer.lastActivity() > 0)
    await consumer.close()
  })
}

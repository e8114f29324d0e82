import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeliveredMessage } from '../bus.ts'
import { BusError } from '../errors.ts'
import { type BusCase, QUICK } from './bus-case.ts'
import { ids, message, numbered, Recorder } from './recorder.ts'

/** Records everything it manages, and fails on the ids it is told to. */
class Picky extends Recorder {
  readonly failing: Set<string>
  readonly tried: DeliveredMessage[] = []

  constructor(...failing: string[]) {
    super()
    this.failing = new Set(failing)
  }

  override readonly handle = async (delivered: DeliveredMessage): Promise<void> => {
    this.tried.push(delivered)
    if (this.failing.has(delivered.id)) throw new TypeError(`王某某 13800000000 cannot be handled`)
    this.seen.push(delivered)
  }
}

export function deadLetterCases(start: () => BusCase): void {
  test('a failing message is tried again in place, and its key waits for it', async () => {
    const on = start()
    const bus = await on.open()
    const attempts: number[] = []
    const order: string[] = []
    const consumer = await on.consume(bus, {
      handle: async ({ id, attempt }) => {
        if (id === 'a-1') attempts.push(attempt)
        if (id === 'a-1' && attempt < 3) throw new Error('not yet')
        order.push(id)
      },
    })
    await bus.publish(on.topic, numbered('a', 1, 3))
    await consumer.caughtUp()
    assert.deepEqual(attempts, [1, 2, 3])
    assert.deepEqual(order, ids(numbered('a', 1, 3)))
    assert.deepEqual(await bus.deadLetters(on.group), [])
    await consumer.close()
  })

  test('a handler that throws at once is treated like one that rejects', async () => {
    const on = start()
    const bus = await on.open()
    let tries = 0
    const consumer = await on.consume(bus, {
      handle: () => {
        tries += 1
        throw new RangeError('at once')
      },
    })
    await bus.publish(on.topic, [message('a', 'one')])
    await consumer.caughtUp()
    assert.equal(tries, 3)
    assert.equal((await on.deadLetter(bus)).message.id, 'one')
    await consumer.close()
  })

  test('a poison message is set aside with its key; the rest goes on', async () => {
    const on = start()
    const bus = await on.open()
    const got = new Picky('a-2')
    const consumer = await on.consume(bus, { handle: got.handle })
    await bus.publish(on.topic, [...numbered('a', 1, 4), ...numbered('b', 1, 4)])
    await consumer.caughtUp()
    assert.deepEqual(got.firsts('b'), ids(numbered('b', 1, 4)))
    assert.deepEqual(got.firsts('a'), ['a-1'])
    const letter = await on.deadLetter(bus, 2)
    assert.equal(letter.group, on.group)
    assert.equal(letter.attempts, 3)
    assert.deepEqual(letter.message, { ...message('a', 'a-2'), topic: on.topic })
    assert.ok(!Number.isNaN(Date.parse(letter.at)))
    assert.match(letter.error, /TypeError/)
    assert.doesNotMatch(JSON.stringify(letter), /13800000000/)
    await consumer.close()
  })

  test('dead letters of one group are nothing to another', async () => {
    const on = start()
    const bus = await on.open()
    const got = new Picky('a-1')
    const consumer = await on.consume(bus, { handle: got.handle })
    const other = await on.record(bus, { group: `${on.group}-other` })
    await bus.publish(on.topic, numbered('a', 1, 2))
    await consumer.caughtUp()
    await other.consumer.caughtUp()
    assert.deepEqual(other.firsts(), ids(numbered('a', 1, 2)))
    assert.deepEqual(await bus.deadLetters(`${on.group}-other`), [])
    const letter = await on.deadLetter(bus, 1)
    assert.ok((await bus.deadLetters()).some(({ id }) => id === letter.id))
    await consumer.close()
    await other.consumer.close()
  })

  test('a replay delivers the message and what waited behind it, in order, and frees the key', async () => {
    const on = start()
    const bus = await on.open()
    const got = new Picky('a-2')
    const consumer = await on.consume(bus, { handle: got.handle })
    await bus.publish(on.topic, numbered('a', 1, 4))
    await consumer.caughtUp()
    const letter = await on.deadLetter(bus, 2)
    got.failing.clear()
    await bus.replay(letter.id)
    await bus.publish(on.topic, numbered('a', 5, 6))
    await on.until('all six are handled', () => got.firsts().length === 6)
    assert.deepEqual(got.firsts(), ids(numbered('a', 1, 6)))
    await on.until('no dead letter is left', async () => (await bus.deadLetters(on.group)).length === 0)
    await consumer.caughtUp()
    assert.equal(got.seen.length, 6)
    await consumer.close()
  })

  test('a replay that fails again leaves everything where it was', async () => {
    const on = start()
    const bus = await on.open()
    const got = new Picky('a-1')
    const consumer = await on.consume(bus, { handle: got.handle })
    await bus.publish(on.topic, numbered('a', 1, 2))
    await consumer.caughtUp()
    const letter = await on.deadLetter(bus, 1)
    const tried = got.tried.length
    await bus.replay(letter.id)
    await on.until('it was tried again to the end', () => got.tried.length === tried + QUICK.attempts)
    await on.until('it is a dead letter again', async () => {
      const [again] = await bus.deadLetters(on.group)
      return again !== undefined && again.attempts > letter.attempts
    })
    assert.deepEqual(got.seen, [])
    const again = await on.deadLetter(bus, 1)
    got.failing.clear()
    await bus.replay(again.id)
    await on.until('both are handled', () => got.seen.length === 2)
    assert.deepEqual(got.ids, ids(numbered('a', 1, 2)))
    await consumer.close()
  })

  test('a second poison message behind the first becomes the next dead letter', async () => {
    const on = start()
    const bus = await on.open()
    const got = new Picky('a-1', 'a-3')
    const consumer = await on.consume(bus, { handle: got.handle })
    await bus.publish(on.topic, numbered('a', 1, 5))
    await consumer.caughtUp()
    const first = await on.deadLetter(bus, 4)
    got.failing.delete('a-1')
    await bus.replay(first.id)
    await on.until('the third is the dead letter now', async () => {
      return (await bus.deadLetters(on.group))[0]?.message.id === 'a-3'
    })
    const second = await on.deadLetter(bus, 2)
    assert.deepEqual(got.ids, ['a-1', 'a-2'])
    got.failing.clear()
    await bus.replay(second.id)
    await on.until('all are handled', () => got.seen.length === 5)
    assert.deepEqual(got.ids, ids(numbered('a', 1, 5)))
    await consumer.close()
  })

  test('a skip drops the message for good and lets the rest through', async () => {
    const on = start()
    const bus = await on.open()
    const got = new Picky('a-1')
    const consumer = await on.consume(bus, { handle: got.handle })
    await bus.publish(on.topic, numbered('a', 1, 3))
    await consumer.caughtUp()
    const letter = await on.deadLetter(bus, 2)
    const tried = got.tried.length
    await bus.skip(letter.id)
    await bus.publish(on.topic, numbered('a', 4, 4))
    await on.until('the others are handled', () => got.seen.length === 3)
    assert.deepEqual(got.ids, ['a-2', 'a-3', 'a-4'])
    assert.equal(got.tried.slice(tried).filter(({ id }) => id === 'a-1').length, 0)
    assert.deepEqual(await bus.deadLetters(on.group), [])
    await consumer.close()
  })

  test('a skip with nothing behind it frees the key', async () => {
    const on = start()
    const bus = await on.open()
    const got = new Picky('a-1')
    const consumer = await on.consume(bus, { handle: got.handle })
    await bus.publish(on.topic, numbered('a', 1, 1))
    await consumer.caughtUp()
    await bus.skip((await on.deadLetter(bus)).id)
    await bus.publish(on.topic, numbered('a', 2, 2))
    await on.until('the next is handled', () => got.seen.length === 1)
    await consumer.close()
  })

  test('a dead letter that is not there can be neither replayed nor skipped', async () => {
    const on = start()
    const bus = await on.open()
    for (const id of ['999999999', 'no such thing', '']) {
      const notFound = (error: unknown): boolean => error instanceof BusError && error.code === 'DEAD_LETTER_NOT_FOUND'
      await assert.rejects(bus.replay(id), notFound)
      await assert.rejects(bus.skip(id), notFound)
    }
  })

  test('dead letters and what waits behind them outlive a restart', async () => {
    const on = start()
    let bus = await on.open()
    const got = new Picky('a-1')
    let consumer = await on.consume(bus, { handle: got.handle })
    await bus.publish(on.topic, [...numbered('a', 1, 2), ...numbered('b', 1, 1)])
    await consumer.caughtUp()
    await on.deadLetter(bus, 1)
    await consumer.close()

    bus = await on.harness.reopen()
    consumer = await on.consume(bus, { handle: got.handle })
    await bus.publish(on.topic, [...numbered('a', 3, 3), ...numbered('b', 2, 2)])
    await consumer.caughtUp()
    const letter = await on.deadLetter(bus, 2)
    assert.deepEqual(got.firsts(), ['b-1', 'b-2'])
    got.failing.clear()
    await bus.replay(letter.id)
    await on.until('the key is through', () => got.firsts('a').length === 3)
    assert.deepEqual(got.firsts('a'), ids(numbered('a', 1, 3)))
    await consumer.close()
  })
}

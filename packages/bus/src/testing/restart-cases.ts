import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BusError } from '../errors.ts'
import type { BusCase } from './bus-case.ts'
import { gate, ids, message, numbered, Recorder } from './recorder.ts'

const closed = (error: unknown): boolean => error instanceof BusError && error.code === 'BUS_CLOSED'

export function restartCases(start: () => BusCase): void {
  test('what was acknowledged is there after a crash', async () => {
    const on = start()
    let bus = await on.open()
    await bus.publish(on.topic, numbered('a', 1, 50))
    bus = await on.harness.crash()
    const got = await on.record(bus)
    await got.consumer.caughtUp()
    assert.deepEqual(got.firsts(), ids(numbered('a', 1, 50)))
    await got.consumer.close()
  })

  test('a message whose handler was done but not written down as such comes again, and none is lost', async () => {
    const on = start()
    let bus = await on.open()
    const before = new Recorder()
    const never = gate()
    const entered = gate()
    await on.consume(bus, {
      handle: async (delivered) => {
        before.seen.push(delivered)
        if (delivered.id !== 'a-3') return
        entered.open()
        await never.passed
      },
    })
    await bus.publish(on.topic, numbered('a', 1, 6))
    await entered.passed
    bus = await on.harness.crash()
    never.open()
    const after = await on.record(bus)
    await after.consumer.caughtUp()
    assert.deepEqual(after.firsts().slice(-4), ids(numbered('a', 3, 6)))
    assert.deepEqual(new Set([...before.ids, ...after.ids]), new Set(ids(numbered('a', 1, 6))))
    assert.deepEqual(before.firsts(), ids(numbered('a', 1, 3)))
    await after.consumer.close()
  })

  test('a message set aside just before a crash is one dead letter, and does not wait behind itself', async () => {
    const on = start()
    let bus = await on.open()
    const poison = async ({ id }: { readonly id: string }): Promise<void> => {
      if (id === 'a-1') throw new TypeError('poison')
    }
    const never = gate()
    await on.consume(bus, { handle: (delivered) => (delivered.subject === 'b' ? never.passed : poison(delivered)) })
    // The other key keeps the offset where it is, so that the poison message comes again after the crash.
    await bus.publish(on.topic, [...numbered('b', 1, 1), ...numbered('a', 1, 2)])
    await on.deadLetter(bus, 1)
    bus = await on.harness.crash()
    const consumer = await on.consume(bus, { handle: poison })
    await consumer.caughtUp()
    const letter = await on.deadLetter(bus, 1)
    assert.equal(letter.message.id, 'a-1')
    await consumer.close()
    never.open()
  })

  test('after an orderly restart a group goes on where it was', async () => {
    const on = start()
    let bus = await on.open()
    const before = await on.record(bus)
    await bus.publish(on.topic, [...numbered('a', 1, 3), ...numbered('b', 1, 3)])
    await before.consumer.caughtUp()
    bus = await on.harness.reopen()
    await bus.publish(on.topic, numbered('a', 4, 5))
    const after = await on.record(bus)
    await after.consumer.caughtUp()
    assert.deepEqual(after.ids, ids(numbered('a', 4, 5)))
    await after.consumer.close()
  })

  test('closing a consumer lets the handler in hand finish, and what is left comes to the next one', async () => {
    const on = start()
    const bus = await on.open()
    const held = gate()
    const entered = gate()
    const finished: string[] = []
    const consumer = await on.consume(bus, {
      handle: async ({ id }) => {
        entered.open()
        await held.passed
        finished.push(id)
      },
    })
    await bus.publish(on.topic, numbered('a', 1, 3))
    await entered.passed
    let isClosed = false
    const closing = consumer.close().then(() => {
      isClosed = true
      assert.deepEqual(finished, ['a-1'])
    })
    assert.equal(isClosed, false)
    held.open()
    await closing
    await consumer.close()
    const next = await on.record(bus)
    await next.consumer.caughtUp()
    assert.deepEqual(next.firsts(), ids(numbered('a', 2, 3)))
    await next.consumer.close()
  })

  test('closing does not wait for a message in its back-off; it comes again', async () => {
    const on = start()
    const bus = await on.open()
    const entered = gate()
    const consumer = await on.consume(bus, {
      retry: { attempts: 5, delay: () => 3_600_000 },
      handle: async () => {
        entered.open()
        throw new Error('later')
      },
    })
    await bus.publish(on.topic, numbered('a', 1, 1))
    await entered.passed
    await consumer.close()
    const next = await on.record(bus)
    await next.consumer.caughtUp()
    assert.deepEqual(next.firsts(), ['a-1'])
    assert.deepEqual(await bus.deadLetters(on.group), [])
    await next.consumer.close()
  })

  test('closing the bus finishes what is in flight; afterwards it refuses everything', async () => {
    const on = start()
    const bus = await on.open()
    const held = gate()
    const entered = gate()
    let finished = false
    const consumer = await on.consume(bus, {
      handle: async ({ id }) => {
        if (id !== 'one') return
        entered.open()
        await held.passed
        finished = true
      },
    })
    await bus.publish(on.topic, [message('a', 'one')])
    await entered.passed
    await bus.check()
    const lastWords = bus.publish(on.topic, [message('a', 'two')])
    const closing = bus.close()
    held.open()
    await closing
    assert.equal(finished, true)
    await bus.close()
    await assert.rejects(bus.publish(on.topic, [message('a', 'three')]), closed)
    await assert.rejects(on.record(bus), closed)
    await assert.rejects(bus.deadLetters(), closed)
    await assert.rejects(bus.check(), closed)
    await assert.rejects(consumer.caughtUp(), closed)

    const reopened = await on.harness.reopen()
    const kept = await lastWords.then(
      () => true,
      () => false,
    )
    const next = await on.record(reopened)
    await next.consumer.caughtUp()
    if (kept) assert.deepEqual(next.firsts(), ['two'])
    await next.consumer.close()
  })
}

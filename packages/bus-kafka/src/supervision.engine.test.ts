import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { after, describe, test } from 'node:test'
import { engineToSkip, findEngine } from '@dulian/test-engines'
import type { ISocketFactory } from 'kafkajs'
import { consumerOf, keepingLog, numbered, openBus, QUICK_TIMES, unique, until } from './testing/fixture.ts'

const engine = await findEngine('kafka')
const address = engine?.address ?? ''

/** Opens connections as usual, and keeps them at hand. */
function interceptedSockets(): { readonly open: Set<Socket>; readonly socketFactory: ISocketFactory } {
  const open = new Set<Socket>()
  return {
    open,
    socketFactory: ({ host, port, onConnect }) => {
      const socket = connect({ host, port }, onConnect)
      open.add(socket)
      socket.once('close', () => open.delete(socket))
      return socket
    },
  }
}

describe('Kafka: supervision', { skip: engineToSkip(engine, 'kafka') }, () => {
  after(() => engine?.stop())

  test('a consumer that falls silent is noticed and started again; its messages are handled', async (t) => {
    const topic = unique('topic')
    const group = unique('group')
    const { open, socketFactory } = interceptedSockets()
    const { told, log } = keepingLog()
    const consuming = openBus(t, address, { socketFactory, log })
    const publishing = openBus(t, address)
    const seen: string[] = []
    const consumer = await consuming.subscribe(
      consumerOf(topic, group, async ({ id }) => {
        seen.push(id)
      }),
    )
    await publishing.publish(topic, numbered('a', 1, 2))
    await consumer.caughtUp()
    // From now on nothing arrives on the connections there are, and none of them closes.
    for (const socket of open) socket.pause()
    const alive = consumer.lastActivity()
    await publishing.publish(topic, numbered('a', 3, 4))
    await until('it is noticed', () => told.some(({ facts }) => facts.reason === 'SILENT'))
    assert.ok(Date.now() - alive >= QUICK_TIMES.session)
    await until('all four are handled', () => seen.length === 4)
    assert.deepEqual(seen, ['a-1', 'a-2', 'a-3', 'a-4'])
    assert.ok(consumer.lastActivity() > alive)
  })

  test('a consumer whose connections break is started again', async (t) => {
    const topic = unique('topic')
    const group = unique('group')
    const { open, socketFactory } = interceptedSockets()
    const consuming = openBus(t, address, { socketFactory })
    const publishing = openBus(t, address)
    const seen: string[] = []
    const consumer = await consuming.subscribe(
      consumerOf(topic, group, async ({ id }) => {
        seen.push(id)
      }),
    )
    for (let round = 1; round <= 3; round += 1) {
      await publishing.publish(topic, numbered('a', round, round))
      await until('it is handled', () => seen.includes(`a-${round}`))
      for (const socket of open) socket.destroy(new Error('the network is gone'))
    }
    await publishing.publish(topic, numbered('a', 4, 4))
    await consumer.caughtUp()
    assert.deepEqual([...new Set(seen)], ['a-1', 'a-2', 'a-3', 'a-4'])
  })

  test('after a publication whose acknowledgement was lost, the next one is kept', async (t) => {
    const topic = unique('topic')
    const { open, socketFactory } = interceptedSockets()
    const bus = openBus(t, address, { socketFactory, timeout: 2_000 })
    await bus.publish(topic, numbered('a', 1, 1))
    for (const socket of open) socket.pause()
    await assert.rejects(bus.publish(topic, numbered('a', 2, 2)), { code: 'BUS_UNAVAILABLE' })
    // As many messages as were in the lost one: a broker that goes by sequence numbers would take them for a repetition.
    await bus.publish(topic, numbered('a', 3, 3))
    const seen: string[] = []
    const consumer = await openBus(t, address).subscribe(
      consumerOf(topic, unique('group'), async ({ id }) => {
        seen.push(id)
      }),
    )
    await consumer.caughtUp()
    assert.ok(seen.includes('a-1') && seen.includes('a-3'), seen.join())
  })

  test('a service that is told to wait for the others shows signs of life', async (t) => {
    const topic = unique('topic')
    const group = unique('group')
    const held = Promise.withResolvers<void>()
    const slow = await openBus(t, address).subscribe(consumerOf(topic, group, () => held.promise))
    await openBus(t, address).publish(topic, numbered('a', 1, 1))
    await until('the slow one has it in hand', async () => (await slow.lag())[topic] === 1)
    const waiting = await openBus(t, address).subscribe(consumerOf(topic, group, async () => {}))
    const began = Date.now()
    await until('some time has passed', () => Date.now() > began + 2_000)
    assert.ok(Date.now() - waiting.lastActivity() < 1_000)
    assert.ok(Date.now() - slow.lastActivity() < 1_000)
    held.resolve()
    await slow.caughtUp()
  })
})

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { BusMessage } from '@dulian/bus'
import { newId, systemClock } from '@dulian/event-sourcing'
import { openBus, openEvents } from '../src/engines.ts'
import { consumeInbox } from '../src/inbox-consumer.ts'
import { testEngines } from '../src/testing/index.ts'
import { bellHeard } from './bell-services.ts'

function rung(subject: string, times: number): BusMessage {
  return {
    id: newId(Date.now()),
    type: bellHeard.type,
    source: '/offices/yongchuan/tower',
    subject,
    time: '2026-03-02T01:00:00Z',
    extensions: { office: 'yongchuan' },
    data: { times, note: `第${times}次` },
  }
}

test('what is delivered twice, late or in another order is kept once, as it first came, and a rerun of everything adds nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-delivery-'))
  const settings = testEngines(folder)
  const bus = await openBus(settings, systemClock)
  const events = await openEvents(settings, 'village', systemClock)
  try {
    const told = [1, 2, 3, 4, 5].map((times) => rung('bell-yongchuan-a', times))
    const [first, second, third, fourth, fifth] = told as [BusMessage, BusMessage, BusMessage, BusMessage, BusMessage]
    const jumbled = [3, 1, 2].map((times) => rung('bell-yongchuan-b', times))
    const hear = () => consumeInbox({ service: 'village', bus, store: events, contracts: [bellHeard] })
    const kept = async (subject: string): Promise<string[]> =>
      (await events.readStream(`inbox-yongchuan-${subject}`)).map(({ id }) => id)

    const consumer = await hear()
    await bus.publish(bellHeard.topic, [first, first, second, third])
    await bus.publish(bellHeard.topic, [...jumbled, second, first])
    await bus.publish(bellHeard.topic, [fourth, third, fifth, fourth, ...jumbled.toReversed()])
    await consumer?.caughtUp()
    await consumer?.close()
    const ids = (messages: readonly BusMessage[]): string[] => messages.map(({ id }) => id)
    assert.deepEqual(await kept('bell-yongchuan-a'), ids(told))
    assert.deepEqual(await kept('bell-yongchuan-b'), ids(jumbled))

    const before = await events.head()
    const again = await hear()
    await bus.publish(bellHeard.topic, [...told, ...jumbled])
    await again?.caughtUp()
    await again?.close()
    assert.equal(await events.head(), before)
    assert.deepEqual(await bus.deadLetters('village'), [])
  } finally {
    await bus.close()
    await events.close()
    await rm(folder, { recursive: true, force: true })
  }
})

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { BusMessage } from '@dulian/bus'
import { openSqliteBus } from '@dulian/bus-sqlite'
import { isDomainError, type RecordedEvent } from '@dulian/event-sourcing'
import type { AddressedMessage, MovingService } from '../src/index.ts'
import { commit, live, move, moving, openPlace, type Place, publisher } from './small-instance.ts'

const TOPIC = 'cn.dulian.doors'
const opened = `${TOPIC}.door-opened.v1`

function messagesOf({ id, stream, time, data }: RecordedEvent): readonly AddressedMessage[] {
  if (Object(data).n === 18) throw new TypeError('cannot be told')
  const message: BusMessage = {
    id,
    type: opened,
    source: '/offices/demo/doors',
    subject: stream,
    time,
    extensions: {},
    data,
  }
  return [{ topic: TOPIC, message }]
}

/** A service that tells of every door opened, and one that listens and has stored what is named. */
async function twoServices(t: TestContext, stored: (event: RecordedEvent) => boolean) {
  const [source, target, listening, listeningTarget] = [openPlace(t), openPlace(t), openPlace(t), openPlace(t)]
  await live(source.events, 40)
  const { events } = await source.events.readAll({ filter: { types: ['door-opened.v1'] } })
  for (const event of events.filter(stored)) await store(listening, event)
  const doors = moving(source, target, { publishes: { types: ['door-opened.v1'], messagesOf } })
  const desk = moving(listening, listeningTarget, { name: 'desk', consumes: [{ topic: TOPIC, type: opened }] })
  const bus = openSqliteBus({ file: join(target.folder, 'bus.db') })
  t.after(() => bus.close())
  return { source, events, services: [doors, desk], bus, listening }
}

async function store(place: Place, { id, stream, data, meta }: RecordedEvent): Promise<void> {
  await place.events.append(`inbox-demo-${stream}`, [{ id, type: opened, data }], { expected: 'any', meta })
}

async function moved(
  services: readonly MovingService[],
  bus: ReturnType<typeof openSqliteBus>,
  messages: 'refuse' | 'republish' | 'leave',
) {
  const report = await move(services, { bus, messages })
  const got: string[] = []
  const consumer = await bus.subscribe({ group: 'desk', topics: [TOPIC], handle: async ({ id }) => void got.push(id) })
  await consumer.caughtUp()
  await consumer.close()
  return { report, got }
}

test('where everything has arrived nothing is published anew', async (t) => {
  const { source, services, bus } = await twoServices(t, () => true)
  await commit(source.views, publisher, '40')
  const { report, got } = await moved(services, bus, 'refuse')
  assert.deepEqual([report.equal, report.inFlight, got], [true, {}, []])
})

test('what has not arrived is told before anything is copied, and republished or left when that is asked for', async (t) => {
  const { source, services, bus, events, listening } = await twoServices(t, ({ position }) => Number(position) < 30)
  await commit(source.views, publisher, '36')
  const waiting = events.filter(({ position }) => Number(position) >= 30 && Number(position) <= 36)
  await assert.rejects(moved(services, bus, 'refuse'), (error) => {
    assert.ok(isDomainError(error, 'MIGRATION_MESSAGES_IN_FLIGHT'))
    assert.deepEqual(error.details, { count: waiting.length, where: `${TOPIC} → desk：${waiting.length} 条` })
    return true
  })
  assert.deepEqual(await Promise.all(services.map(({ target }) => target.events.head())), ['0', '0'])
  const left = await moved(services, bus, 'leave')
  assert.deepEqual([left.report.inFlight, left.got], [{ [TOPIC]: waiting.length }, []])
  const { report, got } = await moved(services, bus, 'republish')
  assert.equal(report.equal, true)
  assert.deepEqual([...got].sort(), waiting.map(({ id }) => id).sort())
  assert.equal((await listening.events.readAll()).events.length, 15)
})

test('what is not published yet is the publisher’s to tell, there as here: no publisher, nothing in flight', async (t) => {
  const { services, bus } = await twoServices(t, () => false)
  assert.deepEqual((await moved(services, bus, 'refuse')).report.inFlight, {})
})

test('what a later message of its key has overtaken was dropped; what the publisher set aside was never sent', async (t) => {
  const dropped = '5'
  const { source, services, bus, events } = await twoServices(t, ({ position }) => position !== dropped)
  const later = events.filter(({ stream }) => stream === events.find(({ position }) => position === dropped)?.stream)
  assert.ok(later.length > 1)
  await commit(source.views, publisher, '40')
  assert.deepEqual((await moved(services, bus, 'refuse')).report.inFlight, {})
})

test('an event that the publisher has parked is in no flight, nor is one that cannot be told at all', async (t) => {
  const { source, services, bus, events } = await twoServices(t, ({ position }) => !['19', '39'].includes(position))
  const last = events.at(-1)
  assert.equal(last?.position, '39')
  const { id: eventId, stream, position, type } = last ?? assert.fail()
  const parked = { eventId, stream, position, type, error: 'TypeError', attempts: 3, parkedAt: last.time }
  await commit(source.views, publisher, '40', [parked])
  assert.deepEqual((await moved(services, bus, 'refuse')).report.inFlight, {})
})

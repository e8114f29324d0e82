import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { BusError } from '@dulian/bus'
import { answerWithin } from '../src/answer-within.ts'
import { startTestHost, type TestHost } from '../src/testing/index.ts'
import { access, tower, village } from './bell-services.ts'

describe('the readiness of a host', () => {
  let host: TestHost
  beforeEach(async () => {
    host = await startTestHost({ services: [tower, village], access })
    await host.settle()
  })
  afterEach(() => host.dispose())

  async function ready(): Promise<{ status: number; body: ReturnType<typeof JSON.parse> }> {
    const answer = await host.app.inject({ url: '/health/ready' })
    return { status: answer.statusCode, body: answer.json() }
  }

  test('with everything at work: engines, views, and the consumer with its lag and last sign of life', async () => {
    const { status, body } = await ready()
    assert.deepEqual([status, body.ok], [200, true])
    assert.deepEqual(body.engines, {
      events: { engine: 'sqlite', ok: true },
      bus: { engine: 'sqlite', ok: true },
      views: { engine: 'sqlite', ok: true },
    })
    assert.deepEqual(
      body.views.map(({ name, lag }: { name: string; lag: number }) => [name, lag]),
      [
        ['tower/rings', 0],
        ['village/notes', 0],
      ],
    )
    assert.deepEqual(body.consumers, [
      { service: 'village', ok: true, lag: { 'dulian.tower': 0 }, lastActivity: '2026-03-02T01:00:00.000Z' },
    ])
  })

  test('an event store that fails is named with class and code, and what the others say is still there', async () => {
    const { store } = host.host.service('tower')
    store.head = () => Promise.reject(Object.assign(new TypeError('secret address'), { code: 'GONE' }))
    const { status, body } = await ready()
    assert.deepEqual([status, body.ok], [503, false])
    assert.deepEqual(body.engines.events, { engine: 'sqlite', ok: false, error: 'TypeError GONE' })
    assert.equal(body.engines.views.ok, true)
    assert.deepEqual(
      body.views.map(({ name }: { name: string }) => name),
      ['village/notes'],
    )
  })

  test('a view database that does not answer is shown, and the answer does not wait for it', async () => {
    const { space } = host.host.service('village').view('notes')
    space.position = () => new Promise(() => {})
    const { status, body } = await ready()
    assert.equal(status, 503)
    assert.deepEqual(body.engines.views, { engine: 'sqlite', ok: false, error: 'TIMEOUT' })
  })

  test('a bus that does not answer is down; the lag is unknown and not zero', async () => {
    const { consumer } = host.host.service('village')
    assert.ok(consumer)
    host.host.bus.check = () => Promise.reject(new BusError('BUS_UNAVAILABLE'))
    consumer.lag = () => Promise.reject(new BusError('BUS_UNAVAILABLE'))
    const { status, body } = await ready()
    assert.equal(status, 503)
    assert.deepEqual(body.engines.bus, { engine: 'sqlite', ok: false, error: 'BusError BUS_UNAVAILABLE' })
    assert.equal(body.consumers[0].lag, null)
  })

  test('a consumer without a sign of life for over a minute makes the instance not ready', async () => {
    const { consumer } = host.host.service('village')
    assert.ok(consumer)
    consumer.lastActivity = () => host.clock.now() - 60_000
    assert.equal((await ready()).status, 200)
    consumer.lastActivity = () => host.clock.now() - 60_001
    const { status, body } = await ready()
    assert.equal(status, 503)
    assert.equal(body.consumers[0].ok, false)
    assert.equal(body.engines.bus.ok, true)
  })

  test('a view too far behind makes the instance not ready', async () => {
    const { store } = host.host.service('village')
    const head = await store.head()
    store.head = async () => String(Number(head) + 10_000)
    assert.equal((await ready()).status, 200)
    store.head = async () => String(Number(head) + 10_001)
    const { status, body } = await ready()
    assert.equal(status, 503)
    assert.equal(body.engines.events.ok, true)
  })
})

test('a service that listens to others is not ready before its consumer is there', async () => {
  const host = await startTestHost({ services: [village], access, unstarted: true })
  const { statusCode, body } = await host.app.inject({ url: '/health/ready' })
  assert.equal(statusCode, 503)
  assert.deepEqual(JSON.parse(body).consumers, [{ service: 'village', ok: false, lag: null, lastActivity: null }])
  await host.dispose()
})

test('an answer that never comes is a timeout, one that comes too late is none', async () => {
  assert.deepEqual(await answerWithin(new Promise(() => {}), 1), { ok: false, error: 'TIMEOUT' })
  const late = Promise.withResolvers<number>()
  const answered = answerWithin(late.promise, 1)
  assert.deepEqual(await answered, { ok: false, error: 'TIMEOUT' })
  late.reject(new Error('too late to matter'))
  assert.deepEqual(await answerWithin(Promise.resolve(7), 1), { ok: true, value: 7 })
})

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startTelemetry, type Telemetry } from '@dulian/http-kit'
import { type FakeCollector, type Point, startFakeCollector } from '@dulian/http-kit/testing'
import { serviceMetrics } from '../src/service-metrics.ts'
import { startTestHost, type TestHost } from '../src/testing/index.ts'
import { mistake } from './bell-projections.ts'
import { access, bellHeard, tower, village } from './bell-services.ts'

const ringer = { roles: ['ringer'], subject: 'subject-4711', name: '王某某' }

describe('the metrics of a host of two services', () => {
  let collector: FakeCollector
  let telemetry: Telemetry
  let host: TestHost
  before(async () => {
    collector = await startFakeCollector()
    telemetry = await startTelemetry({ name: 'bells', endpoint: collector.endpoint })
    host = await startTestHost({ services: [tower, village], access, telemetry })
  })
  after(async () => {
    await host.dispose()
    await telemetry.stop()
    await collector.close()
  })

  /** What the collector knows of a metric after an export, as `label,label` → value. */
  async function measured(metric: { readonly name: string }): Promise<Record<string, number>> {
    await telemetry.flush()
    const labels = ({ labels: found }: Point): string => Object.values(found).join()
    return Object.fromEntries(collector.points(metric.name).map((point) => [labels(point), point.value]))
  }

  test('what may be stored is there from the beginning, so that the first event is an increase', async () => {
    const appended = await measured(serviceMetrics.appended)
    assert.equal(appended['tower,bell-rung.v1'], 0)
    assert.equal(appended['village,cn.dulian.tower.bell-heard.v1'], 0)
  })

  test('what is stored is counted by type, a repeated command once', async () => {
    const ring = (): Promise<unknown> =>
      host.as(ringer).post('/api/tower/bells', { times: 3, note: '上课' }, { key: 'the-same' })
    await ring()
    await ring()
    await host.settle()
    assert.deepEqual(await measured(serviceMetrics.appended), {
      'tower,day-began.v1': 1,
      'tower,bell-rung.v1': 2,
      'village,day-began.v1': 1,
      'village,cn.dulian.tower.bell-heard.v1': 2,
    })
  })

  test('commands are counted by service and how they ended', async () => {
    await host.as(ringer).post('/api/tower/bells', { times: -1, note: '' })
    const { body } = await host.as(ringer).post('/api/tower/bells', { times: 1, note: '' })
    await host.as(ringer).post(`/api/tower/bells/${body.id}/ring`, { times: 1, note: '' }, { ifMatch: 7 })
    await host.as({ roles: [] }).post('/api/tower/bells', { times: 1, note: '' })
    await host.as(ringer).get('/api/tower/bells')
    assert.deepEqual(await measured(serviceMetrics.commands), {
      'tower,done': 2,
      'tower,repeated': 1,
      'tower,invalid': 1,
      'tower,outdated': 1,
      'tower,forbidden': 1,
    })
  })

  test('views, subscriptions and consumers show how far they are', async () => {
    await host.settle()
    assert.deepEqual(await measured(serviceMetrics.viewLag), { 'tower,rings': 0, 'village,notes': 0 })
    assert.deepEqual(await measured(serviceMetrics.busLag), { 'village,dulian.tower': 0 })
    assert.deepEqual(Object.keys(await measured(serviceMetrics.busIdle)), ['village'])
    const states = Object.entries(await measured(serviceMetrics.state))
    const subscriptions = ['tower,rings', 'tower,policy-ring-at-dawn', 'tower,publisher', 'village,notes']
    for (const subscription of subscriptions) {
      const own = states.filter(([labels]) => labels.startsWith(`${subscription},`))
      assert.equal(own.length, 5, subscription)
      assert.deepEqual(
        own.map(([, value]) => value).sort(),
        [0, 0, 0, 0, 1],
        `${subscription} is in one state and in no other`,
      )
    }
    assert.deepEqual(await measured(serviceMetrics.viewAge), { 'tower,rings': 0, 'village,notes': 0 })
  })

  test('parked events and dead letters are counted where they wait', async () => {
    await host.as(ringer).post('/api/tower/bells', { times: 7, note: mistake.note })
    await host.host.bus.publish(bellHeard.topic, [
      {
        id: crypto.randomUUID(),
        type: bellHeard.type,
        source: '/offices/yongchuan/tower',
        subject: 'bell-yongchuan-broken',
        time: '2026-03-02T01:00:00.000Z',
        extensions: { office: 'yongchuan' },
        data: { times: 'not a number' },
      },
    ])
    await host.settle()
    const parked = await measured(serviceMetrics.parked)
    assert.equal(parked['tower,rings'], 1)
    assert.equal(parked['village,notes'], 0)
    assert.deepEqual(await measured(serviceMetrics.deadLetters), { tower: 0, village: 1 })
  })

  test('every metric is sent as it is declared, under its labels alone, and names nobody', async () => {
    await telemetry.flush()
    for (const { name, kind, unit, labels } of Object.values(serviceMetrics)) {
      const found = collector.kinds().get(name)
      assert.deepEqual([name, found?.data, found?.unit], [name, kind, unit])
      for (const point of collector.points(name)) assert.deepEqual(Object.keys(point.labels), [...labels], name)
    }
    const labels = [...collector.kinds().keys()].flatMap((name) => collector.points(name).map((point) => point.labels))
    assert.ok(labels.length > 50)
    assert.doesNotMatch(JSON.stringify(labels), /subject-4711|王某某|yongchuan|上课|[0-9a-f]{8}-[0-9a-f]{4}-/)
  })

  test('a view that is behind shows by how many events', async () => {
    const { store } = host.host.service('village')
    const head = await store.head()
    const original = store.head
    store.head = async () => String(Number(head) + 40)
    assert.equal((await measured(serviceMetrics.viewLag))['village,notes'], 40)
    store.head = original
  })

  test('an engine that is gone takes its own figures with it, not those of the others', async () => {
    const { store } = host.host.service('tower')
    const head = store.head
    store.head = () => Promise.reject(new Error('gone'))
    assert.deepEqual(Object.keys(await measured(serviceMetrics.viewLag)), ['village,notes'])
    assert.ok('tower' in (await measured(serviceMetrics.deadLetters)))
    store.head = head
  })

  test('an instance that waits for the lease says nothing about the view', async () => {
    const service = host.host.service('village')
    const [view] = await service.viewStatus()
    assert.ok(view)
    service.viewStatus = async () => [{ ...view, state: 'waiting-for-lease', lag: 4_711 }]
    assert.equal((await measured(serviceMetrics.viewLag))['village,notes'], undefined)
  })
})

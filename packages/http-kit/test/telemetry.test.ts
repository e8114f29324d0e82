import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { fakeClock } from '@dulian/event-sourcing'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  buildHttpApp,
  publicRoute,
  query,
  registerHealth,
  requestMetrics,
  runtimeMetrics,
  startTelemetry,
  type Telemetry,
} from '../src/index.ts'
import { type FakeCollector, startFakeCollector, testAuthorization, testVerifier } from '../src/testing/index.ts'
import { access, keeper } from './lamp-service.ts'

interface Measured {
  readonly collector: FakeCollector
  readonly telemetry: Telemetry
  readonly app: FastifyInstance
}

async function measuredApp(t: TestContext): Promise<Measured> {
  const collector = await startFakeCollector()
  const telemetry = await startTelemetry({
    name: 'lamps',
    endpoint: collector.endpoint,
    residentMemory: () => 123_456_789,
  })
  const app = await buildHttpApp({
    name: 'lamps',
    title: '灯',
    verifier: testVerifier(),
    access,
    clock: fakeClock(0),
    telemetry,
  })
  query(app, { url: '/lamps/:id', permission: 'lamp.read', summary: '', answer: z.string(), handle: () => 'x' })
  publicRoute(app, {
    method: 'GET',
    url: '/broken',
    summary: '',
    because: 'a test',
    handler: () => Promise.reject(new Error('broken')),
  })
  registerHealth(app, { ready: async () => ({ ok: true, engines: {}, views: [] }) })
  t.after(async () => {
    await app.close()
    await telemetry.stop()
    await collector.close()
  })
  return { collector, telemetry, app }
}

const signedIn = { authorization: testAuthorization(keeper) }

test('with a collector given, requests are traced under the trace they came with', async (t) => {
  const { collector, telemetry, app } = await measuredApp(t)
  const answer = await app.inject({
    url: '/lamps/secret-id',
    headers: { ...signedIn, traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
  })
  assert.equal(answer.statusCode, 200)
  await app.close()
  await telemetry.stop()

  const sent = collector.received.filter((body) => body.startsWith('/v1/traces ')).join('\n')
  assert.match(sent, /0af7651916cd43dd8448eb211c80319c/)
  assert.match(sent, /\/lamps\/:id/)
  assert.match(sent, /"lamps"/)
  assert.ok(!sent.includes('Bearer'), 'no token leaves with a trace')
  assert.doesNotMatch(sent, /process\.(command|executable|owner)/, 'nothing of the account it runs under')
})

test('requests are measured by route template, method and status; nothing that was asked for is a label', async (t) => {
  const { collector, telemetry, app } = await measuredApp(t)
  for (const url of ['/lamps/secret-id', '/lamps/other-id', '/nowhere/secret-id', '/broken', '/health/ready'])
    await app.inject({ url, headers: signedIn })
  await app.inject({ url: '/lamps/secret-id' })
  await telemetry.flush()

  assert.deepEqual(collector.kinds().get('http.server.request.duration')?.unit, 's')
  const known = collector
    .points(requestMetrics.duration.name)
    .map(({ labels, value }) => ({ ...labels, times: value }))
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
  const common = { 'http.request.method': 'GET', 'url.scheme': 'http' }
  assert.deepEqual(known, [
    { ...common, 'http.response.status_code': '404', times: 1 },
    { ...common, 'http.route': '/broken', 'http.response.status_code': '500', 'error.type': '500', times: 1 },
    { ...common, 'http.route': '/lamps/:id', 'http.response.status_code': '200', times: 2 },
    { ...common, 'http.route': '/lamps/:id', 'http.response.status_code': '401', times: 1 },
  ])
  const sent = collector.received.filter((body) => body.startsWith('/v1/metrics ')).join('\n')
  assert.doesNotMatch(sent, /secret-id|keeper|Bearer/)
})

test('event loop and memory are shown, and every process has a name of its own', async (t) => {
  const { collector, telemetry } = await measuredApp(t)
  const measured = (name: string): number => collector.points(name)[0]?.value ?? Number.NaN
  do await telemetry.flush()
  while (Number.isNaN(measured(runtimeMetrics.loopDelay.name)))

  for (const { name, kind, unit } of Object.values(runtimeMetrics))
    assert.deepEqual({ name, ...kindOf(collector, name) }, { name, unit, data: kind })
  assert.equal(measured(runtimeMetrics.residentMemory.name), 123_456_789)
  assert.ok(measured(runtimeMetrics.loopUse.name) >= 0 && measured(runtimeMetrics.loopUse.name) <= 1)
  assert.ok(measured(runtimeMetrics.loopDelay.name) < 60, 'seconds, not nanoseconds')
  assert.ok(measured(runtimeMetrics.heapLimit.name) > 1e7)
  assert.equal(collector.resource()['service.name'], 'lamps')
  assert.match(collector.resource()['service.instance.id'] ?? '', /^[0-9a-f-]{36}$/)
})

function kindOf(collector: FakeCollector, name: string): { unit: string | undefined; data: string | undefined } {
  const { unit, data } = collector.kinds().get(name) ?? {}
  return { unit, data }
}

test('a collector that takes connections and never answers does not keep the process from ending', async (t) => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await new Promise((resolve) => silent.once('listening', resolve))
  t.after(() => {
    silent.close()
    silent.closeAllConnections()
  })
  const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
  const telemetry = await startTelemetry({ name: 'lamps', endpoint })
  const begun = performance.now()
  await telemetry.stop()
  assert.ok(performance.now() - begun < 8_000, 'well before a process is killed')
})

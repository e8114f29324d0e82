import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { fakeClock } from '@dulian/event-sourcing'
import { z } from 'zod'
import { buildHttpApp, query, startTelemetry } from '../src/index.ts'
import { testAuthorization, testVerifier } from '../src/testing/index.ts'
import { access, keeper } from './lamp-service.ts'

test('with a collector given, requests are traced under the trace they came with', async (t) => {
  const bodies: string[] = []
  const collector = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      bodies.push(`${request.url} ${Buffer.concat(chunks).toString()}`)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  }).listen(0, '127.0.0.1')
  t.after(() => collector.close())
  await new Promise((resolve) => collector.once('listening', resolve))

  const telemetry = await startTelemetry({
    name: 'lamps',
    endpoint: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
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
  const answer = await app.inject({
    url: '/lamps/secret-id',
    headers: {
      authorization: testAuthorization(keeper),
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    },
  })
  assert.equal(answer.statusCode, 200)
  await app.close()
  await telemetry.stop()

  const sent = bodies.join('\n')
  assert.match(sent, /^\/v1\/traces /)
  assert.match(sent, /0af7651916cd43dd8448eb211c80319c/)
  assert.match(sent, /\/lamps\/:id/)
  assert.match(sent, /"lamps"/)
  assert.ok(!sent.includes('Bearer'), 'no token leaves with a trace')
})

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { requestMetrics, runtimeMetrics } from '@dulian/http-kit'
import { startFakeCollector } from '@dulian/http-kit/testing'
import { z } from 'zod'
import { type OwnProcess, runAlone } from '../src/run-alone.ts'
import { serviceMetrics } from '../src/service-metrics.ts'
import { access, tower } from './bell-services.ts'

/** A process in the test's hand: what it wrote, the signals it hears, and how it ended. */
async function ownProcess(t: TestContext, environment: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-alone-'))
  t.after(() => rm(folder, { recursive: true }))
  const written = { stdout: '', stderr: '' }
  const into = (stream: keyof typeof written) => ({
    write(text: string): void {
      written[stream] += text
    },
  })
  const listeners = new Map<string, () => void>()
  const ended = Promise.withResolvers<number>()
  const process: OwnProcess = {
    env: { DULIAN_PORT: '0', DULIAN_DATA: 'data', ...environment },
    pid: 4711,
    cwd: () => folder,
    memoryUsage: () => ({ rss: 1 }),
    stdout: into('stdout'),
    stderr: into('stderr'),
    on: (signal, listener) => void listeners.set(signal, listener),
    exit: (code) => ended.resolve(code),
  }
  const run = () =>
    runAlone({
      definition: tower,
      port: 7199,
      access,
      claims: z.object({ sub: z.string(), name: z.string(), office: z.string(), roles: z.array(z.string()) }),
      systemPermissions: { read: 'system.read', operate: 'system.operate' },
      process,
    })
  return { folder, written, run, ended: ended.promise, signal: (name: string) => listeners.get(name)?.() }
}

test('a service alone says where it listens, answers there, and ends with 0 when asked to', async (t) => {
  const alone = await ownProcess(t)
  await alone.run()
  const address = /http:\/\/\S+/.exec(alone.written.stdout)?.[0]
  assert.equal((await fetch(`${address}/health/live`)).status, 200)
  alone.signal('SIGTERM')
  alone.signal('SIGINT')
  assert.equal(await alone.ended, 0)
  await assert.rejects(fetch(`${address}/health/live`))
  assert.equal(alone.written.stderr, '')
})

test('with a collector given, a service alone sends its traces and metrics under its own name', async (t) => {
  const collector = await startFakeCollector()
  t.after(() => collector.close())
  const alone = await ownProcess(t, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint })
  await alone.run()
  const address = /http:\/\/\S+/.exec(alone.written.stdout)?.[0]
  assert.equal((await fetch(`${address}/api/tower/bells`)).status, 401)
  alone.signal('SIGTERM')
  assert.equal(await alone.ended, 0)
  assert.equal(collector.resource()['service.name'], 'dulian-tower')
  const appended = collector.points(serviceMetrics.appended.name).map(({ labels }) => labels.type)
  assert.ok(appended.includes('day-began.v1'))
  assert.equal(collector.points(runtimeMetrics.residentMemory.name)[0]?.value, 1)
  assert.equal(collector.points(requestMetrics.duration.name)[0]?.labels['http.route'], '/api/tower/bells')
  assert.ok(collector.received.some((body) => body.startsWith('/v1/traces ')))
})

test('a start that fails for a known reason says so in one line and ends with 1', async (t) => {
  const alone = await ownProcess(t, { DULIAN_EVENTS: 'oracle://user:secret@example.org' })
  await alone.run()
  assert.equal(await alone.ended, 1)
  assert.equal(alone.written.stdout, '')
  assert.match(alone.written.stderr, /^.+：设置 DULIAN_EVENTS 的值“oracle”.*\n$/)
  assert.doesNotMatch(alone.written.stderr, /secret/)
})

test('a signal that comes while it is still starting ends it as orderly', async (t) => {
  const alone = await ownProcess(t)
  const started = alone.run()
  alone.signal('SIGINT')
  await started
  assert.equal(await alone.ended, 0)
})

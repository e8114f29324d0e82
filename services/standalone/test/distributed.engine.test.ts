import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { newId, systemClock } from '@dulian/event-sourcing'
import { type EngineSettings, openEvents, openLocalKey } from '@dulian/service-host'
import { engineNames, findEngine, noEngine, type TestEngine } from '@dulian/test-engines'
import { ServedProcesses } from './served-processes.ts'

const engines = new Map<string, TestEngine>()
for (const name of engineNames) {
  const engine = await findEngine(name)
  if (engine !== undefined) engines.set(name, engine)
}
after(async () => {
  for (const engine of engines.values()) await engine.stop()
})
const missing = engineNames.find((name) => !engines.has(name))
const skip = missing === undefined ? false : noEngine(missing)

const registry = '/api/supervisor-registry'
const WRITERS = 2
/** The load shall be there without taking the machine from the processes that start. */
const PAUSE_MS = 150

describe('every service as two processes of its own, on KurrentDB, Kafka and MongoDB', { skip }, () => {
  let folder: string
  let served: ServedProcesses
  let token: string
  let settings: Record<string, string>
  /** Codes of the schools whose registration was acknowledged. */
  const acknowledged: string[] = []
  let codes = 0

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dulian-distributed-'))
    settings = {
      DULIAN_EVENTS: engines.get('kurrentdb')?.address ?? '',
      DULIAN_BUS: engines.get('kafka')?.address ?? '',
      DULIAN_VIEWS: engines.get('mongodb')?.address ?? '',
      DULIAN_NAMESPACE: `d${newId(Date.now()).slice(-10)}`,
    }
    served = await ServedProcesses.start(folder, settings, 2)
  })
  after(async () => {
    await served?.stop('SIGKILL')
    for (const { pid } of served?.processes() ?? []) if (pid !== null) end(pid)
    await rm(folder, { recursive: true, force: true })
  })

  async function ask(path: string, options: { body?: unknown; key?: string; after?: string } = {}): Promise<Response> {
    const { body, key, after: position } = options
    const headers: Record<string, string> = { authorization: `Bearer ${await freshToken()}` }
    if (key !== undefined) headers['idempotency-key'] = key
    if (position !== undefined) headers['min-position'] = position
    if (body === undefined) return await fetch(new URL(path, served.address), { headers })
    headers['content-type'] = 'application/json'
    return await fetch(new URL(path, served.address), { method: 'POST', headers, body: JSON.stringify(body) })
  }

  let signedAt = 0
  async function freshToken(): Promise<string> {
    if (Date.now() - signedAt > 120_000) {
      const key = await openLocalKey(folder)
      signedAt = Date.now()
      token = await key.sign({ sub: 'head', name: '主任（演示）', office: 'yongchuan', roles: ['office-head'] })
    }
    return token
  }

  /** What a careful client does: the same command under the same key until it has an answer. Resolves to how often it was put off. */
  async function register(code: string, isGivenUp = (): boolean => false): Promise<number> {
    const key = newId(Date.now())
    const body = {
      code,
      name: `示例${code}小学`,
      kind: 'school',
      stage: 'primary',
      ownership: 'public',
      enrolment: 600,
    }
    for (let putOff = 0; ; putOff += 1) {
      assert.ok(putOff < 600, `${code} was put off for ever`)
      const answer = await ask(`${registry}/schools`, { body, key }).catch(() => undefined)
      if (answer?.status === 201) {
        acknowledged.push(code)
        return putOff
      }
      if (isGivenUp()) return putOff
      if (answer !== undefined && answer.status !== 503) assert.fail(`${answer.status} ${await answer.text()}`)
      await answer?.body?.cancel()
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  /** Registers schools by several writers until the work beside it is done; resolves to how often commands were put off. */
  async function underLoad(work: () => Promise<void>): Promise<number> {
    let working = true
    let failed = false
    let putOff = 0
    const writers = Array.from({ length: WRITERS }, async () => {
      while (working) {
        codes += 1
        putOff += await register(`S${String(codes).padStart(8, '0')}`, () => failed)
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      }
    })
    try {
      await work()
    } catch (error) {
      failed = true
      throw error
    } finally {
      working = false
      await Promise.all(writers)
    }
    return putOff
  }

  async function listedCodes(): Promise<string[]> {
    const found: string[] = []
    for (let cursor: string | undefined; ; ) {
      const more: string = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const answer = await ask(`${registry}/schools?limit=200${more}`)
      assert.equal(answer.status, 200)
      const page = (await answer.json()) as { items: { code: string }[]; nextCursor?: string }
      found.push(...page.items.map(({ code }) => code))
      cursor = page.nextCursor ?? undefined
      if (cursor === undefined) return found.sort()
    }
  }

  /** Codes of the schools that a service was told of, as its own inbox has them. */
  async function toldTo(service: string): Promise<string[]> {
    const { DULIAN_EVENTS: events = '', DULIAN_BUS: bus = '', DULIAN_VIEWS: views = '' } = settings
    const namespace = settings.DULIAN_NAMESPACE
    const engine: EngineSettings = { dataFolder: folder, events, bus, views, namespace }
    const store = await openEvents(engine, service, systemClock, true)
    try {
      const found: string[] = []
      for (let position = '0'; ; ) {
        const page = await store.readAll({ after: position, filter: { categories: ['inbox'] }, limit: 1_000 })
        for (const { type, data } of page.events) {
          if (type.endsWith('school-registered.v1')) found.push((data as { code: string }).code)
        }
        position = page.checkedThrough
        if (page.end) return found.sort()
      }
    } finally {
      await store.close()
    }
  }

  async function nothingIsLostOrDoubled(): Promise<void> {
    const expected = acknowledged.toSorted()
    await served.until('the list shows every school', async () => (await listedCodes()).length >= expected.length)
    assert.deepEqual(await listedCodes(), expected)
    for (const service of ['inspections', 'rectification']) {
      await served.until(`${service} was told`, async () => (await toldTo(service)).length >= expected.length)
      assert.deepEqual(await toldTo(service), expected, service)
    }
  }

  test('nine processes are ready, each on its own address, and the command line lists them', async () => {
    await served.until('all are ready', () => served.processes().every(({ state }) => state === 'ready'))
    const names = served.processes().map(({ name }) => name)
    const services = ['supervisor-registry', 'office', 'inspections', 'rectification']
    assert.deepEqual(names.toSorted(), ['portal', ...services.flatMap((name) => [`${name}-1`, `${name}-2`])].toSorted())
    const ready = await fetch(new URL('/health/ready', served.address))
    assert.equal(ready.status, 200)
    const { services: behind } = (await ready.json()) as { services: Record<string, unknown> }
    assert.deepEqual(behind.inspections, { ok: true, ready: 2, of: 2 })
  })

  test('what one process of a service wrote, the other one reads at once with its position', async () => {
    for (let round = 0; round < 6; round += 1) {
      const made = await ask(`${registry}/zones`, { body: { name: `第${round}责任区` }, key: newId(Date.now()) })
      assert.equal(made.status, 201, await made.clone().text())
      const { id, position } = (await made.json()) as { id: string; position: string }
      // Twice, so that each of the two processes is asked once.
      for (const _ of [1, 2]) {
        const answer = await ask(`${registry}/zones?limit=200`, { after: position })
        assert.equal(answer.status, 200, await answer.clone().text())
        const { items } = (await answer.json()) as { items: { zoneId: string }[] }
        assert.ok(
          items.some(({ zoneId }) => zoneId === id),
          `round ${round}`,
        )
      }
    }
  })

  test('processes killed hard under load come back, the others do their work, nothing is lost or doubled', async () => {
    const victims = ['supervisor-registry-1', 'inspections-2', 'rectification-1']
    await underLoad(async () => {
      for (const victim of victims) {
        const pid = served.processes().find(({ name }) => name === victim)?.pid
        assert.ok(pid)
        const before = acknowledged.length
        end(pid)
        await served.until(`the load went on without ${victim}`, () => acknowledged.length >= before + 10)
        await served.until(`${victim} is back`, () => {
          const found = served.processes().find(({ name }) => name === victim)
          return found?.state === 'ready' && found.pid !== pid && found.failures === 1
        })
      }
    })
    await nothingIsLostOrDoubled()
  })

  test('renewing every process in turn interrupts nobody: commands go on, nothing is lost or doubled', async (t) => {
    const before = new Map(served.processes().map(({ name, pid }) => [name, pid]))
    const putOff = await underLoad(async () => {
      served.child.kill('SIGHUP')
      await served.until('all processes were renewed', () => served.output.includes('各服务进程已全部重启'))
    })
    for (const { name, pid, state } of served.processes()) {
      assert.notEqual(pid, before.get(name), `${name} is a new process`)
      assert.equal(state, 'ready', name)
    }
    t.diagnostic(
      `${acknowledged.length} commands so far, ${putOff} times a command was put off while processes changed`,
    )
    await nothingIsLostOrDoubled()
  })

  test('asked to end, it ends everything it started', async () => {
    const pids = served.processes().flatMap(({ pid }) => (pid === null ? [] : [pid]))
    assert.equal(await served.stop(), 0)
    for (const pid of pids) assert.throws(() => process.kill(pid, 0), /ESRCH/)
  })
})

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone already.
  }
}

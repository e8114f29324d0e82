import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { newId } from '@dulian/event-sourcing'
import { engineNames, findEngine, noEngine, type Outage, outageBefore, type TestEngine } from '@dulian/test-engines'
import { startTestHost, type TestHost } from '../src/testing/index.ts'
import { access, notes, tower, village } from './bell-services.ts'

const engines: TestEngine[] = []
const outages = new Map<string, Outage>()
const missing: string[] = []
for (const name of engineNames) {
  const engine = await findEngine(name)
  if (engine === undefined) {
    missing.push(noEngine(name))
    continue
  }
  engines.push(engine)
  // A broker tells its clients an address of its own; taking it away is a test of the bus.
  outages.set(name, await outageBefore(engine.address))
}
after(async () => {
  for (const outage of outages.values()) await outage.close()
  for (const engine of engines) await engine.stop()
})

const ringer = { roles: ['ringer'] }
const PATIENCE_MS = 60_000

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe('a host whose servers go away', { skip: missing[0] ?? false }, () => {
  let host: TestHost
  const eventsAway = (): Outage => outages.get('kurrentdb') as Outage
  const viewsAway = (): Outage => outages.get('mongodb') as Outage

  before(async () => {
    host = await startTestHost({
      services: [tower, village],
      access,
      engines: {
        events: eventsAway().address,
        views: viewsAway().address,
        bus: engines.find(({ name }) => name === 'kafka')?.address ?? '',
        namespace: `o${newId(Date.now()).slice(-10)}`,
      },
    })
    await host.settle()
  })
  after(async () => {
    for (const outage of outages.values()) outage.end()
    await host?.dispose()
  })

  const ring = (times: number, note: string, key = newId(Date.now())) =>
    host.as(ringer).post('/api/tower/bells', { times, note }, { key })
  const bells = () => host.as(ringer).get('/api/tower/bells')
  const ready = async () => {
    const answer = await host.app.inject({ url: '/health/ready' })
    return { status: answer.statusCode, body: answer.json() }
  }
  async function heard(): Promise<string[]> {
    const page = await host.host
      .service('village')
      .view(notes.space.name)
      .find<{ note: string }>('notes', { where: {} })
    return page.items.map(({ document }) => document.note).sort()
  }
  async function nothingParked(): Promise<void> {
    for (const service of host.host.services) {
      for (const { name, parked } of await service.subscriptionReports()) assert.deepEqual(parked, [], name)
    }
    assert.deepEqual(await host.host.bus.deadLetters(), [])
  }

  test('[N13] without the event store commands are refused with 503 and Retry-After, and queries are answered with their age', async () => {
    const rung = await ring(3, '上课')
    assert.equal(rung.status, 201)
    await host.settle()
    const fresh = await bells()
    eventsAway().begin()
    const key = newId(Date.now())
    const refused = await ring(4, '下课', key)
    assert.deepEqual([refused.status, refused.body.code], [503, 'STORE_UNAVAILABLE'])
    assert.ok(Number(refused.headers['retry-after']) > 0)
    host.clock.advance(120_000)
    const old = await bells()
    assert.equal(old.status, 200)
    assert.deepEqual(old.body, fresh.body)
    const age = host.clock.now() - Date.parse(String(old.headers['view-time']))
    assert.ok(age >= 120_000, `the answer is said to be ${age} ms old`)
    const { status, body } = await ready()
    assert.deepEqual([status, body.engines.events.ok, body.engines.views.ok], [503, false, true])

    eventsAway().end()
    await until('the same command to be taken', async () => (await ring(4, '下课', key)).status === 201)
    await host.settle()
    const counts = (await bells()).body.items.map(({ times }: { times: number }) => times)
    assert.deepEqual(counts.filter((times: number) => times === 4).length, 1, 'asked often, rung once')
    await until('the host to be ready', async () => (await ready()).status === 200)
    await nothingParked()
  })

  test('[N13] without the view database commands are taken, queries refused, and everything is there when it is back', async () => {
    viewsAway().begin()
    const notesRung: string[] = []
    for (let n = 0; n < 20; n += 1) {
      const note = `无视图${n}`
      assert.equal((await ring(100 + n, note)).status, 201)
      notesRung.push(note)
    }
    const refused = await bells()
    assert.equal(refused.status, 503)
    assert.ok(Number(refused.headers['retry-after']) > 0)
    assert.equal((await ready()).body.engines.views.ok, false)
    const [rings] = await host.host.service('tower').viewStatus()
    assert.ok((rings?.lag ?? 0) >= 20, `the lag is to be seen: ${rings?.lag}`)

    viewsAway().end()
    await until('the view to have everything', async () => {
      const answer = await bells()
      return answer.status === 200 && answer.headers['view-lag'] === '0' && answer.body.items.length >= 20
    })
    await host.settle()
    const counts = (await bells()).body.items.map(({ times }: { times: number }) => times)
    for (let n = 0; n < 20; n += 1) assert.equal(counts.filter((times: number) => times === 100 + n).length, 1)
    const told = await heard()
    for (const note of notesRung) assert.equal(told.filter((other) => other === note).length, 1, note)
    await until('the host to be ready', async () => (await ready()).status === 200)
    await nothingParked()
  })

  test('servers that come and go under load: every command that was taken is there once, in every view', async () => {
    const taken: string[] = []
    let ringing = true
    const writers = [1, 2, 3].map(async (writer) => {
      for (let n = 0; ringing; n += 1) {
        const note = `来去${writer}-${n}`
        const key = newId(Date.now())
        for (;;) {
          const answer = await ring(1_000, note, key)
          if (answer.status === 201) break
          assert.equal(answer.status, 503, JSON.stringify(answer.body))
          await new Promise((resolve) => setTimeout(resolve, 50))
        }
        taken.push(note)
      }
    })
    for (const outage of [eventsAway(), viewsAway(), eventsAway()]) {
      outage.begin()
      await new Promise((resolve) => setTimeout(resolve, 1_500))
      outage.end()
      const before = taken.length
      await until('the work to go on', async () => taken.length >= before + 10)
    }
    ringing = false
    await Promise.all(writers)
    await until('the village to hear everything', async () => {
      try {
        await host.settle()
        return true
      } catch {
        return false
      }
    })
    const told = (await heardAll()).filter((note) => note.startsWith('来去')).sort()
    assert.deepEqual(told, taken.sort())
    await nothingParked()
  })

  async function heardAll(): Promise<string[]> {
    const view = host.host.service('village').view(notes.space.name)
    const found: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await view.find<{ note: string }>('notes', { where: {}, limit: 1_000, cursor })
      found.push(...page.items.map(({ document }) => document.note))
      cursor = page.nextCursor
      if (cursor === undefined) return found
    }
  }
})

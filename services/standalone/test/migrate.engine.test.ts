import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { newId } from '@dulian/event-sourcing'
import { engineNames, findEngine, noEngine, type TestEngine } from '@dulian/test-engines'
import { dulian } from './dulian.ts'
import {
  filesIn,
  killedAt,
  livedInstance,
  lookAt,
  published,
  reopened,
  type Settings,
  takeToCancellation,
} from './migrated-instance.ts'
import type { OneOfEverything } from './one-of-everything.ts'
import { ok, TestInstance } from './test-instance.ts'

const found: TestEngine[] = []
for (const name of engineNames) {
  const engine = await findEngine(name)
  if (engine !== undefined) found.push(engine)
}
const missing = engineNames.filter((name) => !found.some((engine) => engine.name === name)).map(noEngine)
const skip = missing.length > 0 && missing.join('; ')
const root = mkdtempSync(join(tmpdir(), 'dulian-migrate-engines-'))
after(async () => {
  for (const engine of found) await engine.stop()
  rmSync(root, { recursive: true, force: true })
})

function folder(name: string): string {
  return join(root, name)
}

/** A corner of the servers that nothing else uses. */
function onServers(): Settings {
  const address = (name: string): string => found.find((engine) => engine.name === name)?.address ?? ''
  return {
    DULIAN_EVENTS: address('kurrentdb'),
    DULIAN_BUS: address('kafka'),
    DULIAN_VIEWS: address('mongodb'),
    DULIAN_NAMESPACE: `m${newId(Date.now()).slice(-8)}`,
  }
}

/** As an operator keeps them, to be named on the command line. */
function settingsFile(name: string, dataFolder: string, settings: Settings): string {
  const file = folder(name)
  const lines = Object.entries({ DULIAN_DATA: dataFolder, ...settings }).map(([key, value]) => `${key}=${value}\n`)
  writeFileSync(file, lines.join(''))
  return file
}

describe(`an instance moves to ${found.map(({ title }) => title).join(' · ')}`, { skip }, () => {
  const home = folder('home')
  let things: OneOfEverything
  let seen: Awaited<ReturnType<typeof lookAt>>
  let untouched: ReturnType<typeof filesIn>

  before(async () => {
    things = await livedInstance({}, home)
    cpSync(home, folder('looked-at'), { recursive: true })
    const house = await reopened(folder('looked-at'))
    seen = await lookAt(house, things)
    await house.stop()
    untouched = filesIn(home)
  })

  test('there it answers the same, publishes nothing anew, and goes on working; and so it does when it is back', async () => {
    const settings = onServers()
    const there = folder('there')
    const moved = await dulian(home, ['migrate', '--to', settingsFile('there.env', there, settings), '--json'])
    assert.equal(moved.code, 0, moved.stderr)
    assert.deepEqual([moved.json.equal, moved.json.inFlight], [true, {}])
    for (const service of moved.json.services) {
      assert.deepEqual(service.source, service.target, service.service)
      assert.deepEqual(service.behind, [])
    }
    assert.deepEqual(filesIn(home), untouched)

    const house = await reopened(there, settings)
    assert.deepEqual(await lookAt(house, things), seen)
    await house.stop()
    assert.deepEqual(await published(there, settings), [])
    await house.reopen()
    const problem = await takeToCancellation(house, things, '2026-11-11')
    const later = await lookAt(house, things)
    await house.stop()
    assert.notDeepEqual(await published(there, settings), [])

    const back = folder('back')
    const embedded = { DULIAN_EVENTS: 'sqlite', DULIAN_BUS: 'sqlite', DULIAN_VIEWS: 'sqlite' }
    const files = [
      '--from',
      settingsFile('there.env', there, settings),
      '--to',
      settingsFile('back.env', back, embedded),
    ]
    const returned = await dulian(home, ['migrate', ...files, '--json'])
    assert.equal(returned.code, 0, returned.stderr)
    assert.equal(returned.json.equal, true)
    const again = await TestInstance.open({ now: new Date(house.clock.now()).toISOString(), folder: back })
    await again.settle()
    assert.deepEqual(await lookAt(again, things), later)
    await again.stop()
    assert.deepEqual(await published(back), [])
    await again.reopen()
    assert.equal(
      ok(await again.as('office-head').get(`/api/rectification/problems/${problem}`)).body.state,
      'cancelled',
    )
    await takeToCancellation(again, things, '2026-11-12')
    await again.stop()

    const home2 = ['migrate', '--from', files[1] ?? '', '--data', home, '--events', 'sqlite', '--bus', 'sqlite']
    const homeward = await dulian(home, [...home2, '--views', 'sqlite', '--json'])
    assert.equal(homeward.code, 0, homeward.stderr)
    for (const { service, copied, source } of homeward.json.services) {
      assert.ok(copied.found > 0 && copied.found + copied.written === source.events, service)
    }
  })

  test('killed on its way it goes on where it was; and what others have put there is found', async () => {
    const settings = onServers()
    const from = folder('killed-home')
    cpSync(folder('looked-at'), from, { recursive: true })
    // The usual way: the data folder stays, with the evidence in it.
    const to = settingsFile('killed.env', from, settings)
    for (const words of ['督导检查：复制事件', '整改问责：核对目标 ']) await killedAt(words, from, ['--to', to])
    const resumed = await dulian(from, ['migrate', '--to', to, '--json'])
    assert.equal(resumed.code, 0, resumed.stderr)
    assert.equal(resumed.json.equal, true)
    for (const { service, copied, source } of resumed.json.services) {
      assert.equal(copied.found + copied.written, source.events, service)
    }

    const house = await reopened(from, settings)
    ok(await house.as('office-head').post('/api/supervisor-registry/zones', { name: '新责任区' }), 201)
    await house.settle()
    await house.stop()
    const verified = await dulian(from, ['migrate', '--to', to, '--verify-only', '--json'])
    assert.deepEqual([verified.code, verified.json.equal], [0, true], verified.stderr)
    assert.ok(verified.json.services[0].newer > 0)
    const refused = await dulian(from, ['migrate', '--to', to, '--json'])
    assert.deepEqual([refused.code, refused.json.code], [1, 'MIGRATION_TARGET_DIFFERS'])
  })
})

import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, test } from 'node:test'
import { openSqliteEvents } from '@dulian/event-store-sqlite'
import { shown } from '../src/cli/migrate-command-words.ts'
import { readInstanceFile, writeInstanceFile } from '../src/instance-file.ts'
import { dulian } from './dulian.ts'
import {
  filesIn,
  killedAt,
  livedInstance,
  lookAt,
  published,
  reopened,
  takeToCancellation,
} from './migrated-instance.ts'
import type { OneOfEverything } from './one-of-everything.ts'
import { ok, TestInstance } from './test-instance.ts'

const root = mkdtempSync(join(tmpdir(), 'dulian-migrate-'))
after(() => rmSync(root, { recursive: true, force: true }))

/** Lived in once, and only read ever after. */
const home = join(root, 'home')
let things: OneOfEverything
let seen: Awaited<ReturnType<typeof lookAt>>
let untouched: ReturnType<typeof filesIn>

before(async () => {
  things = await livedInstance({}, home)
  const card = { card: 'head', office: 'yongchuan', officeName: '示例督导室', roles: ['office-head'], name: '示例主任' }
  writeInstanceFile(home, { demo: 'seeded', cards: [card] })
  const copy = folder('looked-at')
  cpSync(home, copy, { recursive: true })
  const house = await reopened(copy)
  seen = await lookAt(house, things)
  await house.dispose()
  untouched = filesIn(home)
})

function folder(name: string): string {
  return join(root, name)
}

test('moved to another folder it answers the same, publishes nothing anew, and goes on working; and back again', async () => {
  const there = folder('there')
  const moved = await dulian(home, ['migrate', '--data', there, '--json'])
  assert.equal(moved.code, 0, moved.stderr)
  assert.equal(moved.json.equal, true)
  assert.deepEqual(moved.json.inFlight, {})
  assert.deepEqual(moved.json.to, { events: 'sqlite', bus: 'sqlite', views: 'sqlite', folder: there })
  for (const service of moved.json.services) assert.deepEqual(service.source, service.target, service.service)
  assert.match(moved.stderr, /整改问责：复制事件 \d+\/\d+ \d+ 条\/秒/)
  assert.deepEqual(filesIn(home), untouched)
  assert.deepEqual(readInstanceFile(there), readInstanceFile(home))

  const house = await reopened(there)
  assert.deepEqual(await lookAt(house, things), seen)
  await house.stop()
  assert.deepEqual(await published(there), [])
  await house.reopen()
  const problem = await takeToCancellation(house, things, '2026-11-11')
  const later = await lookAt(house, things)
  await house.stop()
  assert.notDeepEqual(await published(there), [])

  const back = folder('back')
  const returned = await dulian(there, ['migrate', '--data', back])
  assert.equal(returned.code, 0, returned.stderr)
  assert.match(returned.stdout, /^迁移核对：一致\n/)
  assert.match(returned.stdout, /把设置 DULIAN_DATA 改为目标的值后启动/)
  const again = await TestInstance.open({ now: new Date(house.clock.now()).toISOString(), folder: back })
  await again.settle()
  assert.deepEqual(await lookAt(again, things), later)
  assert.equal(ok(await again.as('office-head').get(`/api/rectification/problems/${problem}`)).body.state, 'cancelled')
  await takeToCancellation(again, things, '2026-11-12')
  await again.stop()
})

test('killed in the middle and run again, it goes on where it was', async () => {
  const there = folder('killed')
  for (const words of ['督导检查：复制事件', '督导检查：核对目标 ', '整改问责：证据文件']) {
    await killedAt(words, home, ['--data', there])
  }
  const resumed = await dulian(home, ['migrate', '--data', there, '--json'])
  assert.equal(resumed.code, 0, resumed.stderr)
  assert.equal(resumed.json.equal, true)
  const [first] = resumed.json.services
  assert.deepEqual(first.copied, { found: first.source.events, written: 0 })
  assert.deepEqual(filesIn(home), untouched)
  const house = await reopened(there)
  assert.deepEqual(await lookAt(house, things), seen)
  await house.stop()
})

test('the proof finds what was changed, lost or damaged in the target, by name; it writes a report and nothing else', async () => {
  const there = folder('tampered')
  assert.equal((await dulian(home, ['migrate', '--data', there])).code, 0)
  const file = folder('report.json')
  const verify = ['migrate', '--data', there, '--verify-only', '--report', file]
  const fine = await dulian(home, verify)
  assert.equal(fine.code, 0, fine.stderr)
  assert.deepEqual([JSON.parse(readFileSync(file, 'utf8')).equal, fine.stdout.includes('改为目标的值')], [true, false])

  const stream = tamper(join(there, 'rectification', 'events.db'))
  const hash = things.files.inspections ?? ''
  writeFileSync(join(there, 'inspections', 'files', 'yongchuan', hash.slice(0, 2), hash), 'another picture')
  const before = filesIn(there)
  const found = await dulian(home, verify)
  assert.equal(found.code, 1)
  assert.match(found.stdout, /^迁移核对：不一致\n/)
  assert.ok(found.stdout.includes(`${stream}：内容不同`), found.stdout)
  assert.ok(found.stdout.includes(`证据文件 yongchuan/${hash.slice(0, 2)}/${hash} 在目标缺少或不同`), found.stdout)
  assert.match(found.stderr, /目标与来源不一致。请不要启动目标/)
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).equal, false)
  assert.deepEqual(filesIn(there), before)
})

test('a target with other events is refused and stays as it is', async () => {
  const there = folder('taken')
  const other = await TestInstance.open({ now: '2026-01-05T01:00:00Z', folder: there })
  ok(await other.as('office-head').post('/api/supervisor-registry/zones', { name: '别处责任区' }), 201)
  await other.settle()
  await other.stop()
  const before = filesIn(there)
  const refused = await dulian(home, ['migrate', '--data', there, '--json'])
  assert.deepEqual([refused.code, refused.json.code], [1, 'MIGRATION_TARGET_DIFFERS'])
  assert.deepEqual([filesIn(there), filesIn(home)], [before, untouched])
})

test('while an instance runs on either side nothing is moved', async () => {
  const [from, there] = [folder('running'), folder('running-target')]
  for (const [running, other] of [
    [from, there],
    [there, from],
  ] as const) {
    cpSync(home, from, { recursive: true })
    const house = await reopened(running)
    const refused = await dulian(from, ['migrate', '--data', there, '--json'])
    assert.deepEqual([refused.code, refused.json.code], [1, 'DATA_FOLDER_IN_USE'], `${running} ${other}`)
    await house.stop()
  }
})

test('what cannot be moved like this is refused in words, and no address shows its password', async () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /来源与目标是同一个地方/],
    [['--events', 'sqlite', '--bus', 'sqlite'], /来源与目标是同一个地方/],
    [['--events', 'esdb://admin:geheim@127.0.0.1:1?tls=false'], /视图也要换/],
    [['--events', 'oracle://admin:geheim@db', '--views', 'oracle://x'], /DULIAN_EVENTS.*oracle.*不是/],
    [['--to', folder('nothing.env')], /没有设置文件/],
    [['--data', folder('empty'), '--verify-only'], /没有督学库的数据可以核对/],
  ]
  const answers = await Promise.all(cases.map(([options]) => dulian(home, ['migrate', ...options])))
  for (const [index, [, words]] of cases.entries()) {
    const refused = answers[index] ?? assert.fail()
    assert.deepEqual([refused.code, refused.stdout], [1, ''], refused.stderr)
    assert.match(refused.stderr, words)
    assert.doesNotMatch(refused.stderr, /geheim/)
  }
  const empty = await dulian(folder('empty'), ['migrate', '--data', folder('target')])
  assert.deepEqual([empty.code, existsSync(folder('target'))], [1, false])
  assert.match(empty.stderr, /没有可以迁移的数据/)
  assert.equal((await dulian(home, ['migrate', '--messages', 'burn'])).code, 2)
})

test('both sides may be named by settings files; an option outweighs the file', async () => {
  const [from, to] = [folder('from.env'), folder('to.env')]
  writeFileSync(from, `DULIAN_DATA=${home}\n`)
  writeFileSync(to, `DULIAN_DATA=${folder('by-file')}\nDULIAN_PORT=7200\n`)
  const moved = await dulian(folder('nowhere'), ['migrate', '--from', from, '--to', to, '--json'])
  assert.deepEqual([moved.code, moved.json.to.folder], [0, folder('by-file')], moved.stderr)
  const verify = ['migrate', '--from', from, '--to', to, '--data', folder('by-option'), '--verify-only']
  assert.match((await dulian(folder('nowhere'), verify)).stderr, /by-option/)
})

test('messages that nobody has stored yet are told, and on request published where the instance goes on', async () => {
  // 整改问责 knows nothing yet, as if it had stood still all the while the others were at work.
  const [from, there] = [folder('half'), folder('half-target')]
  cpSync(home, from, { recursive: true })
  rmSync(join(from, 'rectification'), { recursive: true })
  cpSync(join(home, 'rectification', 'files'), join(from, 'rectification', 'files'), { recursive: true })
  await openSqliteEvents({ file: join(from, 'rectification', 'events.db') }).close()

  const refused = await dulian(from, ['migrate', '--data', there, '--json'])
  assert.deepEqual([refused.code, refused.json.code], [1, 'MIGRATION_MESSAGES_IN_FLIGHT'])
  assert.match(refused.json.detail, /inspections → rectification：\d+ 条/)
  const moved = await dulian(from, ['migrate', '--data', there, '--messages', 'republish', '--json'])
  assert.equal(moved.code, 0, moved.stderr)
  const waiting = Object.values(moved.json.inFlight as Record<string, number>).reduce((sum, count) => sum + count, 0)
  const house = await reopened(there)
  const { items } = ok(await house.as('office-head').get('/api/rectification/problems')).body
  await house.stop()
  assert.equal((await published(there)).length >= waiting, true)
  assert.equal(items.length, 1, 'the confirmed finding has become a problem')
})

test('of an address its scheme and its hosts are shown, and nothing where they cannot be told from a password', () => {
  for (const [address, words] of [
    ['sqlite', 'sqlite'],
    ['kafka://a:9092,b:9092', 'kafka://a:9092,b:9092'],
    ['esdb+discover://admin:geheim@db.example:2113?tls=true', 'esdb+discover://db.example:2113'],
    ['mongodb://u:a/b@c@mongo/?x=y', 'mongodb://…'],
    ['mongodb://mongo/?password=geheim@x', 'mongodb://…'],
    ['geheim', ''],
  ] as const) {
    assert.equal(shown(address), words)
  }
})

/** Changes one event behind the store's back. Answers its stream. */
function tamper(file: string): string {
  const database = new DatabaseSync(file)
  database.exec('DROP TRIGGER event_is_not_changed')
  database.exec(`UPDATE event SET data = replace(data, '清空疏散通道', '不必清空') WHERE data LIKE '%清空疏散通道%'`)
  const row = database
    .prepare(`SELECT name FROM stream JOIN event ON event.stream = stream.id WHERE data LIKE '%不必清空%' LIMIT 1`)
    .get()
  database.close()
  return String(row?.name)
}

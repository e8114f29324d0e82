import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Role } from '@dulian/contracts'
import { openLocalKey } from '@dulian/service-host'
import { services } from '../src/index.ts'
import { readInstanceFile } from '../src/instance-file.ts'
import { ask, freePort, type InstanceProcess, isPortFree, Workshop } from './instance-process.ts'

const registry = '/api/supervisor-registry'
const workshop = new Workshop()
after(() => workshop.dispose())

/** The instance without a demo, shared by the tests below. */
const empty = { folder: workshop.folder(), settings: { DULIAN_DEMO: '0' } }
let plain: InstanceProcess
let address: string

test('without the demo it comes up empty, prints its address when ready, and nobody can sign in', async () => {
  plain = workshop.start(empty.folder, empty.settings)
  address = await plain.ready()
  assert.match(address, /^http:\/\/127\.0\.0\.1:\d+$/)
  assert.equal(plain.stdout, `督联已就绪：${address}\n`, 'stdout carries the address and nothing else')
  assert.equal((await ask(address, '/auth/demo')).status, 404)
  assert.equal((await ask(address, '/auth/demo', { body: { card: 'yongchuan-office-head' } })).status, 404)
  assert.deepEqual((await ask(address, '/system/instance')).body, { demoData: false, clearable: false })
  const head = await localToken(empty.folder, 'office-head')
  for (const path of ['supervisor-registry/schools', 'office/plans', 'inspections/visits', 'rectification/problems']) {
    assert.deepEqual((await ask(address, `/api/${path}`, { token: head })).body, { items: [] }, path)
  }
})

test('its doors: alive, ready with every view, described as a whole, explained without an outside host', async () => {
  assert.deepEqual((await ask(address, '/health/live')).body, { ok: true })
  const ready = await ask(address, '/health/ready')
  assert.equal(ready.status, 200)
  assert.deepEqual(Object.keys(ready.body.engines).sort(), ['bus', 'events', 'views'])
  const views = services.flatMap(({ name, projections }) => projections.map(({ space }) => `${name}/${space.name}`))
  assert.deepEqual(ready.body.views.map(({ name }: { name: string }) => name).sort(), views.sort())
  for (const view of ready.body.views) {
    assert.equal(typeof view.position, 'string')
    assert.equal(typeof view.lag, 'number')
  }

  const document = await ask(address, '/openapi.json')
  assert.match(document.body.openapi, /^3\.1/)
  const paths = Object.keys(document.body.paths)
  for (const { name } of services)
    assert.ok(
      paths.some((path) => path.startsWith(`/api/${name}/`)),
      name,
    )

  const docs = await ask(address, '/docs')
  assert.equal(docs.status, 200)
  assert.doesNotMatch(docs.text, /(src|href|url)["']?\s*[=:]\s*["'](https?:)?\/\//i)
  assert.match(docs.headers.get('content-security-policy') ?? '', /default-src 'self'|default-src 'none'/)
  assert.doesNotMatch(docs.headers.get('content-security-policy') ?? '', /https?:|\*/)
})

test('a second process on the same folder says who has it and ends with 1; the first one goes on', async () => {
  for (const settings of [{ DULIAN_DEMO: '0' }, { DULIAN_DEMO: '1' }]) {
    const second = workshop.start(empty.folder, settings)
    assert.deepEqual(await second.ended, { code: 1, signal: null })
    assert.match(second.stderr, new RegExp(`督联：数据目录正在使用。.*进程号 ${plain.child.pid}`))
    assert.equal(second.stdout, '')
  }
  assert.equal((await ask(address, '/health/live')).status, 200)
  // Nor has it left a mark that would have the data thrown away later.
  assert.ok(!existsSync(join(empty.folder, 'instance.json')))
})

test('a port in use, wrong settings and a folder that is none are refused with 1 and in words', async () => {
  const { port } = new URL(address)
  const file = join(workshop.folder(), 'a-file')
  writeFileSync(file, '')
  const wrong: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ DULIAN_PORT: port }, /端口已被占用/],
    [{ DULIAN_PORT: 'web' }, /设置 DULIAN_PORT 无效/],
    [
      { DULIAN_PORT: '70000', DULIAN_DEMO: 'yes', DULIAN_LOG_LEVEL: 'loud' },
      /设置 DULIAN_PORT 无效：.*[\u4e00-\u9fff].*\n督联：设置 DULIAN_DEMO 无效：.*\n督联：设置 DULIAN_LOG_LEVEL 无效：/,
    ],
    [{ DULIAN_EVENTS: 'postgres://admin:secret@127.0.0.1' }, /引擎设置无法识别。.*DULIAN_EVENTS.*postgres.*esdb/],
    [{ DULIAN_BUS: 'amqp://127.0.0.1' }, /引擎设置无法识别。.*DULIAN_BUS.*amqp.*kafka/],
    [{ DULIAN_VIEWS: 'redis://127.0.0.1' }, /引擎设置无法识别。.*DULIAN_VIEWS.*redis.*mongodb/],
    [{ DULIAN_NAMESPACE: 'Not a word' }, /设置 DULIAN_NAMESPACE 无效/],
    [{ DULIAN_HOST: '203.0.113.7' }, /DULIAN_HOST/],
    [{ DULIAN_DATA: file }, /DULIAN_DATA/],
  ]
  const ended = wrong.map(async ([settings, words]) => {
    const refused = workshop.start(workshop.folder(), { DULIAN_DEMO: '0', ...settings })
    const name = JSON.stringify(settings)
    assert.deepEqual(await refused.ended, { code: 1, signal: null }, name)
    assert.match(refused.stderr, words, name)
    assert.match(refused.stderr, /^督联：/m, name)
    assert.doesNotMatch(refused.stderr, /\n\s+at .*:\d+/, `${name} shows a stack`)
    assert.doesNotMatch(refused.stderr, /secret/, name)
    assert.equal(refused.stdout, '', name)
  })
  await Promise.all(ended)
})

test('the demo does not listen beyond this machine unless that is set on purpose', async () => {
  const port = await freePort()
  const folder = workshop.folder()
  const refused = workshop.start(folder, { DULIAN_DEMO: '1', DULIAN_HOST: '0.0.0.0', DULIAN_PORT: String(port) })
  assert.deepEqual(await refused.ended, { code: 1, signal: null })
  assert.match(refused.stderr, /督联：演示登录不能对外开放。.*0\.0\.0\.0.*DULIAN_DEMO_ANYWHERE/)
  assert.equal(refused.stdout, '')
  assert.ok(await isPortFree(port), 'something listens')
  assert.ok(!existsSync(join(folder, 'instance.json')), 'it began to make demo data all the same')
})

test('SIGTERM under load: what was taken in is answered, nothing is stored that nobody heard of, and it ends with 0', async () => {
  const token = await localToken(empty.folder, 'office-head')
  const acknowledged: string[] = []
  const unexpected: string[] = []
  const { promise: underLoad, resolve: flowing } = Promise.withResolvers<void>()
  const callers = Array.from({ length: 16 }, async (_, caller) => {
    for (let n = 0; ; n += 1) {
      const name = `责任区${caller}-${n}`
      const headers = { 'idempotency-key': `${caller}-${n}` }
      // Refused at the door once it is closed, with or without a word.
      const made = await ask(address, `${registry}/zones`, { token, body: { name }, headers }).catch(() => undefined)
      if (made?.status === 201) acknowledged.push(made.body.id)
      else if (made === undefined || made.status === 503) return
      else unexpected.push(made.text)
      if (acknowledged.length > 100) flowing()
    }
  })
  await underLoad
  // It ends itself with 1 when it has not finished in the time that operators are promised.
  assert.deepEqual(await plain.end('SIGTERM'), { code: 0, signal: null })
  await Promise.all(callers)
  assert.deepEqual(unexpected, [])

  plain = workshop.start(empty.folder, empty.settings)
  address = await plain.ready()
  const stored = await all(token, `${registry}/zones?limit=200`)
  assert.deepEqual(stored.map(({ zoneId }) => zoneId).sort(), acknowledged.toSorted())
})

test('SIGINT ends it with 0, too', async () => {
  assert.deepEqual(await plain.end('SIGINT'), { code: 0, signal: null })
  assert.ok(!existsSync(join(empty.folder, 'running.json')), 'it still says where it runs')
})

/** The instance with the demo: killed while it is made, killed while it runs. */
const demo = { folder: workshop.folder(), settings: { DULIAN_DEMO: '1', DULIAN_DEMO_DAYS: '45' } }

test('a signal while the demo is being made ends it with 0', async () => {
  const seeding = workshop.start(demo.folder, demo.settings)
  await seeding.said(/演示数据 \d+ \/ \d+ 天/)
  assert.deepEqual(await seeding.end('SIGTERM'), { code: 0, signal: null })
  assert.equal(readInstanceFile(demo.folder).demo, 'seeding')
})

test('without the demo the half of one that was left behind is thrown away', async () => {
  const started = workshop.start(demo.folder, { DULIAN_DEMO: '0' })
  const head = await localToken(demo.folder, 'office-head')
  const at = await started.ready()
  assert.match(started.stderr, /上次的演示数据没有生成完，已丢弃/)
  assert.deepEqual((await ask(at, '/api/supervisor-registry/schools', { token: head })).body, { items: [] })
  await started.end()
  assert.equal(readInstanceFile(demo.folder).demo, 'none')
})

test('killed hard in the middle of making the demo, it begins afresh and completes; nobody else may touch it meanwhile', async () => {
  const seeding = workshop.start(demo.folder, demo.settings)
  await seeding.said(/（20%）/)
  const second = workshop.start(demo.folder, demo.settings)
  assert.deepEqual(await second.ended, { code: 1, signal: null })
  assert.match(second.stderr, new RegExp(`进程号 ${seeding.child.pid}`))
  await seeding.said(/（30%）/)
  assert.deepEqual(await seeding.end('SIGKILL'), { code: null, signal: 'SIGKILL' })
  assert.equal(readInstanceFile(demo.folder).demo, 'seeding')

  const started = workshop.start(demo.folder, demo.settings)
  const at = await started.ready()
  assert.match(started.stderr, /上次的演示数据没有生成完，已丢弃/)
  assert.match(started.stderr, /（100%）/)
  assert.equal(readInstanceFile(demo.folder).demo, 'seeded')
  const cards = (await ask(at, '/auth/demo')).body as { card: string; office: string }[]
  assert.deepEqual([...new Set(cards.map(({ office }) => office))].sort(), [
    'chengkou',
    'dadukou',
    'qijiang',
    'yongchuan',
  ])
  assert.deepEqual((await ask(at, '/system/instance')).body, { demoData: true, clearable: true })
  plain = started
  address = at
})

test('killed hard while it runs, the demo is back in seconds and everything is there', async (t) => {
  const token = await demoToken('yongchuan-office-head')
  const zone = { body: { name: '新设责任区' }, headers: { 'idempotency-key': 'new-zone' } }
  const made = await ask(address, `${registry}/zones`, { token, ...zone })
  assert.equal(made.status, 201, made.text)
  const before = await everything(token, made.body.position)
  assert.deepEqual(await plain.end('SIGKILL'), { code: null, signal: 'SIGKILL' })

  const began = performance.now()
  plain = workshop.start(demo.folder, demo.settings)
  address = await plain.ready()
  t.diagnostic(`ready after ${((performance.now() - began) / 1_000).toFixed(1)} s`)
  assert.doesNotMatch(plain.stderr, /演示数据/)
  // The token of before still counts, and so does the key of the command.
  assert.deepEqual(await everything(token, made.body.position), before)
  const again = await ask(address, `${registry}/zones`, { token, ...zone })
  assert.deepEqual([again.status, again.body.id], [201, made.body.id])
  assert.deepEqual(await plain.end(), { code: 0, signal: null })
})

async function localToken(folder: string, role: Role): Promise<string> {
  const key = await openLocalKey(folder)
  return await key.sign({ sub: 'tester', name: '测试', office: 'yongchuan', roles: [role] })
}

async function demoToken(card: string): Promise<string> {
  const signedIn = await ask(address, '/auth/demo', { body: { card } })
  assert.equal(signedIn.status, 200, signedIn.text)
  return signedIn.body.accessToken
}

type Row = Readonly<Record<string, unknown>>

/** Every page of a list. */
async function all(token: string, path: string, headers: Record<string, string> = {}): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (let cursor = ''; ; ) {
    const page = await ask(address, `${path}${cursor}`, { token, headers })
    assert.equal(page.status, 200, page.text)
    rows.push(...page.body.items)
    if (page.body.nextCursor === undefined) return rows
    cursor = `&cursor=${encodeURIComponent(page.body.nextCursor)}`
  }
}

/** What an office sees in its lists, once they know of `position` in the registry. */
async function everything(token: string, position: string): Promise<readonly (readonly Row[])[]> {
  const lists = ['office/plans', 'office/tasks', 'inspections/visits', 'inspections/findings', 'rectification/problems']
  return await Promise.all([
    all(token, `${registry}/zones?limit=200`, { 'min-position': position }),
    ...['schools', 'supervisors', 'postings'].map((list) => all(token, `${registry}/${list}?limit=200`)),
    ...lists.map((list) => all(token, `/api/${list}?limit=200`)),
  ])
}

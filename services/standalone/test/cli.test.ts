import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { newId, streamName } from '@dulian/event-sourcing'
import { openSqliteEvents } from '@dulian/event-store-sqlite'
import { ParsedPlan } from '@dulian/office/plan-parser'
import { Document, Packer, Paragraph } from 'docx'
import { services } from '../src/index.ts'
import { readInstanceFile } from '../src/instance-file.ts'
import { dulian, type Ran } from './dulian.ts'
import { ask, Workshop } from './instance-process.ts'

const workshop = new Workshop()
after(() => workshop.dispose())

const plan = join(import.meta.dirname, 'fixtures', 'annual-plan.txt')
const nowhere = workshop.folder()
/** An instance without a demo, on which no process runs unless a test says so. */
const folder = workshop.folder()
const allViews = services.flatMap(({ name, projections }) => projections.map(({ space }) => `${name}/${space.name}`))

test('npm run dulian is this command line', () => {
  const manifest = join(import.meta.dirname, '..', '..', '..', 'package.json')
  const { scripts } = JSON.parse(readFileSync(manifest, 'utf8'))
  assert.equal(scripts.dulian, 'node services/standalone/src/cli/main.ts')
})

test('wrong usage ends with 2 and is explained on stderr; help ends with 0', async () => {
  const wrong = [
    [],
    ['fly'],
    ['plan'],
    ['plan', 'parse'],
    ['plan', 'parse', plan, '--yaml'],
    ['plan', 'import', plan],
    ['plan', 'import', plan, '--office', '../etc'],
    ['plan', 'import', plan, '--office', 'qijiang', '--year', 'soon'],
    ['subscriptions', 'retry', 'office/plans'],
    ['fly', '--json'],
  ]
  await inPairs(wrong, async (args) => {
    const ran = await dulian(nowhere, args)
    assert.deepEqual([ran.code, ran.stdout], [2, ''], args.join(' '))
    assert.notEqual(ran.stderr, '', args.join(' '))
  })
  const help = await dulian(nowhere, ['--help'])
  assert.deepEqual([help.code, help.stdout], [0, ''])
  for (const command of ['plan', 'demo', 'views', 'subscriptions', 'doctor', 'migrate'])
    assert.match(help.stderr, new RegExp(command))
})

test('[G5] plan parse answers the plan as one document on stdout and nothing else; without --json in words', async () => {
  const [parsed, words] = await Promise.all([
    dulian(nowhere, ['plan', 'parse', plan, '--json']),
    dulian(nowhere, ['plan', 'parse', plan]),
  ])
  assert.deepEqual([parsed.code, parsed.stderr, words.code], [0, '', 0])
  assert.deepEqual(ParsedPlan.parse(parsed.json), parsed.json)
  assert.match(parsed.json.title.replaceAll(/\s/g, ''), /示例区2026年教育督导工作要点/)
  assert.deepEqual(markersOf(parsed.json.items), ['一、', '1.', '2．', '一是', '二是', '二、', '3.', '4.'])
  assert.throws(() => words.json)
  assert.match(words.stdout, /规范挂牌督导.*区政府教育督导室、区教委/)
})

test('[G5] a .docx of the same plan is read the same; whatever its name says', async () => {
  const lines = readFileSync(plan, 'utf8').split('\n')
  const document = new Document({ sections: [{ children: lines.map((line) => new Paragraph(line)) }] })
  const file = join(nowhere, 'plan.docx')
  const misnamed = join(nowhere, 'plan.txt')
  for (const path of [file, misnamed]) writeFileSync(path, await Packer.toBuffer(document))
  const [text, word, other] = await Promise.all(
    [plan, file, misnamed].map((path) => dulian(nowhere, ['plan', 'parse', path, '--json'])),
  )
  const plain = (ran: Ran | undefined) => JSON.stringify(ran?.json ?? null).replaceAll(/\\n|\s/g, '')
  assert.equal(word?.code, 0, word?.stderr ?? '')
  assert.equal(plain(word), plain(text))
  assert.equal(plain(other), plain(text))
})

test('[G5] a file that is no plan is refused with 1, in words and as a document', async () => {
  const files: readonly (readonly [name: string, content: string | Buffer, code: string])[] = [
    ['empty.txt', '', 'PLAN_FILE_EMPTY'],
    ['printed.pdf', '%PDF-1.7\n', 'PLAN_FILE_IS_PDF'],
    ['old.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'PLAN_FILE_OLD_WORD'],
    ['broken.docx', Buffer.from('PK\u0003\u0004 nothing behind it'), 'PLAN_FILE_DAMAGED'],
    [
      'picture.txt',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
      'PLAN_FILE_NOT_A_DOCUMENT',
    ],
  ]
  await inPairs(files, async ([name, content, code]) => {
    const file = join(nowhere, name)
    writeFileSync(file, content)
    const ran = await dulian(nowhere, ['plan', 'parse', file, '--json'])
    assert.deepEqual([ran.code, ran.json.code], [1, code], name)
    assert.equal(ran.stderr.trim(), ran.json.detail, name)
    assert.match(ran.stderr, /[\u4e00-\u9fff]/, name)
  })
  const missing = await dulian(nowhere, ['plan', 'parse', join(nowhere, 'no-such-file.txt')])
  assert.deepEqual([missing.code, missing.stdout], [1, ''])
  assert.match(missing.stderr, /文件不存在/)
})

test('[G5] the published plans parse to one document each', async (t) => {
  const samples = process.env.DULIAN_SAMPLES
  if (samples === undefined || samples === '') {
    t.skip('SKIPPED: set DULIAN_SAMPLES to the folder of published plans; without it no real plan is parsed')
    return
  }
  await inPairs(['plan-qijiang-2026.txt', 'reform-dadukou-2021.txt'], async (name) => {
    const ran = await dulian(nowhere, ['plan', 'parse', join(samples, name), '--json'])
    assert.deepEqual([ran.code, ran.stderr], [0, ''], name)
    assert.deepEqual(ParsedPlan.parse(ran.json), ran.json)
  })
})

test('[G5] plan import without a running instance stores the plan once', async () => {
  const imported = await dulian(folder, ['plan', 'import', plan, '--office', 'qijiang', '--json'])
  assert.deepEqual([imported.code, imported.stderr], [0, ''], imported.stderr)
  assert.match(imported.json.id, /^[0-9a-f-]{36}$/)
  const again = await dulian(folder, ['plan', 'import', plan, '--office', 'qijiang', '--json'])
  assert.deepEqual([again.code, again.json.code], [1, 'PLAN_ALREADY_IMPORTED'])
  assert.match(again.stderr, /已.*导入/)
})

test('views status and rebuild without a running instance: every view, progress on stderr, the next generation', async () => {
  const status = await dulian(folder, ['views', 'status', '--json'])
  assert.deepEqual([status.code, status.stderr], [0, ''])
  assert.deepEqual(viewNames(status.json), allViews.toSorted())
  for (const { lag, generation } of status.json) assert.deepEqual([lag, generation], [0, 1])

  const rebuilt = await dulian(folder, ['views', 'rebuild', 'office/plans', '--json'])
  assert.deepEqual([rebuilt.code, rebuilt.json], [0, { view: 'office/plans', generation: 2 }], rebuilt.stderr)
  assert.match(rebuilt.stderr, /^重建 office\/plans \d+\/\d+/m)
  for (const view of ['office/nothing', 'plans']) {
    const unknown = await dulian(folder, ['views', 'rebuild', view])
    assert.deepEqual([unknown.code, unknown.stdout], [1, ''], view)
    assert.match(unknown.stderr, /没有视图/)
  }
})

test('doctor looks at everything, and ends with 1 when something cannot work', async () => {
  const [well, ill] = await Promise.all([
    dulian(folder, ['doctor', '--json']),
    dulian(folder, ['doctor', '--json'], { DULIAN_VIEWS: 'mongodb://user:secret@127.0.0.1' }),
  ])
  assert.equal(well.code, 0, well.stderr)
  for (const { check, state, detail } of well.json) {
    assert.ok(['ok', 'warning'].includes(state), `${check}: ${detail}`)
  }
  assert.deepEqual(ill.code, 1)
  assert.deepEqual(
    ill.json.filter(({ state }: { state: string }) => state === 'failed').map(({ check }: { check: string }) => check),
    ['视图引擎'],
  )
  assert.doesNotMatch(ill.stdout + ill.stderr, /secret/)
})

test('settings that are wrong, and a demo into or out of an instance somebody works in, are refused with 1', async () => {
  const refusals: readonly (readonly [string[], Record<string, string>, RegExp])[] = [
    [['views', 'status'], { DULIAN_LOG_LEVEL: 'loud' }, /设置 DULIAN_LOG_LEVEL 无效/],
    [['demo', 'seed'], {}, /只能放进空白实例/],
    [['demo', 'clear'], {}, /没有演示数据/],
  ]
  for (const [args, settings, words] of refusals) {
    const ran = await dulian(folder, [...args, '--json'], settings)
    assert.equal(ran.code, 1, args.join(' '))
    assert.match(ran.json.detail, words)
    assert.match(ran.stderr, words)
  }
})

/** Of a type that views and policies know, with nothing of what it should hold. */
const poison = { id: newId(Date.now()), type: 'problem-opened.v1', data: {} }

test('an event that cannot be read is listed with who parked it; a retry says why not, a skip lets the rest go on', async () => {
  const file = join(folder, 'rectification', 'events.db')
  const events = openSqliteEvents({ file })
  const meta = { correlationId: poison.id, actor: 'tester', office: 'qijiang' }
  await events.append(streamName('problem', 'qijiang', poison.id), [poison], { expected: 'none', meta })
  await events.close()

  // Without a running instance, the command line brings one up for as long as it needs it.
  const found = await dulian(folder, ['subscriptions', 'list', '--json'])
  assert.equal(found.code, 0, found.stderr)
  const parkers = parkersOf(found)
  assert.ok(parkers.includes('problems') && parkers.includes('publisher'), parkers.join())

  const running = workshop.start(folder, { DULIAN_DEMO: '0' })
  const address = await running.ready()
  const listed = await dulian(folder, ['subscriptions', 'list', '--json'])
  assert.deepEqual(parkersOf(listed), parkers)
  const [row] = listed.json.find(({ name }: { name: string }) => name === 'problems').parked
  assert.deepEqual([row.eventId, row.type, row.error], [poison.id, poison.type, 'EVENT_UNREADABLE'])
  assert.ok(row.attempts > 1)
  const words = await dulian(folder, ['subscriptions', 'list'])
  assert.match(words.stdout, new RegExp(`${poison.id}\\s+problem-opened.v1\\s+EVENT_UNREADABLE`))

  const act = (action: string, at: string, id = poison.id) =>
    dulian(folder, ['subscriptions', action, at, id, '--json'])
  const retried = await act('retry', 'rectification/problems')
  assert.deepEqual([retried.code, retried.json.code], [1, 'REPLAY_FAILED'])
  const unknown = await Promise.all([
    act('skip', 'rectification/nothing'),
    act('skip', 'nothing/problems'),
    act('skip', 'rectification/problems', newId(Date.now())),
  ])
  assert.deepEqual(
    unknown.map(({ code }) => code),
    [1, 1, 1],
  )

  const skipped = await act('skip', 'rectification/problems')
  assert.deepEqual([skipped.code, skipped.json.handled], [0, 1], skipped.stderr)
  assert.deepEqual(
    parkersOf(await dulian(folder, ['subscriptions', 'list', '--json'])),
    parkers.filter((name) => name !== 'problems'),
  )
  assert.equal(
    (await act('skip', 'rectification/problems')).code,
    1,
    'what is no longer parked cannot be skipped again',
  )
  assert.equal((await ask(address, '/health/ready')).status, 200)
  await running.end()

  // Stopped again: the next one is skipped without a running instance.
  const [next = ''] = parkers.filter((name) => name !== 'problems')
  assert.equal((await act('skip', `rectification/${next}`)).code, 0)
})

test('demo clear throws half a demo away, but not from under a process that makes it', async () => {
  const half = workshop.folder()
  const seeding = workshop.start(half, { DULIAN_DEMO: '1' })
  await seeding.said(/演示数据 \d+ \/ \d+ 天/)
  const commands = [
    ['demo', 'clear'],
    ['demo', 'seed'],
    ['views', 'status'],
  ]
  for (const args of commands) assert.equal((await dulian(half, args)).code, 1, args.join(' '))
  await seeding.end('SIGKILL')
  const cleared = await dulian(half, ['demo', 'clear', '--json'])
  assert.deepEqual([cleared.code, cleared.json], [0, { demo: 'cleared' }], cleared.stderr)
  assert.equal(readInstanceFile(half).demo, 'none')
})

test('demo seed fills an empty instance with progress on stderr, once; clear empties a running one, which goes on', async () => {
  const demo = workshop.folder()
  const seeded = await dulian(demo, ['demo', 'seed', '--json'], { DULIAN_DEMO_DAYS: '30' })
  assert.deepEqual([seeded.code, seeded.json.demo], [0, 'seeded'], seeded.stderr)
  assert.ok(seeded.json.cards.includes('qijiang-office-head'))
  assert.match(seeded.stderr, /^生成演示数据 \d+\/\d+ 天/m)
  assert.equal((await dulian(demo, ['demo', 'seed'])).code, 1)

  const running = workshop.start(demo, { DULIAN_DEMO: '1' })
  const address = await running.ready()
  await commandsOnRunning(demo, address)

  const cleared = await dulian(demo, ['demo', 'clear', '--json'])
  assert.deepEqual([cleared.code, cleared.json], [0, { demo: 'cleared' }], cleared.stderr)
  assert.deepEqual((await ask(address, '/system/instance')).body, { demoData: false, clearable: false })
  const token = (await ask(address, '/auth/demo', { body: { card: 'qijiang-office-head' } })).body.accessToken
  const { body } = await ask(address, '/api/supervisor-registry/schools', { token })
  assert.deepEqual(body.items, [])
  assert.equal((await dulian(demo, ['demo', 'clear'])).code, 1)
  assert.deepEqual(await running.end(), { code: 0, signal: null })
})

/** What the commands answer while an instance runs: they ask it, and leave it running. */
async function commandsOnRunning(demo: string, address: string): Promise<void> {
  const refused = await dulian(demo, ['demo', 'seed'])
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /正在运行|已经存在/)

  const [status, subscriptions, doctor] = await Promise.all([
    dulian(demo, ['views', 'status', '--json']),
    dulian(demo, ['subscriptions', 'list', '--json']),
    dulian(demo, ['doctor', '--json']),
  ])
  assert.deepEqual(viewNames(status.json), allViews.toSorted())
  for (const { parked } of subscriptions.json) assert.deepEqual(parked, [])
  const instance = doctor.json.find(({ check }: { check: string }) => check === '实例')
  assert.deepEqual([instance.state, instance.detail.includes(address)], ['ok', true])

  const rebuilt = await dulian(demo, ['views', 'rebuild', 'rectification/problems', '--json'])
  assert.deepEqual([rebuilt.code, rebuilt.json.generation], [0, 2], rebuilt.stderr)
  assert.match(rebuilt.stderr, /^重建 rectification\/problems \d+\/\d+/m)

  const imported = await dulian(demo, ['plan', 'import', plan, '--office', 'qijiang', '--year', '2031', '--json'])
  assert.equal(imported.code, 0, imported.stderr)
  const token = (await ask(address, '/auth/demo', { body: { card: 'qijiang-office-head' } })).body.accessToken
  const seen = await ask(address, `/api/office/plans/${imported.json.id}`, { token })
  assert.deepEqual([seen.status, seen.body?.year], [200, 2031], seen.text)
}

function viewNames(rows: readonly { service: string; name: string }[]): string[] {
  return rows.map(({ service, name }) => `${service}/${name}`).sort()
}

/** The subscriptions that have parked the poison. */
function parkersOf({ json }: Ran): string[] {
  const rows = json as { name: string; parked: { eventId: string }[] }[]
  return rows.filter(({ parked }) => parked.some(({ eventId }) => eventId === poison.id)).map(({ name }) => name)
}

interface Marked {
  readonly marker: string
  readonly children: readonly Marked[]
}

function markersOf(items: readonly Marked[]): string[] {
  return items.flatMap(({ marker, children }) => [marker, ...markersOf(children)])
}

/** Two at a time, as many as there are processors to count on. */
async function inPairs<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all]
  const next = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one)
  }
  await Promise.all([next(), next()])
}

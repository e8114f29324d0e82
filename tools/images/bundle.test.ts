import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { bundleService, servicesOf } from './bundle-service.ts'
import { BundledProcess, TestIssuer } from './bundled-process.ts'

const root = join(import.meta.dirname, '..', '..')
const started: BundledProcess[] = []
let folder: string
let issuer: TestIssuer

function start(service: string, settings: Readonly<Record<string, string>> = {}): BundledProcess {
  const data = join(folder, 'data', service)
  const process = new BundledProcess(join(folder, 'services', service, 'dist', 'main.js'), {
    cwd: folder,
    env: { DULIAN_DATA: data, ...issuer.settings, ...settings },
  })
  started.push(process)
  return process
}

interface View {
  readonly name: string
  readonly generation: number
  readonly rebuild: { readonly state: string } | null
}

/** Asks as somebody of these roles; fails with what was answered when it is no success. */
async function ask(address: string, path: string, role: string, body?: object): Promise<unknown> {
  const response = await fetch(new URL(path, address), {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: await issuer.authorization(role),
      'content-type': 'application/json',
      'idempotency-key': `bundle:${path}`,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  assert.ok(response.ok, `${path}: ${response.status} ${text}`)
  return JSON.parse(text)
}

async function viewsOf(address: string, service: string): Promise<readonly View[]> {
  return ((await ask(address, `/api/${service}/system/status`, 'operator')) as { views: View[] }).views
}

/** Rebuilds a view in the thread of the bundle and waits until the new generation answers. */
async function rebuild(address: string, service: string, view: View): Promise<void> {
  await ask(address, `/api/${service}/system/views/${view.name}/rebuild`, 'operator', {})
  await until(`${service}/${view.name} is rebuilt`, async () => {
    const now = (await viewsOf(address, service)).find(({ name }) => name === view.name)
    assert.ok(now !== undefined && now.generation > view.generation && now.rebuild === null, JSON.stringify(now))
  })
}

/** Repeats until it passes; fails with its last complaint when it does not within a minute. */
async function until(what: string, passes: () => Promise<void>): Promise<void> {
  for (const deadline = Date.now() + 60_000; ; await delay(20)) {
    try {
      await passes()
      return
    } catch (cause) {
      if (Date.now() > deadline) throw new Error(`not within a minute: ${what}`, { cause })
    }
  }
}

before(async () => {
  issuer = await TestIssuer.open()
  // Outside the workspace: what the bundle lacks cannot be found by accident.
  folder = await mkdtemp(join(tmpdir(), 'dulian-bundle-'))
  for (const service of servicesOf(root)) await bundleService({ root, service, folder })
})
after(async () => {
  for (const process of started) await process.stop()
  await issuer.close()
  await rm(folder, { recursive: true, force: true })
})

interface Command {
  readonly path: string
  readonly body: object
  /** What its view says afterwards. */
  readonly shown: RegExp
}

/** One command per service that needs no other. Rectification has none: its problems are of schools that the registry names. */
const commands: Readonly<Record<string, Command | undefined>> = {
  'supervisor-registry': { path: 'zones', body: { name: '城区责任区' }, shown: /城区责任区/ },
  office: {
    path: 'plans',
    body: {
      fileName: '2026年工作要点.txt',
      text: '2026年工作要点\n一、督政\n1.开展春季开学专项督导。（责任单位：督导室）',
      year: 2026,
    },
    shown: /"year":2026/,
  },
  inspections: {
    path: 'checklists',
    body: { title: '开学检查', items: [{ code: '1', title: '校舍安全' }] },
    shown: /开学检查/,
  },
  rectification: undefined,
}

describe('each service runs from its bundle alone', () => {
  for (const [service, command] of Object.entries(commands)) {
    test(`${service} takes a command, shows it, and rebuilds every view in a thread of the bundle`, async () => {
      const process = start(service)
      const address = await process.address()
      if (command !== undefined) await ask(address, `/api/${service}/${command.path}`, 'office-head', command.body)
      const views = await viewsOf(address, service)
      assert.ok(views.length > 0)
      for (const view of views) await rebuild(address, service, view)
      if (command !== undefined)
        assert.match(
          JSON.stringify(await ask(address, `/api/${service}/${command.path}`, 'office-head')),
          command.shown,
        )
      assert.equal(await process.stop(), 0)
    })
  }

  test('the portal serves the web application from beside its bundle', async () => {
    const web = join(folder, 'services', 'portal', 'web', 'dist')
    await mkdir(web, { recursive: true })
    await writeFile(join(web, 'index.html'), '<title>督联</title>')
    const address = await start('portal').address()
    assert.equal(await (await fetch(address)).text(), '<title>督联</title>')
    assert.equal((await fetch(`${address}/health/ready`)).status, 200)
  })

  test('the whole instance runs from one bundle: a problem of a registered school, a rebuild of each service, the command line', async () => {
    const address = await start('standalone').address()
    const school = await ask(address, '/api/supervisor-registry/schools', 'office-head', {
      code: '5001180001',
      name: '望江小学',
      kind: 'school',
      stage: 'primary',
      ownership: 'public',
    })
    const problem = {
      schoolId: (school as { id: string }).id,
      title: '消防通道堵塞',
      description: '东侧消防通道堆放杂物。',
      severity: 'ordinary',
      source: { kind: 'routine', title: '日常督导', level: 'district', year: 2026 },
    }
    await until('rectification knows the school', async () => {
      await ask(address, '/api/rectification/problems', 'office-head', problem)
    })
    for (const service of Object.keys(commands)) {
      const view = (await viewsOf(address, service))[0]
      assert.ok(view !== undefined)
      await rebuild(address, service, view)
    }
    assert.match(JSON.stringify(await ask(address, '/api/rectification/problems', 'office-head')), /消防通道堵塞/)
    const help = spawnSync(process.execPath, ['services/standalone/dist/cli.js', '--help'], {
      cwd: folder,
      encoding: 'utf8',
    })
    assert.equal(help.status, 0, help.stderr)
    assert.match(help.stderr, /督联命令行/)
  })
})

describe('what a bundle holds', () => {
  test('every service of the repository has a bundle', () => {
    for (const service of servicesOf(root))
      assert.ok(readdirSync(join(folder, 'services', service, 'dist')).includes('main.js'), service)
    assert.deepEqual(servicesOf(root).toSorted(), [...Object.keys(commands), 'portal', 'standalone'].toSorted())
  })

  test('the licences of what it carries go with it', () => {
    const notices = readFileSync(join(folder, 'services', 'office', 'THIRD-PARTY-NOTICES.txt'), 'utf8')
    for (const carried of ['fastify', 'zod', 'pino']) assert.match(notices, new RegExp(`^${carried} \\d`, 'm'))
    assert.match(notices, /Permission is hereby granted, free of charge/)
    assert.doesNotMatch(notices, /^@dulian\//m)
  })
})

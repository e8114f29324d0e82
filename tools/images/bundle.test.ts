import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { bundleService, servicesOf } from './bundle-service.ts'
import { BundledProcess, TestIssuer } from './bundled-process.ts'
import { ServiceClient, until } from './service-client.ts'

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
      const client = new ServiceClient(await process.address(), service, issuer)
      if (command !== undefined) await client.ask(command.path, 'office-head', command.body)
      const views = await client.views()
      assert.ok(views.length > 0)
      for (const view of views) await client.rebuild(view)
      if (command !== undefined)
        assert.match(JSON.stringify(await client.ask(command.path, 'office-head')), command.shown)
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
    const registry = new ServiceClient(address, 'supervisor-registry', issuer)
    const school = await registry.ask('schools', 'office-head', {
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
    const rectification = new ServiceClient(address, 'rectification', issuer)
    await until('rectification knows the school', async () => {
      await rectification.ask('problems', 'office-head', problem)
    })
    for (const service of Object.keys(commands)) {
      const client = new ServiceClient(address, service, issuer)
      const [view] = await client.views()
      assert.ok(view !== undefined)
      await client.rebuild(view)
    }
    assert.match(JSON.stringify(await rectification.ask('problems', 'office-head')), /消防通道堵塞/)
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

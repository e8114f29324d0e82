import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { engineNames, findEngine, noEngine, type TestEngine } from '@dulian/test-engines'
import { bundleService } from './bundle-service.ts'
import { BundledProcess, TestIssuer } from './bundled-process.ts'
import { ServiceClient, until } from './service-client.ts'

const root = join(import.meta.dirname, '..', '..')
const engines = new Map<string, TestEngine>()
for (const name of engineNames) {
  const engine = await findEngine(name)
  if (engine !== undefined) engines.set(name, engine)
}
const missing = engineNames.find((name) => !engines.has(name))
const skip = missing === undefined ? false : noEngine(missing)

after(async () => {
  for (const engine of engines.values()) await engine.stop()
})

describe('a bundle on servers, with the clients that are loaded only then', { skip }, () => {
  let folder: string
  let issuer: TestIssuer
  let running: BundledProcess | undefined

  before(async () => {
    issuer = await TestIssuer.open()
    folder = await mkdtemp(join(tmpdir(), 'dulian-bundle-'))
    await bundleService({ root, service: 'inspections', folder })
  })
  after(async () => {
    await running?.stop()
    await issuer.close()
    await rm(folder, { recursive: true, force: true })
  })

  test(`takes a command, rebuilds a view in its thread, and keeps nothing but evidence in its folder (${[...engines.values()].map(({ title }) => title).join(' · ')})`, async () => {
    running = new BundledProcess(join(folder, 'services', 'inspections', 'dist', 'main.js'), {
      cwd: folder,
      env: {
        DULIAN_DATA: join(folder, 'data'),
        DULIAN_EVENTS: engines.get('kurrentdb')?.address ?? '',
        DULIAN_BUS: engines.get('kafka')?.address ?? '',
        DULIAN_VIEWS: engines.get('mongodb')?.address ?? '',
        // The servers may be others' too.
        DULIAN_NAMESPACE: `bundle${randomBytes(4).toString('hex')}`,
        ...issuer.settings,
      },
    })
    const address = await running.address()
    const client = new ServiceClient(address, 'inspections', issuer)
    await client.ask('checklists', 'office-head', { title: '开学检查', items: [{ code: '1', title: '校舍安全' }] })
    const [view] = (await client.views()).filter(({ name }) => name === 'checklists')
    assert.ok(view !== undefined)
    await client.rebuild(view)
    assert.match(JSON.stringify(await client.ask('checklists', 'office-head')), /开学检查/)
    await until('every server answers it', async () => {
      const ready = (await (await fetch(`${address}/health/ready`)).json()) as { engines: Record<string, unknown> }
      assert.deepEqual(ready.engines, {
        events: { engine: 'esdb', ok: true },
        bus: { engine: 'kafka', ok: true },
        views: { engine: 'mongodb', ok: true },
      })
    })
    assert.deepEqual(await readdir(join(folder, 'data', 'inspections')), ['files'])
    assert.equal(await running.stop(), 0, running.output)
  })
})

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { childEnvironment } from './child-environment.ts'

interface Running {
  readonly child: ChildProcess
  readonly address: string
  readonly errors: () => string
}

const running: Running[] = []
let folder: string

/** Starts a service's own main.ts; resolves with the address it prints, rejects with its words when it ends before. */
async function startAlone(service: string, settings: Record<string, string>): Promise<Running> {
  const main = fileURLToPath(new URL(`../../${service}/src/main.ts`, import.meta.url))
  const child = spawn(process.execPath, [main], {
    env: childEnvironment({ DULIAN_PORT: '0', ...settings }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const address = await new Promise<string>((resolve, reject) => {
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const found = /http:\/\/\S+/.exec(output)?.[0]
      if (found !== undefined) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`${service} ended with ${code}: ${errors}`)))
  })
  const started = { child, address, errors: () => errors }
  running.push(started)
  return started
}

async function stop({ child }: Running): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  child.kill('SIGTERM')
  return await ended
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dulian-alone-'))
})
after(async () => {
  for (const each of running) await stop(each)
  await rm(folder, { recursive: true })
})

describe('each service as its own process', () => {
  for (const service of ['supervisor-registry', 'office', 'inspections', 'rectification']) {
    test(`${service} starts alone, answers for itself only, and ends with 0`, async () => {
      const started = await startAlone(service, { DULIAN_DATA: join(folder, `alone-${service}`) })
      const ready = await fetch(`${started.address}/health/ready`)
      assert.equal(ready.status, 200)
      const { paths } = (await (await fetch(`${started.address}/openapi.json`)).json()) as {
        paths: Record<string, unknown>
      }
      const served = Object.keys(paths).filter((path) => path.startsWith('/api/'))
      assert.ok(served.length > 3)
      // The audit trail is the instance's: every process writes to it and answers for it.
      assert.deepEqual(served.filter((path) => !path.startsWith(`/api/${service}/`)).sort(), [
        '/api/audit/entries',
        '/api/audit/exports',
        '/api/audit/sign-ins',
      ])
      const stranger = await fetch(`${started.address}/api/${service}/system/status`)
      assert.equal(stranger.status, 401)
      assert.equal(await stop(started), 0)
    })
  }

  test('a second process on the same data is refused with the number of the first', async () => {
    const data = join(folder, 'shared')
    const first = await startAlone('office', { DULIAN_DATA: data })
    await assert.rejects(startAlone('inspections', { DULIAN_DATA: data }), (error: Error) =>
      error.message.includes(String(first.child.pid)),
    )
    await stop(first)
  })

  test('the portal signs people in and passes them through to a service elsewhere, which believes its tokens', async () => {
    const portalData = join(folder, 'door')
    await mkdir(join(portalData, 'portal'), { recursive: true })
    const claims = { sub: 'head', name: '主任（演示）', office: 'yongchuan', roles: ['office-head'] }
    await writeFile(join(portalData, 'portal', 'demo-cards.json'), JSON.stringify([{ card: 'head', claims }]))
    // The service is told where the keys are, the portal where the service is: one of them has to be known first.
    const probe = await startAlone('portal', { DULIAN_DATA: portalData, DULIAN_DEMO: '1' })
    const port = new URL(probe.address).port
    await stop(probe)
    const registry = await startAlone('supervisor-registry', {
      DULIAN_DATA: join(folder, 'registry'),
      DULIAN_OIDC_ISSUER: 'urn:dulian:demo',
      DULIAN_OIDC_JWKS: `http://127.0.0.1:${port}/auth/jwks.json`,
    })
    const portal = await startAlone('portal', {
      DULIAN_DATA: portalData,
      DULIAN_DEMO: '1',
      DULIAN_PORT: port,
      DULIAN_SERVICES: `supervisor-registry=${registry.address}`,
    })
    const signIn = await fetch(`${portal.address}/auth/demo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ card: 'head' }),
    })
    const { accessToken } = (await signIn.json()) as { accessToken: string }
    const zones = `${portal.address}/api/supervisor-registry/zones`
    const authorization = `Bearer ${accessToken}`
    const made = await fetch(zones, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', 'idempotency-key': 'zone-1' },
      body: JSON.stringify({ name: '城区责任区' }),
    })
    assert.equal(made.status, 201, await made.clone().text())
    const { position } = (await made.json()) as { position: string }
    const list = await fetch(zones, { headers: { authorization, 'min-position': position } })
    const { items } = (await list.json()) as { items: { name: string }[] }
    assert.deepEqual(
      items.map(({ name }) => name),
      ['城区责任区'],
    )
    const elsewhere = await fetch(`${portal.address}/api/rectification/problems`, { headers: { authorization } })
    assert.ok(elsewhere.status === 404 || elsewhere.status === 503, `${elsewhere.status}`)
  })
})

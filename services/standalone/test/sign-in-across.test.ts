import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { permissions, roles, systemPermissions, TokenClaims } from '@dulian/contracts'
import { systemClock } from '@dulian/event-sourcing'
import { buildPortalApp, readPortalConfig } from '@dulian/portal'
import { openLocalKey, type ServedAlone, serveAlone } from '@dulian/service-host'
import { Browser, signInAt, TEST_CLIENT_ID, TEST_CLIENT_SECRET, TestIssuer } from '@dulian/test-issuer'
import type { FastifyInstance } from 'fastify'
import { services } from '../src/services.ts'
import { ask, freePort } from './instance-process.ts'

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const PATIENCE_MS = 15_000

let folder: string
let issuer: TestIssuer
let door: string
let registry: ServedAlone
let isRegistryGone = false
let office: ServedAlone
let portal: FastifyInstance
let account: string
let manager: string

/** One service as a process of its own would run it: own folder, own port, told only where the portal is. */
async function alone(name: string): Promise<ServedAlone> {
  const definition = services.find((service) => service.name === name)
  assert.ok(definition)
  return await serveAlone({
    definition,
    environment: { DULIAN_DATA: join(folder, name), DULIAN_PORT: '0', DULIAN_PORTAL: door, DULIAN_LOG_LEVEL: 'silent' },
    folder,
    pid: process.pid,
    port: 0,
    access: { permissions, roles },
    claims: TokenClaims,
    systemPermissions,
    log: quiet,
  })
}

async function openPortal(): Promise<FastifyInstance> {
  const config = readPortalConfig(
    {
      DULIAN_DATA: join(folder, 'door'),
      DULIAN_SERVICES: `supervisor-registry=${registry.address},office=${office.address}`,
      DULIAN_LOG_LEVEL: 'silent',
      DULIAN_OIDC_ISSUER: issuer.address,
      DULIAN_OIDC_CLIENT_ID: TEST_CLIENT_ID,
      DULIAN_OIDC_CLIENT_SECRET: TEST_CLIENT_SECRET,
      DULIAN_OIDC_REDIRECT_URI: `${door}/auth/oidc/callback`,
    },
    folder,
  )
  const app = await buildPortalApp(config, systemClock)
  await app.listen({ host: '127.0.0.1', port: Number(new URL(door).port) })
  return app
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dulian-across-'))
  door = `http://127.0.0.1:${await freePort()}`
  issuer = await TestIssuer.start({ redirectUri: `${door}/auth/oidc/callback` })
  registry = await alone('supervisor-registry')
  office = await alone('office')
  portal = await openPortal()
  const key = await openLocalKey(join(folder, 'supervisor-registry'))
  const claims = { sub: 'local', name: '本机', office: 'yongchuan', roles: ['operator', 'office-head'] }
  manager = await key.sign(claims)
  const linked = await command('/accounts', { issuer: issuer.address, subject: 'ganbu', name: '示例工作人员' })
  account = linked.body.id
  await command(`/accounts/${account}/roles`, { role: 'office-staff' }, 1)
})
after(async () => {
  await portal?.close()
  if (!isRegistryGone) await registry?.stop()
  await office?.stop()
  await issuer?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Past the door, as a command line on the registry’s machine does. */
async function command(path: string, body: object, version?: number) {
  const headers = {
    'idempotency-key': crypto.randomUUID(),
    ...(version === undefined ? {} : { 'if-match': `"v${version}"` }),
  }
  const answer = await ask(registry.address, `/api/supervisor-registry${path}`, { token: manager, body, headers })
  assert.ok(answer.status < 300, answer.text)
  return answer
}

async function signedIn() {
  const browser = new Browser()
  const start = await browser.get(`${door}/auth/oidc/start`)
  const back = await signInAt(browser, start.headers.get('location') ?? '', { login: 'ganbu' })
  const last = await browser.get(back)
  assert.equal(last.status, 302, await last.text())
  return { browser, token: await renewed(browser) }
}

async function renewed(browser: Browser): Promise<string> {
  const headers = { origin: door, cookie: browser.cookiesFor(door) }
  const { body } = await ask(door, '/auth/session', { body: {}, headers })
  assert.equal(body.ended, null)
  return body.accessToken
}

const codeOf = async (address: string, token: string, path = '/api/office/plans'): Promise<string> => {
  const { status, body } = await ask(address, path, { token })
  return status === 200 ? 'in' : body.code
}

async function until(address: string, token: string, wanted: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const code = await codeOf(address, token)
    if (code === wanted) return
    if (Date.now() > deadline) throw new Error(`still ${code} at ${address}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

test('the portal’s own tokens are believed by every service’s process, through the door and past it', async () => {
  const { token } = await signedIn()
  assert.equal(await codeOf(door, token), 'in')
  assert.equal(await codeOf(office.address, token), 'in')
  assert.equal(await codeOf(registry.address, token, '/api/supervisor-registry/zones'), 'in')
})

test('a session ended at the door is refused there at once, and in the services’ own processes a moment later', async () => {
  const [one, other] = [await signedIn(), await signedIn()]
  const { body } = await ask(door, '/auth/sessions', { token: one.token })
  const theirs = body.items.find(({ current, state }: Record<string, unknown>) => state === 'open' && current !== true)
  assert.equal(
    (await ask(door, `/auth/sessions/${theirs.sessionId}/revoke`, { token: one.token, body: {} })).status,
    200,
  )
  assert.equal(await codeOf(door, other.token), 'TOKEN_REVOKED')
  await until(office.address, other.token, 'TOKEN_REVOKED')
  assert.equal(await codeOf(door, one.token), 'in')
})

test('a role taken away past the door reaches the door and the other services, and survives the start of each anew', async () => {
  const { browser, token } = await signedIn()
  assert.equal(await codeOf(office.address, token), 'in')
  await command(`/accounts/${account}/roles`, { role: 'committee-member' }, 2)
  assert.equal(await codeOf(registry.address, token, '/api/supervisor-registry/zones'), 'TOKEN_REVOKED')
  await until(door, token, 'TOKEN_REVOKED')
  await until(office.address, token, 'TOKEN_REVOKED')

  await office.stop()
  office = await alone('office')
  await portal.close()
  portal = await openPortal()
  assert.equal(await codeOf(door, token), 'TOKEN_REVOKED')
  await until(office.address, token, 'TOKEN_REVOKED')
  assert.equal(await codeOf(office.address, await renewed(browser)), 'in', 'the session itself outlived the door')
})

test('with the registry away nobody gets in anew and no session is renewed; who has a token works on', async () => {
  const { browser, token } = await signedIn()
  await registry.stop()
  isRegistryGone = true
  const headers = { origin: door, cookie: browser.cookiesFor(door) }
  const answer = await ask(door, '/auth/session', { body: {}, headers })
  assert.deepEqual([answer.status, answer.body.code], [503, 'UPSTREAM_UNAVAILABLE'])
  assert.equal(await codeOf(door, token), 'in')
  const late = new Browser()
  const start = await late.get(`${door}/auth/oidc/start`)
  const page = await late.get(await signInAt(late, start.headers.get('location') ?? '', { login: 'ganbu' }))
  assert.equal(page.status, 503)
  assert.match(await page.text(), /服务暂时不可用/)
})

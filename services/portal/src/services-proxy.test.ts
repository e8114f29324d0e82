import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { permissions, roles } from '@dulian/contracts'
import { fakeClock } from '@dulian/event-sourcing'
import { buildHttpApp, command, newStreamId, publicRoute } from '@dulian/http-kit'
import { testAuthorization, testIdentity, testVerifier } from '@dulian/http-kit/testing'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { until } from '../test/until.ts'
import { buildPortalApp } from './app.ts'
import { readPortalConfig } from './config.ts'

const clock = fakeClock('2026-11-22T00:00:00Z')

async function listening(t: TestContext, app: FastifyInstance): Promise<string> {
  t.after(() => app.close())
  return app.listen({ host: '127.0.0.1', port: 0 })
}

async function thingsService(): Promise<FastifyInstance> {
  const app = await buildHttpApp({
    name: 'things',
    title: 'things',
    verifier: testVerifier(),
    access: { permissions, roles },
    clock,
  })
  await app.register(
    async (inner) =>
      command(inner, {
        url: '/things',
        permission: 'problem.open',
        summary: '试',
        body: z.object({ name: z.string() }),
        precondition: 'new',
        handle: async ({ context }) => ({ id: newStreamId(context), version: 1, position: '7' }),
      }),
    { prefix: '/api/things' },
  )
  return app
}

test('a service in its own process is reached through the portal, headers, bodies and refusals unchanged', async (t) => {
  const service = await listening(t, await thingsService())
  const folder = await mkdtemp(join(tmpdir(), 'dulian-proxy-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const config = readPortalConfig(
    { DULIAN_SERVICES: `things=${service}, away=http://127.0.0.1:9`, DULIAN_DATA: folder, DULIAN_WEB: folder },
    folder,
  )
  const door = await listening(t, await buildPortalApp(config, clock))
  const headers = {
    authorization: testAuthorization(testIdentity({ roles: ['office-head'] })),
    'idempotency-key': 'k1',
    'content-type': 'application/json',
  }
  const post = (body: string, path = '/api/things/things') =>
    fetch(new URL(path, door), { method: 'POST', headers, body })

  const made = await post('{"name":"门锁"}')
  assert.equal(made.status, 201)
  assert.equal(made.headers.get('etag'), '"v1"')
  assert.equal(made.headers.get('position'), '7')

  const malformed = await post('{"name":')
  assert.equal(malformed.status, 400)
  assert.equal(((await malformed.json()) as { code: string }).code, 'JSON_INVALID')
  const unsigned = await fetch(new URL('/api/things/things', door), { method: 'POST' })
  assert.equal(unsigned.status, 401)

  const away = await post('{}', '/api/away/x')
  assert.equal(away.status, 503)
  assert.equal(((await away.json()) as { code: string }).code, 'UPSTREAM_UNAVAILABLE')

  const ready = await fetch(new URL('/health/ready', door))
  assert.equal(ready.status, 503)
  assert.deepEqual(((await ready.json()) as { services: unknown }).services, {
    things: { ok: false, ready: 0, of: 1 },
    away: { ok: false, ready: 0, of: 1 },
  })
})

test('a sign-in is told to a service’s process with the token that was given, and happens also when nobody hears of it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-proxy-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'portal'))
  const claims = { sub: 'head', name: '示例主任', office: 'qijiang', roles: ['office-head'] }
  await writeFile(join(folder, 'portal', 'demo-cards.json'), JSON.stringify([{ card: 'head', claims }]))
  const told: (string | undefined)[] = []
  const service = await buildHttpApp({
    name: 'things',
    title: 'things',
    verifier: testVerifier(),
    access: { permissions, roles },
    clock,
  })
  publicRoute(service, {
    method: 'POST',
    url: '/api/audit/sign-ins',
    summary: '试',
    because: 'a test',
    handler: (request, reply) => {
      told.push(request.headers.authorization)
      return reply.code(told.length === 1 ? 204 : 503).send()
    },
  })
  const address = await listening(t, service)
  const settings = { DULIAN_SERVICES: `things=${address}`, DULIAN_DATA: folder, DULIAN_WEB: folder, DULIAN_DEMO: '1' }
  const door = await listening(t, await buildPortalApp(readPortalConfig(settings, folder), clock))
  for (const nth of [1, 2]) {
    const answer = await fetch(new URL('/auth/demo', door), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"card":"head"}',
    })
    assert.equal(answer.status, 200)
    const { accessToken } = (await answer.json()) as { accessToken: string }
    await until('it was told', async () => told.length === nth)
    assert.equal(told.at(-1), `Bearer ${accessToken}`)
  }
  // The door passes the trail itself on, too.
  const passed = await fetch(new URL('/api/audit/sign-ins', door), { method: 'POST' })
  assert.equal(passed.status, 503)
  assert.equal(told.length, 3)
})

test('settings at fault are named', () => {
  assert.throws(() => readPortalConfig({ DULIAN_SERVICES: 'inspections' }, '/'), /DULIAN_SERVICES/)
  assert.throws(() => readPortalConfig({ DULIAN_PORT: '99999' }, '/'), /DULIAN_PORT/)
  assert.throws(() => readPortalConfig({ DULIAN_OIDC_ISSUER: 'https://issuer.example' }, '/'), /belong together/)
  const config = readPortalConfig(
    {
      DULIAN_OIDC_ISSUER: 'https://issuer.example',
      DULIAN_OIDC_AUDIENCE: 'dulian',
      DULIAN_OIDC_JWKS: 'https://issuer.example/jwks',
    },
    '/',
  )
  assert.equal(config.oidc?.jwks.href, 'https://issuer.example/jwks')
  assert.equal(config.host, '127.0.0.1')
  assert.equal(config.port, 7100)
  assert.equal(config.demo, false)
})

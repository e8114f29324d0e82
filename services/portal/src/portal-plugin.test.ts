import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { permissions, roles, TokenClaims } from '@dulian/contracts'
import { type FakeClock, fakeClock } from '@dulian/event-sourcing'
import { buildHttpApp, jwtVerifier, query, RevocationList, routeTable } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { refuseDemoElsewhere } from './app.ts'
import type { DemoCard } from './demo-issuer.ts'
import { demoIssuer } from './demo-issuer.ts'
import { portalError } from './errors.ts'
import { portalPlugin } from './portal-plugin.ts'
import { openSessionIssuer } from './session/session-issuer.ts'

const cards: readonly DemoCard[] = [
  {
    card: 'yongchuan-head',
    claims: { sub: 'demo-head', name: '周主任（演示）', office: 'yongchuan', roles: ['office-head'] },
  },
  {
    card: 'yongchuan-zone',
    claims: {
      sub: 'demo-zone',
      name: '陈组长（演示）',
      office: 'yongchuan',
      roles: ['zone-head'],
      zone: 'z1',
      supervisor: 's1',
    },
  },
]

interface Portal {
  readonly app: FastifyInstance
  readonly folder: string
  readonly clock: FakeClock
}

async function portal(
  t: TestContext,
  options: { demo?: boolean; built?: boolean; anywhere?: boolean } = {},
): Promise<Portal> {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-portal-'))
  if (options.built !== false) await buildPages(join(folder, 'web'))
  const clock = fakeClock('2026-11-22T00:00:00Z')
  const demo =
    options.demo === false
      ? undefined
      : await demoIssuer({ clock, cards: () => cards, keyFile: join(folder, 'data', 'key.json') })
  const access = { permissions, roles }
  const verifier = jwtVerifier({ issuers: demo === undefined ? [] : [demo.trusted], clock, claims: TokenClaims })
  const app = await buildHttpApp({ name: 'portal', title: '督联', verifier, access, clock })
  query(app, {
    url: '/api/things',
    permission: 'problem.read',
    summary: '试',
    answer: z.object({ kind: z.string(), value: z.string().optional() }),
    handle: ({ scope }) => ({ kind: scope.kind, ...(scope.value === undefined ? {} : { value: scope.value }) }),
  })
  const issuer = await openSessionIssuer({ clock, keyFile: join(folder, 'data', 'session-key.json') })
  await app.register(portalPlugin, {
    access,
    sessions: {
      clock,
      issuer,
      registry: () => Promise.reject(portalError('UPSTREAM_UNAVAILABLE', { service: 'supervisor-registry' })),
      revocations: new RevocationList(),
      limits: { idleMinutes: undefined, hours: undefined },
    },
    webRoot: join(folder, 'web'),
    officeName: (office: string) => (office === 'yongchuan' ? '永川区' : office),
    demoAnywhere: options.anywhere === true,
    ...(demo === undefined ? {} : { demo }),
  })
  t.after(async () => {
    await app.close()
    await rm(folder, { recursive: true, force: true })
  })
  return { app, folder, clock }
}

async function buildPages(web: string): Promise<void> {
  await mkdir(join(web, 'assets'), { recursive: true })
  await writeFile(join(web, 'index.html'), '<!doctype html><title>desk</title>')
  await writeFile(join(web, 'm.html'), '<!doctype html><title>field</title>')
  await writeFile(join(web, 'assets', 'desk-4f2a.js'), `export const words = ${JSON.stringify('督导'.repeat(2_000))}`)
  await writeFile(join(web, 'field-sw.js'), 'self.skipWaiting()')
  await writeFile(join(web, '.secret'), 'no')
  await writeFile(join(web, '..', 'outside.txt'), 'no')
}

test('a demo card signs in, and the token is good for its own routes and scopes', async (t) => {
  const { app, folder, clock } = await portal(t)
  const listed = await app.inject({ url: '/auth/demo', headers: { host: 'localhost:7100' } })
  assert.deepEqual(listed.json()[0], {
    card: 'yongchuan-head',
    office: 'yongchuan',
    officeName: '永川区',
    roles: ['office-head'],
    name: '周主任（演示）',
  })

  const signedIn = await app.inject({
    method: 'POST',
    url: '/auth/demo',
    headers: { host: '127.0.0.1:7100' },
    payload: { card: 'yongchuan-zone' },
  })
  assert.equal(signedIn.statusCode, 200, signedIn.body)
  const { accessToken, expiresAt }: { accessToken: string; expiresAt: string } = signedIn.json()
  assert.equal(expiresAt, '2026-11-22T08:00:00.000Z')
  const headers = { authorization: `Bearer ${accessToken}` }

  assert.deepEqual((await app.inject({ url: '/api/things', headers })).json(), { kind: 'zone', value: 'z1' })
  const me = (await app.inject({ url: '/auth/me', headers })).json()
  assert.equal(me.officeName, '永川区')
  assert.deepEqual(me.roles, [{ role: 'zone-head', title: '责任区组长' }])
  assert.equal(me.permissions['visit.record'], 'supervisor')
  assert.equal(me.permissions['plan.manage'], undefined)
  assert.deepEqual([me.zone, me.supervisor, me.demo], ['z1', 's1', true])

  clock.advance(8 * 3_600_000)
  assert.equal((await app.inject({ url: '/auth/me', headers })).json().code, 'TOKEN_EXPIRED')
  assert.equal((await stat(join(folder, 'data', 'key.json'))).mode & 0o777, 0o600)
})

test('the demo key outlives a restart, and only its public half is shown', async (t) => {
  const { app, folder, clock } = await portal(t)
  const jwks = (await app.inject({ url: '/auth/jwks.json' })).json()
  assert.equal(jwks.keys[0].crv, 'Ed25519')
  assert.equal('d' in jwks.keys[0], false)
  const reopened = await demoIssuer({ clock, cards: () => cards, keyFile: join(folder, 'data', 'key.json') })
  assert.deepEqual(reopened.jwks, jwks)
  assert.ok((await readFile(join(folder, 'data', 'key.json'), 'utf8')).includes('"d"'))
  await writeFile(join(folder, 'data', 'key.json'), '{"kty":"oct"}')
  await assert.rejects(
    demoIssuer({ clock, cards: () => cards, keyFile: join(folder, 'data', 'key.json') }),
    /holds no Ed25519 key/,
  )
})

test('an unknown card and bad sign-ins are refused in words', async (t) => {
  const { app } = await portal(t)
  const post = (payload: string) =>
    app.inject({
      method: 'POST',
      url: '/auth/demo',
      headers: { host: 'localhost', 'content-type': 'application/json' },
      payload,
    })
  assert.equal((await post('{"card":"nobody"}')).json().code, 'DEMO_CARD_NOT_FOUND')
  for (const payload of ['{}', '{"card":1}', '{"card":null}', '[]', 'null', '{', '']) {
    assert.equal((await post(payload)).statusCode, 400, payload)
  }
})

test('the demo is refused to other machines, other host names and through proxies, unless set on purpose', async (t) => {
  const { app } = await portal(t)
  const foreign = [
    { headers: { host: 'localhost' }, remoteAddress: '192.168.1.20' },
    { headers: { host: 'evil.example:7100' } },
    { headers: { host: 'localhost', 'x-forwarded-for': '10.0.0.9' } },
  ]
  for (const from of foreign) {
    assert.equal((await app.inject({ url: '/auth/demo', ...from })).json().code, 'DEMO_ONLY_LOCAL')
    const post = await app.inject({ method: 'POST', url: '/auth/demo', payload: { card: 'yongchuan-head' }, ...from })
    assert.equal(post.json().code, 'DEMO_ONLY_LOCAL')
  }
  const { app: open } = await portal(t, { anywhere: true })
  for (const from of foreign) assert.equal((await open.inject({ url: '/auth/demo', ...from })).statusCode, 200)

  assert.throws(() => refuseDemoElsewhere({ host: '0.0.0.0', demoAnywhere: false }), {
    code: 'DEMO_NOT_ON_LOOPBACK',
    details: { host: '0.0.0.0' },
  })
  for (const host of ['127.0.0.1', '127.8.8.8', '::1', 'localhost']) refuseDemoElsewhere({ host, demoAnywhere: false })
  refuseDemoElsewhere({ host: '0.0.0.0', demoAnywhere: true })
})

test('with the demo off its addresses do not exist', async (t) => {
  const { app } = await portal(t, { demo: false })
  for (const [method, url] of [
    ['GET', '/auth/demo'],
    ['POST', '/auth/demo'],
    ['GET', '/auth/jwks.json'],
  ] as const) {
    const answer = await app.inject({
      method,
      url,
      headers: { host: 'localhost' },
      ...(method === 'POST' ? { payload: { card: 'yongchuan-head' } } : {}),
    })
    assert.equal(answer.statusCode, 404, `${method} ${url}`)
    assert.equal(answer.json().code, 'ROUTE_NOT_FOUND')
  }
  assert.equal((await app.inject({ url: '/auth/me' })).json().code, 'SIGN_IN_REQUIRED')
})

test('every screen of desk and field is answered by its page, under a policy that lets nothing in from outside', async (t) => {
  const { app } = await portal(t)
  for (const [url, title] of [
    ['/', 'desk'],
    ['/problems/42?tab=2', 'desk'],
    ['/m', 'field'],
    ['/m/visits/1', 'field'],
    ['/mail', 'desk'],
  ] as const) {
    const page = await app.inject({ url })
    assert.equal(page.statusCode, 200, url)
    assert.ok(page.body.includes(`<title>${title}</title>`), url)
    assert.match(String(page.headers['content-type']), /^text\/html/)
    assert.equal(page.headers['cache-control'], 'no-cache')
    const policy = String(page.headers['content-security-policy'])
    assert.match(policy, /default-src 'self'/)
    assert.doesNotMatch(policy, /https?:|\*/)
  }
})

test('files with a hash in their name are kept for good and sent compressed; the service worker is asked for anew', async (t) => {
  const { app } = await portal(t)
  const script = await app.inject({ url: '/assets/desk-4f2a.js', headers: { 'accept-encoding': 'gzip' } })
  assert.equal(script.statusCode, 200)
  assert.match(String(script.headers['content-type']), /javascript/)
  assert.equal(script.headers['cache-control'], 'public, max-age=31536000, immutable')
  assert.equal(script.headers['content-encoding'], 'gzip')
  assert.ok(gunzipSync(script.rawPayload).toString().includes('督导督导'))
  const worker = await app.inject({ url: '/field-sw.js' })
  assert.equal(worker.headers['cache-control'], 'no-cache')
  const again = await app.inject({ url: '/field-sw.js', headers: { 'if-none-match': String(worker.headers.etag) } })
  assert.equal(again.statusCode, 304)
})

test('what is neither a file nor a screen is a problem, and nothing outside the folder is ever sent', async (t) => {
  const { app } = await portal(t)
  for (const url of [
    '/api/nothing',
    '/auth/nothing',
    '/assets/gone.js',
    '/missing.png',
    '/.secret',
    '/../outside.txt',
    '/..%2foutside.txt',
    '/%2e%2e/outside.txt',
    '/assets/..%2f..%2foutside.txt',
    '/assets/%5c..%5c..%5coutside.txt',
  ]) {
    const answer = await app.inject({ url })
    assert.ok(answer.statusCode === 404 || answer.statusCode === 400, `${url}: ${answer.statusCode}`)
    assert.match(String(answer.headers['content-type']), /problem\+json/)
    assert.ok(!answer.body.includes('"no"'))
  }
  assert.equal((await app.inject({ url: '/a%00b.js' })).statusCode, 400)
  assert.equal((await app.inject({ url: '/%e0%a4%a.js' })).statusCode, 400)
})

test('while the pages are not built, the page says what to do', async (t) => {
  const { app } = await portal(t, { built: false })
  for (const url of ['/', '/m', '/problems']) {
    const page = await app.inject({ url })
    assert.equal(page.statusCode, 503)
    assert.match(page.body, /npm start/)
    assert.match(String(page.headers['content-type']), /^text\/html/)
  }
})

test('no route of the portal is without a permission, a sign-in or a reason', async (t) => {
  const { app } = await portal(t)
  await app.ready()
  for (const route of routeTable(app)) {
    assert.ok(
      route.permissions.length > 0 || route.signedInBecause !== undefined || route.openBecause !== undefined,
      route.url,
    )
  }
})

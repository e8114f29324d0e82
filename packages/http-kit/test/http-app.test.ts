import assert from 'node:assert/strict'
import { connect } from 'node:net'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { fakeClock } from '@dulian/event-sourcing'
import type { FastifyInstance, InjectOptions } from 'fastify'
import type { OpenAPIV3_1 } from 'openapi-types'
import { z } from 'zod'
import {
  buildHttpApp,
  command,
  publicRoute,
  query,
  registerHealth,
  routeTable,
  securedRoute,
  signedInRoute,
} from '../src/index.ts'
import { badInputCases, testAuthorization, testVerifier, walkRoutes } from '../src/testing/index.ts'
import { access, keeper, lampService } from './lamp-service.ts'

const clock = fakeClock('2026-11-22T00:00:00Z')

function bareApp(options: object = {}): Promise<FastifyInstance> {
  return buildHttpApp({ name: 'bare', title: '试', verifier: testVerifier(), access, clock, ...options })
}

/** Sends bytes as they are and gives back the whole answer. */
async function speak(app: FastifyInstance, bytes: string | Buffer): Promise<string> {
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new TypeError('not listening')
  const socket = connect(address.port, '127.0.0.1')
  socket.end(bytes)
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  return answer
}

test('no bad input on any route is answered with 5xx, and what must be refused is a problem in Chinese', async (t) => {
  const { app, get } = await lampService(t)
  const document: OpenAPIV3_1.Document = (await get('/../../openapi.json')).json()
  const headers = { authorization: testAuthorization(keeper) }
  let tried = 0
  for (const bad of badInputCases(document, { headers })) {
    const { name, mustRefuse, ...request } = bad
    const answer = await app.inject(request as InjectOptions)
    assert.ok(answer.statusCode < 500, `${name}: ${answer.statusCode} ${answer.body.slice(0, 300)}`)
    if (mustRefuse) assert.ok(answer.statusCode >= 400, `${name}: ${answer.statusCode}`)
    if (answer.statusCode >= 400) {
      assert.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8', name)
      assert.match(answer.json().detail, /\p{Script=Han}/u, name)
    }
    tried += 1
  }
  assert.ok(tried > 200, `${tried} requests`)
})

test('what node cannot read as HTTP is answered with a problem too', async (t) => {
  const app = await bareApp()
  t.after(() => app.close())
  await app.listen({ host: '127.0.0.1', port: 0 })
  const unreadable: readonly (readonly [bytes: string | Buffer, status: RegExp])[] = [
    ['GARBAGE\r\n\r\n', /^HTTP\/1\.1 400 /],
    [`GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
    ['BREW /coffee HTTP/1.1\r\nhost: x\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['PROPFIND / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', /^HTTP\/1\.1 404 /],
    [Buffer.from([0, 1, 2, 255, 13, 10, 13, 10]), /^HTTP\/1\.1 400 /],
    ['GET /\u0000 HTTP/1.1\r\nhost: x\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['GET / HTTP/1.1\r\nhost: x\r\nbad header\r\n\r\n', /^HTTP\/1\.1 400 /],
  ]
  for (const [bytes, status] of unreadable) {
    const answer = await speak(app, bytes)
    assert.match(answer, status, String(bytes).slice(0, 60))
    assert.match(answer, /application\/problem\+json/)
    assert.match(answer, /"code":"[A-Z_]+"/)
  }
})

test('an app with a route that names neither a permission nor a reason does not start', async (t) => {
  const app = await bareApp()
  t.after(() => app.close())
  assert.throws(() => app.get('/open', () => 'x'), /GET \/open names no permission/)
  await assert.rejects(async () => {
    const other = await bareApp()
    other.register(async (inner) => void inner.post('/late', () => 'x'))
    await other.ready()
  }, /POST \/late names no permission/)
  assert.throws(
    () => query(app, { url: '/x', permission: 'no.such', summary: '', answer: z.string(), handle: () => 'x' }),
    /unknown permission: no\.such/,
  )
})

test('answers that JSON cannot carry are refused when the route is made, not when it is asked', async (t) => {
  const app = await bareApp()
  t.after(() => app.close())
  for (const answer of [z.object({ at: z.date() }), z.object({ n: z.bigint() }), z.object({ s: z.set(z.string()) })]) {
    assert.throws(() =>
      query(app, { url: '/x', permission: 'lamp.read', summary: '', answer, handle: () => ({}) as never }),
    )
  }
})

test('the table of routes tells for each what it asks for', async (t) => {
  const app = await bareApp()
  t.after(() => app.close())
  publicRoute(app, { method: 'GET', url: '/open', summary: '', because: 'a test', handler: () => 'x' })
  signedInRoute(app, { method: 'GET', url: '/self', summary: '', because: 'about oneself', handler: () => 'x' })
  securedRoute(app, {
    method: 'GET',
    url: '/either',
    summary: '',
    permission: ['lamp.read', 'lamp.switch'],
    handler: () => 'x',
  })
  await app.ready()
  const table = new Map(routeTable(app).map((route) => [`${route.method} ${route.url}`, route]))
  assert.equal(table.get('GET /open')?.openBecause, 'a test')
  assert.equal(table.get('GET /self')?.signedInBecause, 'about oneself')
  assert.deepEqual(table.get('GET /either')?.permissions, ['lamp.read', 'lamp.switch'])
  assert.equal(table.get('HEAD /either')?.permissions.length, 2)
})

test('every route that asks for something refuses who is not signed in, and who may not', async (t) => {
  const { app } = await lampService(t)
  const guest = { authorization: testAuthorization({ ...keeper, roles: ['guest'] }) }
  const homeless = { authorization: testAuthorization({ ...keeper, roles: ['janitor'] }) }
  const routes = (await walkRoutes(app)).filter(({ permissions }) => permissions.length > 0)
  assert.equal(routes.length, 5)
  for (const { method, path, permissions } of routes) {
    const ask = (headers: Record<string, string>) => app.inject({ method: method as 'GET', url: path, headers })
    const unknown = await ask({})
    assert.equal(unknown.statusCode, 401, path)
    assert.equal(unknown.headers['www-authenticate'], 'Bearer')
    assert.equal((await ask({ authorization: 'Bearer nonsense' })).json().code, 'TOKEN_INVALID')
    const refused = await ask(guest)
    assert.equal(refused.statusCode, 403, path)
    assert.equal(refused.json().code, 'PERMISSION_MISSING')
    assert.match(refused.json().detail, new RegExp(`“${access.permissions[permissions[0] ?? '']}”.*管理员`))
    const claimless = await ask(homeless)
    assert.equal(claimless.statusCode, 403)
    if (!permissions.includes('lamp.manage')) assert.match(claimless.json().detail, /没有登记所属的学校/)
  }
})

test('an unknown address is 404, an unknown method 405 with what is allowed', async (t) => {
  const { app } = await lampService(t)
  const unknown = await app.inject({ url: '/nowhere' })
  assert.deepEqual([unknown.statusCode, unknown.json().code], [404, 'ROUTE_NOT_FOUND'])
  const wrong = await app.inject({ method: 'DELETE', url: '/api/lamps/lamps?x=1' })
  assert.equal(wrong.statusCode, 405)
  assert.equal(wrong.headers.allow, 'POST, GET, HEAD')
})

test('answers of the interface may not be framed, sniffed, kept or loaded from', async (t) => {
  const { app, get } = await lampService(t)
  for (const answer of [
    await get('/lamps'),
    await app.inject({ url: '/nowhere' }),
    await app.inject({ url: '/%zz' }),
  ]) {
    assert.equal(answer.headers['x-content-type-options'], 'nosniff')
    assert.equal(answer.headers['cache-control'], 'no-store')
    assert.match(String(answer.headers['content-security-policy']), /default-src 'none'; frame-ancestors 'none'/)
    assert.equal(answer.headers['x-powered-by'], undefined)
  }
})

test('limits: a large body is 413, too many requests 429 by person before by address', async (t) => {
  const { app } = await lampService(t, { limits: { perMinute: 3, body: 1_000 } })
  const large = await app.inject({
    method: 'POST',
    url: '/api/lamps/lamps',
    payload: { room: 'x'.repeat(2_000) },
    headers: { authorization: testAuthorization({ ...keeper, subject: 'big' }), 'idempotency-key': 'k' },
  })
  assert.deepEqual([large.statusCode, large.json().code], [413, 'BODY_TOO_LARGE'])

  const ask = (authorization?: string) =>
    app.inject({
      url: '/api/lamps/lamps',
      remoteAddress: '10.0.0.1',
      headers: authorization === undefined ? {} : { authorization },
    })
  const [one, other] = [
    testAuthorization({ ...keeper, subject: 'one' }),
    testAuthorization({ ...keeper, subject: 'other' }),
  ]
  const statuses: number[] = []
  for (const who of [one, one, one, one, one, other, undefined, undefined]) statuses.push((await ask(who)).statusCode)
  // The first request of each counts by address: nobody is known before the token was verified.
  assert.deepEqual(statuses, [200, 200, 200, 200, 429, 200, 401, 429])
  const limited = await ask(one)
  assert.equal(limited.json().code, 'TOO_MANY_REQUESTS')
  assert.ok(Number(limited.headers['retry-after']) > 0)
})

test('a handler that takes too long is answered with 503, and its late result harms nothing', async (t) => {
  const app = await bareApp({ limits: { handleMs: 5 } })
  t.after(() => app.close())
  const late = Promise.withResolvers<string>()
  query(app, { url: '/slow', permission: 'lamp.read', summary: '', answer: z.string(), handle: () => late.promise })
  const answer = await app.inject({ url: '/slow', headers: { authorization: testAuthorization(keeper) } })
  assert.deepEqual([answer.statusCode, answer.json().code], [503, 'REQUEST_TIMEOUT'])
  late.resolve('late')
  assert.equal(
    (await app.inject({ url: '/slow', headers: { authorization: testAuthorization(keeper) } })).statusCode,
    200,
  )
})

test('guessing tokens is limited like everything else', async (t) => {
  const { app } = await lampService(t, { limits: { perMinute: 2 } })
  const statuses: number[] = []
  for (const at of [1, 2, 3]) {
    const guess = await app.inject({ url: '/api/lamps/lamps', headers: { authorization: `Bearer guess${at}` } })
    statuses.push(guess.statusCode)
  }
  assert.deepEqual(statuses, [401, 401, 429])
})

test('the OpenAPI document is 3.1 and names permission, headers, schemas and problem of every route', async (t) => {
  const { app } = await lampService(t)
  const document: OpenAPIV3_1.Document = (await app.inject({ url: '/openapi.json' })).json()
  assert.equal(document.openapi, '3.1.0')
  const change = document.paths?.['/api/lamps/lamps/{id}/switch']?.post
  assert.deepEqual(change?.security, [{ bearer: ['lamp.switch'] }])
  assert.deepEqual(
    change?.parameters?.map((parameter) =>
      'name' in parameter ? [parameter.in, parameter.name, parameter.required] : [],
    ),
    [
      ['path', 'id', true],
      ['header', 'Idempotency-Key', true],
      ['header', 'If-Match', true],
    ],
  )
  assert.deepEqual(change?.responses?.default, {
    description: '未能完成，原因见 detail',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  })
  const list = document.paths?.['/api/lamps/lamps']?.get
  assert.ok(list?.parameters?.some((parameter) => 'name' in parameter && parameter.name === 'Min-Position'))
  const operations = Object.values(document.paths ?? {}).flatMap(
    (item) => Object.values(item ?? {}) as OpenAPIV3_1.OperationObject[],
  )
  const names = operations.map(({ operationId }) => operationId)
  assert.equal(new Set(names).size, names.length)
  for (const reference of JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
    assert.ok(document.components?.schemas?.[reference[1] ?? ''] !== undefined, reference[0])
  }
})

test('a schema that contains itself is described by name and still written out', async (t) => {
  const app = await bareApp()
  t.after(() => app.close())
  const Item = z
    .object({
      text: z.string(),
      get children() {
        return z.array(Item)
      },
    })
    .meta({ id: 'Item' })
  query(app, {
    url: '/plan',
    permission: 'lamp.read',
    summary: '',
    answer: z.object({ items: z.array(Item) }),
    handle: () => ({ items: [{ text: '一、', children: [{ text: '（一）', children: [] }] }] }),
  })
  command(app, {
    url: '/plan',
    permission: 'lamp.manage',
    summary: '',
    body: Item,
    precondition: 'none',
    handle: async ({ body }) => ({ id: body.text, version: 1, position: '1' }),
  })
  const headers = { authorization: testAuthorization(keeper), 'idempotency-key': 'k' }
  assert.deepEqual((await app.inject({ url: '/plan', headers })).json(), {
    items: [{ text: '一、', children: [{ text: '（一）', children: [] }] }],
  })
  const document: OpenAPIV3_1.Document = (await app.inject({ url: '/openapi.json' })).json()
  assert.ok(JSON.stringify(document.components?.schemas).includes('"$ref":"#/components/schemas/Item"'))
  let nested = '{"text":"x","children":[]}'
  for (let depth = 0; depth < 5_000; depth += 1) nested = `{"text":"x","children":[${nested}]}`
  const deep = await app.inject({
    method: 'POST',
    url: '/plan',
    headers: { ...headers, 'content-type': 'application/json' },
    payload: nested,
  })
  assert.equal(deep.json().code, 'JSON_TOO_DEEP')
})

test('the reference page comes from this host alone', async (t) => {
  const { app } = await lampService(t)
  const page = await app.inject({ url: '/docs/' })
  assert.equal(page.statusCode, 200)
  assert.doesNotMatch(page.body, /(?:src|href)="https?:/)
  assert.doesNotMatch(String(page.headers['content-security-policy']), /https?:|\*/)
  const script = await app.inject({ url: '/docs/js/scalar.js' })
  assert.equal(script.statusCode, 200)
  assert.match(String(script.headers['content-type']), /javascript/)
})

test('health: alive, ready with views, not ready with 503 and no inner words', async (t) => {
  const app = await bareApp()
  t.after(() => app.close())
  let ready = async () => ({
    ok: true,
    engines: { events: 'sqlite' },
    views: [{ name: 'board', position: '7', lag: 0 }],
  })
  registerHealth(app, { ready: () => ready() })
  assert.deepEqual((await app.inject({ url: '/health/live' })).json(), { ok: true })
  const answer = await app.inject({ url: '/health/ready' })
  assert.equal(answer.statusCode, 200)
  assert.deepEqual(answer.json().views, [{ name: 'board', position: '7', lag: 0 }])
  ready = async () => {
    throw new Error('secret')
  }
  const broken = await app.inject({ url: '/health/ready' })
  assert.deepEqual([broken.statusCode, broken.json()], [503, { ok: false, engines: {}, views: [] }])
})

test('logs carry neither personal data nor secrets nor an error message', async (t) => {
  const lines: string[] = []
  const app = await bareApp({ logLevel: 'trace', logStream: { write: (line: string) => void lines.push(line) } })
  t.after(() => app.close())
  publicRoute(app, {
    method: 'POST',
    url: '/fail',
    summary: '',
    because: 'a test',
    handler: (request) => {
      request.log.info(
        { phone: '13800000000', person: { name: '张三', idNumber: '500' }, headers: request.headers, note: 'kept' },
        'seen',
      )
      throw new Error('张三 13800000000', { cause: new Error('inner 13800000000') })
    },
  })
  const answer = await app.inject({
    method: 'POST',
    url: '/fail?phone=13800000000',
    headers: { authorization: 'Bearer abc.def' },
    payload: {},
  })
  assert.equal(answer.statusCode, 500)
  assert.ok(!answer.body.includes('13800000000'))
  const log = lines.join('')
  assert.match(log, /"note":"kept"/)
  assert.match(log, new RegExp(`"traceId":"${answer.json().traceId}"`))
  assert.match(log, /http-app\.test\.ts/, 'the place of the error is told')
  for (const secret of ['13800000000', '张三', 'abc.def', '"500"']) assert.ok(!log.includes(secret), secret)
})

test('large lists are sent compressed to who can read them', async (t: TestContext) => {
  const app = await bareApp()
  t.after(() => app.close())
  query(app, {
    url: '/many',
    permission: 'lamp.read',
    summary: '',
    answer: z.array(z.string()),
    handle: () => Array.from({ length: 500 }, () => '督导'),
  })
  const headers = { authorization: testAuthorization(keeper) }
  assert.equal(
    (await app.inject({ url: '/many', headers: { ...headers, 'accept-encoding': 'gzip' } })).headers[
      'content-encoding'
    ],
    'gzip',
  )
  assert.equal((await app.inject({ url: '/many', headers })).json().length, 500)
})

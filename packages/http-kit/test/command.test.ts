import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keeper, type LampService, lampService } from './lamp-service.ts'

async function installed(service: LampService, room = '教室'): Promise<{ id: string; etag: string }> {
  const made = await service.post('/lamps', { room }, { 'idempotency-key': 'install' })
  assert.equal(made.statusCode, 201, made.body)
  return { id: made.json().id, etag: String(made.headers.etag) }
}

test('creating answers 201 with id, version and position, and nothing the contract does not name', async (t) => {
  const service = await lampService(t)
  const made = await service.post('/lamps', { room: '教室' }, { 'idempotency-key': 'k1' })
  assert.equal(made.statusCode, 201)
  assert.deepEqual(Object.keys(made.json()), ['id', 'version', 'position'])
  assert.equal(made.headers.etag, '"v1"')
  assert.equal(made.headers.position, made.json().position)
  assert.equal(made.headers['idempotency-replayed'], undefined)
})

test('the same key with the same body answers what was stored, and nothing happens twice', async (t) => {
  const service = await lampService(t)
  const first = await service.post('/lamps', { room: '教室', schoolId: 's1' }, { 'idempotency-key': 'k1' })
  const again = await service.post('/lamps', { schoolId: 's1', room: ' 教室 ' }, { 'idempotency-key': 'k1' })
  assert.equal(again.statusCode, 201)
  assert.deepEqual(again.json(), first.json())
  assert.equal(again.headers['idempotency-replayed'], 'true')
})

test('the same key with another body is refused with 422', async (t) => {
  const service = await lampService(t)
  await service.post('/lamps', { room: '教室' }, { 'idempotency-key': 'k1' })
  const other = await service.post('/lamps', { room: '走廊' }, { 'idempotency-key': 'k1' })
  assert.equal(other.statusCode, 422)
  assert.equal(other.json().code, 'COMMAND_REUSED')
})

test('a key belongs to one person, one office and one kind of command', async (t) => {
  const service = await lampService(t)
  const ids = new Set<string>()
  for (const identity of [keeper, { ...keeper, subject: 'other' }, { ...keeper, office: 'qijiang' }]) {
    const made = await service.post('/lamps', { room: '教室' }, { 'idempotency-key': 'k1' }, identity)
    assert.equal(made.statusCode, 201)
    ids.add(made.json().id)
  }
  assert.equal(ids.size, 3)
  const { id, etag } = await installed(service)
  const switched = await service.post(
    `/lamps/${id}/switch`,
    { on: true },
    { 'idempotency-key': 'k1', 'if-match': etag },
  )
  assert.equal(switched.statusCode, 200)
})

test('a command without a key, or with one that is none, is refused with 400', async (t) => {
  const service = await lampService(t)
  assert.equal((await service.post('/lamps', { room: '教室' })).json().code, 'IDEMPOTENCY_KEY_MISSING')
  for (const key of ['two words', 'x'.repeat(201), 'ключ']) {
    const answer = await service.post(
      '/lamps',
      { room: '教室' },
      { 'idempotency-key': Buffer.from(key).toString('latin1') },
    )
    assert.equal(answer.statusCode, 400)
    assert.equal(answer.json().code, 'IDEMPOTENCY_KEY_INVALID')
  }
})

test('a change needs the version the person saw: 428 without, 400 when it is none, 412 when it is stale', async (t) => {
  const service = await lampService(t)
  const { id, etag } = await installed(service)
  const change = (key: string, headers: Record<string, string>) =>
    service.post(`/lamps/${id}/switch`, { on: true }, { 'idempotency-key': key, ...headers })

  assert.equal((await change('a', {})).statusCode, 428)
  for (const odd of ['7', '*', '"v"', '"v1", "v2"', '"v-1"', '"v99999999999999999999"']) {
    assert.equal((await change('a', { 'if-match': odd })).json().code, 'IF_MATCH_INVALID', odd)
  }
  const done = await change('a', { 'if-match': etag })
  assert.equal(done.statusCode, 200)
  assert.equal(done.headers.etag, '"v2"')
  assert.deepEqual(done.json(), { id, version: 2, position: done.json().position, on: true })

  const stale = await change('b', { 'if-match': etag })
  assert.equal(stale.statusCode, 412)
  const { code, expected, actual } = stale.json()
  assert.deepEqual({ code, expected, actual }, { code: 'WRONG_EXPECTED_VERSION', expected: 1, actual: 2 })
  assert.equal((await change('a', { 'if-match': etag })).statusCode, 200, 'but a repeat of what was done is not stale')
})

test('creating what exists is a conflict, refusals of the domain say why', async (t) => {
  const service = await lampService(t)
  const { id, etag } = await installed(service, '坏灯')
  const refused = await service.post(`/lamps/${id}/switch`, { on: true }, { 'idempotency-key': 'a', 'if-match': etag })
  assert.equal(refused.statusCode, 409)
  assert.deepEqual(
    {
      code: refused.json().code,
      title: refused.json().title,
      detail: refused.json().detail,
      details: refused.json().details,
    },
    { code: 'LAMP_BROKEN', title: '灯已损坏', detail: '灯具“坏灯”已损坏，请先报修。', details: { room: '坏灯' } },
  )
  const absent = await service.post(
    '/lamps/nothing/switch',
    { on: true },
    { 'idempotency-key': 'a', 'if-match': '"v1"' },
  )
  assert.equal(absent.statusCode, 404)
})

test('the context carries who, where, when and the trace it belongs to', async (t) => {
  const service = await lampService(t)
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  await service.post('/lamps', { room: '教室' }, { 'idempotency-key': 'k1', traceparent })
  await service.post('/lamps', { room: '走廊' }, { 'idempotency-key': 'k2', traceparent: 'nonsense' })
  const [traced, untraced] = service.contexts
  assert.equal(traced?.actor, 'keeper')
  assert.equal(traced?.office, 'yongchuan')
  assert.equal(traced?.at, '2026-11-22T00:00:00.000Z')
  assert.equal(traced?.traceparent, traceparent)
  assert.equal(traced?.correlationId, '0af7651916cd43dd8448eb211c80319c')
  assert.equal(untraced !== undefined && 'traceparent' in untraced, false)
})

test('a command without a body and without a version does what it says', async (t) => {
  const service = await lampService(t)
  const { id } = await installed(service)
  const flipped = await service.post(`/lamps/${id}/flip`, undefined, { 'idempotency-key': 'a' })
  assert.equal(flipped.statusCode, 200)
  assert.equal(flipped.json().version, 2)
  const typed = await service.post(`/lamps/${id}/flip`, '', {
    'idempotency-key': 'b',
    'content-type': 'application/json',
  })
  assert.equal(typed.statusCode, 200, 'an empty body with a content type is no body')
})

test('what lies outside the scope is answered exactly like what never was', async (t) => {
  const service = await lampService(t)
  const made = await service.post('/lamps', { room: '教室', schoolId: 's1' }, { 'idempotency-key': 'k1' })
  const { id } = made.json()
  const headers = { 'idempotency-key': 'a', 'if-match': '"v1"' }
  const own = { ...keeper, roles: ['janitor'], school: 's1' }
  const strangers = [
    { ...own, school: 's2' },
    { ...own, office: 'qijiang' },
    { ...keeper, office: 'qijiang' },
  ]
  const absent = await service.post('/lamps/nothing/switch', { on: true }, headers)
  for (const stranger of strangers) {
    const answer = await service.post(`/lamps/${id}/switch`, { on: true }, headers, stranger)
    assert.equal(answer.statusCode, 404)
    assert.deepEqual({ ...Object(answer.json()), traceId: '' }, { ...Object(absent.json()), traceId: '' })
    assert.equal((await service.get(`/lamps/${id}`, {}, stranger)).statusCode, 404)
  }
  assert.equal((await service.post(`/lamps/${id}/switch`, { on: true }, headers, own)).statusCode, 200)
})

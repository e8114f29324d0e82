import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lampService } from './lamp-service.ts'

test('every answer from a view says how far the view is', async (t) => {
  const service = await lampService(t)
  service.freshness.lag = async () => 3
  const list = await service.get('/lamps')
  assert.equal(list.statusCode, 200)
  assert.equal(list.headers['view-position'], '7')
  assert.equal(list.headers['view-lag'], '3')
  assert.equal(list.headers['view-time'], '2026-11-22T00:00:00.000Z')
})

test('a query waits for the position it is given, as a header or a parameter', async (t) => {
  const service = await lampService(t)
  const asked: string[] = []
  service.freshness.waitFor = async (position, ms) => {
    asked.push(`${position} ${ms}`)
    return true
  }
  assert.equal((await service.get('/lamps', { 'min-position': '12' })).statusCode, 200)
  assert.equal((await service.get('/lamps?min-position=13/4&limit=5')).statusCode, 200)
  assert.equal((await service.get('/lamps?min-position=13', { 'min-position': '14' })).statusCode, 200)
  await service.get('/lamps')
  assert.deepEqual(asked, ['12 2000', '13/4 2000', '14 2000'])
})

test('a view that stays behind is said to be, with when to come again', async (t) => {
  const service = await lampService(t)
  service.freshness.waitFor = async () => false
  service.freshness.lag = async () => 41
  const behind = await service.get('/lamps', { 'min-position': '12' })
  assert.equal(behind.statusCode, 503)
  assert.equal(behind.json().code, 'VIEW_BEHIND')
  assert.match(behind.json().detail, /落后 41 条/)
  assert.equal(behind.headers['retry-after'], '2')
})

test('a position that is none is refused with 400', async (t) => {
  const service = await lampService(t)
  for (const position of ['x', '-1', '1/2/3', '9'.repeat(30), '"1"']) {
    assert.equal(
      (await service.get('/lamps', { 'min-position': position })).json().code,
      'MIN_POSITION_INVALID',
      position,
    )
  }
  assert.equal((await service.get('/lamps?min-position=1&min-position=2')).json().code, 'MIN_POSITION_INVALID')
})

test('one thing carries its version as ETag and is not sent again to who has it', async (t) => {
  const service = await lampService(t)
  const { id } = (await service.post('/lamps', { room: '教室' }, { 'idempotency-key': 'k1' })).json()
  const seen = await service.get(`/lamps/${id}`)
  assert.equal(seen.headers.etag, '"v1"')
  assert.deepEqual(seen.json(), { id, room: '教室', on: false, note: null })
  for (const tags of ['"v1"', 'W/"v1"', '"v0", "v1"']) {
    const again = await service.get(`/lamps/${id}`, { 'if-none-match': tags })
    assert.equal(again.statusCode, 304, tags)
    assert.equal(again.body, '')
  }
  assert.equal((await service.get(`/lamps/${id}`, { 'if-none-match': '"v2"' })).statusCode, 200)
})

test('a list has a default and a greatest length, and names the parameter at fault', async (t) => {
  const service = await lampService(t)
  assert.equal((await service.get('/lamps')).json().items[0].room, 'limit 50')
  assert.equal((await service.get('/lamps?limit=7&on=true')).json().items[0].room, 'limit 7')
  const tooMany = await service.get('/lamps?limit=201')
  assert.equal(tooMany.statusCode, 400)
  assert.deepEqual(tooMany.json().errors, [{ pointer: '/limit', detail: '不能大于 200。', in: 'querystring' }])
  assert.deepEqual((await service.get('/lamps?colour=red')).json().errors, [
    { pointer: '', detail: '含有不认识的内容：colour。', in: 'querystring' },
  ])
})

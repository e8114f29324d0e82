import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scopedWhere } from './scoped-where.ts'

const office = { office: 'yongchuan', kind: 'office' } as const
const zone = { office: 'yongchuan', kind: 'zone', value: 'zone-a' } as const

test('the whole office is filtered as asked', () => {
  assert.deepEqual(scopedWhere(office, {}), { office: 'yongchuan' })
  assert.deepEqual(scopedWhere(office, { zoneId: 'zone-b', state: undefined, open: true }), {
    office: 'yongchuan',
    zoneId: 'zone-b',
    state: undefined,
    open: true,
  })
})

test('a narrower scope is kept whether its own value is asked for or nothing', () => {
  const within = { office: 'yongchuan', zoneId: 'zone-a', state: 'opened' }
  assert.deepEqual(scopedWhere(zone, { state: 'opened' }), within)
  assert.deepEqual(scopedWhere(zone, { state: 'opened', zoneId: 'zone-a' }), within)
})

test('what lies outside the scope matches nothing, another office included', () => {
  assert.deepEqual(scopedWhere(zone, { zoneId: 'zone-b' }).zoneId, { in: [] })
  assert.deepEqual(scopedWhere(zone, { zoneId: { in: ['zone-a', 'zone-b'] } }).zoneId, { in: [] })
  assert.deepEqual(scopedWhere(zone, { zoneId: null }).zoneId, { in: [] })
  assert.deepEqual(scopedWhere(office, { office: 'qijiang' }).office, { in: [] })
})

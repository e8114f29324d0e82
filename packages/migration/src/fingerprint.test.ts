import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RecordedEvent } from '@dulian/event-sourcing'
import { canonicalJson } from './canonical-json.ts'
import { eventHash, Fingerprint } from './fingerprint.ts'

const event: RecordedEvent = {
  id: '00000000-0000-4000-8000-000000000001',
  stream: 'door-demo-1',
  version: 1,
  position: '1',
  type: 'door-opened.v1',
  time: '2026-11-01T00:00:00.000Z',
  data: { b: [1, { d: null, c: '督导' }], a: true },
  meta: { correlationId: 'c', actor: 'tester', office: 'demo' },
}

test('the order of keys means nothing, that of lists everything', () => {
  assert.equal(
    canonicalJson({ b: [{ d: 1, c: 2 }], a: undefined, 10: 'x', 9: 'y' }),
    '{"10":"x","9":"y","b":[{"c":2,"d":1}]}',
  )
  assert.notEqual(canonicalJson([1, 2]), canonicalJson([2, 1]))
  assert.equal(canonicalJson(JSON.parse('{"__proto__":{"b":1,"a":2}}')), '{"__proto__":{"a":2,"b":1}}')
  assert.equal(canonicalJson('\ud800'), '"\\ud800"')
  assert.notEqual(canonicalJson({ a: null }), canonicalJson({}))
})

test('an event’s hash follows from everything it is but its place, and from nothing else', () => {
  const same = { ...event, position: '64/63', stream: 'door-demo-2', data: { a: true, b: [1, { c: '督导', d: null }] } }
  assert.equal(eventHash(same), eventHash(event))
  const changes: readonly Partial<RecordedEvent>[] = [
    { id: '00000000-0000-4000-8000-000000000002' },
    { version: 2 },
    { type: 'door-shut.v1' },
    { time: '2026-11-01T00:00:00.001Z' },
    { data: { a: 'true' } },
    { meta: { ...event.meta, commandId: 'k' } },
  ]
  for (const change of changes)
    assert.notEqual(eventHash({ ...event, ...change }), eventHash(event), JSON.stringify(change))
})

test('fingerprints tell which streams differ, and whether only the order between them does', () => {
  const other = { ...event, stream: 'door-demo-2' }
  const made = (...events: readonly RecordedEvent[]): Fingerprint => {
    const fingerprint = new Fingerprint()
    for (const each of events) fingerprint.add(each)
    return fingerprint
  }
  const both = made(event, other)
  assert.deepEqual(both.differences(made(event), 20), [
    { stream: 'door-demo-2', kind: 'missing', source: 1, target: 0 },
  ])
  assert.deepEqual(made(event).differences(both, 20), [
    { stream: 'door-demo-2', kind: 'additional', source: 0, target: 1 },
  ])
  const longer = made(event, other, { ...event, version: 2 })
  assert.deepEqual(both.differences(longer, 20), [{ stream: 'door-demo-1', kind: 'differs', source: 1, target: 2 }])
  assert.equal(both.differences(made(), 1).length, 1)
  const turned = made(other, event)
  assert.deepEqual(both.differences(turned, 20), [])
  assert.equal(both.summary().content, turned.summary().content)
  assert.notEqual(both.summary().order, turned.summary().order)
  assert.deepEqual(both.summary(), made(event, other).summary())
})

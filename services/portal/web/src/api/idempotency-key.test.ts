import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ActionKey, newId } from './idempotency-key.ts'

test('the same content tried again keeps its request number, changed content gets another', () => {
  const key = new ActionKey()
  const first = key.keyFor({ note: '一' })
  assert.equal(key.keyFor({ note: '一' }), first)
  assert.notEqual(key.keyFor({ note: '二' }), first)
})

test('after an action is done the same content is a new action', () => {
  const key = new ActionKey()
  const first = key.keyFor({ note: '一' })
  key.done()
  assert.notEqual(key.keyFor({ note: '一' }), first)
})

test('a new id is a UUID of version 4', () => {
  assert.match(newId(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

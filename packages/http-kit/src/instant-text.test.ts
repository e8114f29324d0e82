import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instantText } from './instant-text.ts'

test('an instant is told in UTC to the millisecond, the same one again and another one after it', () => {
  const instant = Date.parse('2026-05-20T08:00:00.007Z')
  assert.equal(instantText(instant), '2026-05-20T08:00:00.007Z')
  assert.equal(instantText(instant), '2026-05-20T08:00:00.007Z')
  assert.equal(instantText(instant + 1), '2026-05-20T08:00:00.008Z')
  assert.equal(instantText(instant), '2026-05-20T08:00:00.007Z')
  assert.throws(() => instantText(Number.NaN), RangeError)
})

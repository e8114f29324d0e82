import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleAt } from '@dulian/dated-rules'
import { signInRules } from './sign-in-rules.ts'

test('the limits of signing in are dated defaults that name the standard which asks for them and say that it gives no number', () => {
  assert.deepEqual(
    signInRules.map((rule) => [rule.id, ruleAt(rule, '2026-11-30').value]),
    [
      ['session-idle-minutes', 30],
      ['session-hours', 12],
      ['sign-in-failures', 5],
      ['sign-in-failures-of-address', 20],
      ['sign-in-lock-minutes', 15],
    ],
  )
  for (const { versions } of signInRules) {
    const [first] = versions
    assert.equal(first.confidence, 'low')
    assert.equal(first.effectiveFrom, '2019-12-01')
    assert.match(first.source, /GB\/T 22239—2019.*未规定数值/)
  }
})

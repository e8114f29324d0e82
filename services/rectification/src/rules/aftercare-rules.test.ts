import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleAt } from '@dulian/dated-rules'
import {
  extensionLimit,
  reboundsSince,
  reboundWindow,
  reCheckTerm,
  urgingLadder,
  urgingLevelAt,
} from './aftercare-rules.ts'

test('[X7] [N9] re-check, rebound, levels and extensions are defaults that say so', () => {
  const day = '2026-11-22'
  const rules = [
    ruleAt(reCheckTerm, day),
    ruleAt(reboundWindow, day),
    ruleAt(urgingLadder, day),
    ruleAt(extensionLimit, day),
  ]
  for (const { source, confidence } of rules) {
    assert.match(source, /默认值可调整/)
    assert.equal(confidence, 'low')
  }
  assert.deepEqual(ruleAt(reCheckTerm, day).value, { afterWorkingDays: 30, withinWorkingDays: 20 })
})

test('[N9] the window reaches back twelve months, also from a leap day', () => {
  assert.equal(reboundsSince('2026-11-22'), '2025-11-22')
  assert.equal(reboundsSince('2028-02-29'), '2027-02-28')
})

test('[X5] each 督办 stands one level higher until the last', () => {
  const names = [1, 2, 3, 4, 0].map((step) => urgingLevelAt(step, '2026-11-22').levelName)
  assert.deepEqual(names, ['督办', '重点督办', '挂牌督办', '挂牌督办', '督办'])
  for (const step of [1, 2, 3]) assert.match(urgingLevelAt(step, '2026-11-22').consequence, /仍不落实/)
})

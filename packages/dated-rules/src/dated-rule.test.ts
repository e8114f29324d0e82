import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDomainError } from '@dulian/event-sourcing'
import { defineRule, type GivenVersion, ruleAt } from './dated-rule.ts'
import { RuleReference, referenceTo } from './rule-reference.ts'

const version = (number: number, effectiveFrom: string, effectiveTo?: string): GivenVersion<{ days: number }> => ({
  version: number,
  effectiveFrom,
  ...(effectiveTo === undefined ? {} : { effectiveTo }),
  source: '示例办法第一条',
  confidence: 'high',
  value: { days: number * 10 },
})
const rule = (...versions: readonly [GivenVersion<{ days: number }>, ...GivenVersion<{ days: number }>[]]) =>
  defineRule({ id: 'answer-term', title: '答复期限', versions })
const refusal = (code: string) => (error: unknown) => isDomainError(error, code)

test('[N11] a version holds from its first day to the day before the next one', () => {
  const term = rule(version(1, '2017-01-01'), version(2, '2022-01-01'))
  assert.deepEqual(
    ['2017-01-01', '2021-12-31', '2022-01-01', '2099-01-01'].map((day) => ruleAt(term, day).value.days),
    [10, 10, 20, 20],
  )
})

test('[N11] before the first version the first one counts', () => {
  assert.equal(ruleAt(rule(version(1, '2017-01-01'), version(2, '2022-01-01')), '1999-12-31').version, 1)
})

test('[N11] a version with a last day counts on it, and on the day after there is no rule', () => {
  const term = rule(version(1, '2017-01-01', '2020-06-30'), version(2, '2022-01-01', '2022-12-31'))
  assert.equal(ruleAt(term, '2020-06-30').version, 1)
  for (const day of ['2020-07-01', '2021-12-31', '2023-01-01']) {
    assert.throws(() => ruleAt(term, day), refusal('RULE_NOT_IN_FORCE'))
  }
  assert.equal(ruleAt(term, '2022-01-01').version, 2)
})

test('a version may begin on the day after the last of the one before, and on none earlier', () => {
  rule(version(1, '2017-01-01', '2021-12-31'), version(2, '2022-01-01'))
  for (const second of [version(2, '2021-12-31'), version(2, '2017-01-01'), version(2, '2016-01-01')]) {
    assert.throws(() => rule(version(1, '2017-01-01', '2021-12-31'), second), refusal('RULE_VERSIONS_INVALID'))
  }
  assert.throws(() => rule(version(1, '2017-01-01'), version(2, '2017-01-01')), refusal('RULE_VERSIONS_INVALID'))
})

test('versions that are no versions are refused with the number of the one at fault', () => {
  const faulty = (...versions: Parameters<typeof rule>) =>
    assert.throws(
      () => rule(...versions),
      (error) => isDomainError(error, 'RULE_VERSIONS_INVALID') && error.details.version === versions.at(-1)?.version,
    )
  faulty(version(0, '2017-01-01'))
  faulty(version(1.5, '2017-01-01'))
  faulty(version(1, '2017-02-30'))
  faulty(version(1, '2017-01-01', '2017-02-30'))
  faulty(version(1, '2017-01-01', '2016-12-31'))
  faulty(version(2, '2017-01-01'), version(2, '2022-01-01'))
  faulty(version(2, '2017-01-01'), version(1, '2022-01-01'))
})

test('[N11] a decision keeps id and version of its rule, and reads them again', () => {
  const kept = referenceTo(ruleAt(rule(version(1, '2017-01-01'), version(2, '2022-01-01')), '2026-11-22'))
  assert.deepEqual(kept, { id: 'answer-term', version: 2 })
  assert.deepEqual(RuleReference.parse(kept), kept)
  assert.throws(() => RuleReference.parse({ id: 'answer-term', version: 0 }))
})

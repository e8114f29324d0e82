import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addYears } from './add-years.ts'
import { RuleReference } from './rule-reference.ts'
import { referenceTo, ruleAt, type SupervisionRule, supervisionRules } from './supervision-rules.ts'

test('[R2] [R6] the figures are those of the published rules', () => {
  const figures = Object.fromEntries(supervisionRules.map(({ id, value, unit }) => [id, `${value}${unit}`]))
  assert.equal(figures['term-years'], '3年')
  assert.equal(figures['consecutive-terms'], '3届')
  assert.equal(figures['schools-per-supervisor'], '5所')
  assert.equal(figures['schools-per-zone'], '20所')
  assert.equal(figures['large-school-pupils'], '2000人')
})

test('[R6] a figure that no official text gives is labelled as a default that an office may change', () => {
  for (const rule of supervisionRules) {
    assert.ok(rule.source.length > 0)
    if (rule.confidence !== 'H') assert.match(rule.source, /默认值，可由本室调整/)
  }
  assert.equal(ruleAt('large-school-pupils', '2026-11-22').confidence, 'L')
})

test('[N11] a rule is taken in the version that holds on the day, not in the newest', () => {
  const [first] = supervisionRules
  assert.ok(first)
  const rules: SupervisionRule[] = [
    { ...first, version: 1, value: 3, effectiveFrom: '2012-10-01' },
    { ...first, version: 2, value: 5, effectiveFrom: '2027-01-01' },
  ]
  assert.equal(ruleAt('term-years', '2026-12-31', rules).value, 3)
  assert.equal(ruleAt('term-years', '2027-01-01', rules).value, 5)
  assert.equal(ruleAt('term-years', '2001-01-01', rules).version, 1)
  assert.deepEqual(referenceTo(ruleAt('term-years', '2027-01-01', rules)), { id: 'term-years', version: 2 })
})

test('[N11] every rule can be named by a stored decision', () => {
  for (const rule of supervisionRules) RuleReference.parse(referenceTo(rule))
})

test('a term of years that begins on 29 February ends in a February', () => {
  assert.equal(addYears('2023-09-01', 3), '2026-09-01')
  assert.equal(addYears('2024-02-29', 3), '2027-02-28')
  assert.equal(addYears('2024-02-29', 4), '2028-02-29')
})

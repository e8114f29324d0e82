import assert from 'node:assert/strict'
import { test } from 'node:test'
import { supervisionRules } from './supervision-rules.ts'

const versions = supervisionRules.flatMap((rule) => rule.versions)

test('[R2] [R6] the figures are those of the published rules', () => {
  const figures = Object.fromEntries(versions.map(({ id, value }) => [id, `${value.amount}${value.unit}`]))
  assert.equal(figures['term-years'], '3年')
  assert.equal(figures['consecutive-terms'], '3届')
  assert.equal(figures['schools-per-supervisor'], '5所')
  assert.equal(figures['schools-per-zone'], '20所')
  assert.equal(figures['large-school-pupils'], '2000人')
})

test('[R6] a figure that no official text gives is labelled as a default that an office may change', () => {
  for (const { source, confidence } of versions) {
    assert.ok(source.length > 0)
    if (confidence !== 'high') assert.match(source, /默认值，可由本室调整/)
  }
  assert.equal(versions.find(({ id }) => id === 'large-school-pupils')?.confidence, 'low')
})

test('[N11] no two rules have the same id, so that a stored decision names exactly one', () => {
  assert.equal(new Set(supervisionRules.map(({ id }) => id)).size, supervisionRules.length)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { letterNumberOf, paperStateOn } from './papers.ts'

test('[R3] 聘书 and 督学证 of a term bear one running number, each under its own word', () => {
  assert.equal(letterNumberOf('督学证〔2025〕12号'), '督学聘书〔2025〕12号')
})

test('[R3] papers hold for their term, and not from the day on which the supervisor left', () => {
  const term = { termFrom: '2023-09-01', termTo: '2026-08-31', voidedOn: null }
  assert.deepEqual(
    ['2023-08-31', '2023-09-01', '2026-08-31', '2026-09-01'].map((day) => paperStateOn(day, term)),
    ['upcoming', 'valid', 'valid', 'expired'],
  )
  const gone = { ...term, voidedOn: '2025-03-01' }
  assert.deepEqual(
    ['2025-02-28', '2025-03-01', '2026-09-01'].map((day) => paperStateOn(day, gone)),
    ['valid', 'void', 'void'],
  )
})

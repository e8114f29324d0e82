import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal, stateAfter } from '@dulian/event-sourcing/testing'
import {
  contestRelation,
  declareRelation,
  endRelation,
  noteHomeUnit,
  verifyRelation,
  withdrawRelation,
} from './decide.ts'
import type { RelationFact } from './events.ts'
import { relationStream } from './relation.ts'
import { findRelation, initialRelations, standingFacts } from './state.ts'

const fact = (given: Partial<RelationFact> = {}): RelationFact => ({
  factId: '0197a000-0000-7000-8000-000000000601',
  kind: 'kinship',
  schoolId: '0197a000-0000-7000-8000-000000000001',
  schoolName: '示例第一小学',
  description: '配偶任该校校长',
  from: '2024-09-01',
  to: null,
  ...given,
})
const { factId } = fact()
const other = '0197a000-0000-7000-8000-000000000602'
const declare = (given: Partial<RelationFact> = {}, relativeName: string | null = '示例亲属') => ({
  fact: fact(given),
  source: 'supervisor' as const,
  relativeName,
})
const declared = stateAfter(relationStream, () => declareRelation(declare(), initialRelations))

test('[R14] a declared tie counts at once; declared again it is one, and a twin of it is refused', () => {
  assert.deepEqual(standingFacts(declared), [fact()])
  assert.deepEqual(declareRelation(declare(), declared), [])
  assert.throws(() => declareRelation(declare({ factId: other }), declared), refusal('RELATION_ALREADY_KNOWN'))
  assert.equal(declareRelation(declare({ factId: other, description: '女儿在该校任教' }), declared).length, 1)
})

test('[R14] a relative has a name, a former employer a last day, a present one none, and no tie ends before it began', () => {
  const attempt = (given: Partial<RelationFact>, relativeName: string | null = null) =>
    declareRelation(declare(given, relativeName), initialRelations)
  assert.throws(() => attempt({}), refusal('RELATION_RELATIVE_MISSING', '/relativeName'))
  assert.throws(() => attempt({ kind: 'former-employer' }), refusal('RELATION_END_MISSING', '/to'))
  assert.throws(
    () => attempt({ kind: 'present-employer', to: '2026-01-01' }),
    refusal('RELATION_EMPLOYER_LEFT', '/kind'),
  )
  assert.throws(() => attempt({ kind: 'other', to: '2024-08-31' }), refusal('RELATION_ENDS_BEFORE_START', '/to'))
})

test('[R14] the office verifies a tie, and a supervisor may object to it; it counts until the office has decided', () => {
  const verified = stateAfter(
    relationStream,
    () => declareRelation(declare(), initialRelations),
    (state) => verifyRelation({ factId, note: '已核对任职文件' }, state),
  )
  assert.equal(findRelation(verified, factId)?.standing, 'verified')
  assert.deepEqual(verifyRelation({ factId, note: null }, verified), [])
  const contested = contestRelation({ factId, statement: '已离任' }, verified).reduce(relationStream.evolve, verified)
  assert.equal(findRelation(contested, factId)?.standing, 'contested')
  assert.equal(standingFacts(contested).length, 1)
  assert.deepEqual(contestRelation({ factId, statement: '已离任' }, contested), [])
  assert.equal(verifyRelation({ factId, note: null }, contested)[0]?.type, 'RelationVerified')
})

test('[R14] a tie ends on one day; a present employer becomes a former one', () => {
  const [event] = endRelation({ factId, to: '2026-08-31' }, declared)
  assert.deepEqual(event, { type: 'RelationEnded', data: { fact: fact({ to: '2026-08-31' }) } })
  const ended = [event].flatMap((one) => one ?? []).reduce(relationStream.evolve, declared)
  assert.deepEqual(endRelation({ factId, to: '2026-08-31' }, ended), [])
  assert.throws(() => endRelation({ factId, to: '2026-09-01' }, ended), refusal('RELATION_ENDED'))
  assert.throws(() => endRelation({ factId, to: '2024-08-31' }, declared), refusal('RELATION_ENDS_BEFORE_START', '/to'))
  const employed = stateAfter(relationStream, (state) => declareRelation(declare({ kind: 'present-employer' }), state))
  assert.equal(endRelation({ factId, to: '2026-08-31' }, employed)[0]?.data.fact.kind, 'former-employer')
})

test('[R14] what was told in error counts no more, and nothing more is decided about it', () => {
  const [event] = withdrawRelation({ factId, reason: '同名误登' }, declared)
  assert.equal(event?.type, 'RelationWithdrawn')
  const withdrawn = [event].flatMap((one) => one ?? []).reduce(relationStream.evolve, declared)
  assert.deepEqual(standingFacts(withdrawn), [])
  assert.deepEqual(withdrawRelation({ factId, reason: '同名误登' }, withdrawn), [])
  assert.throws(() => verifyRelation({ factId, note: null }, withdrawn), refusal('RELATION_WITHDRAWN'))
  assert.throws(() => withdrawRelation({ factId: other, reason: '误登' }, declared), refusal('STREAM_NOT_FOUND'))
})

test('[R14] the home unit is noted once, and not where the tie is known already', () => {
  const unit = fact({ factId: other, kind: 'present-employer', description: '所在单位为该校', from: null })
  const noted = noteHomeUnit(unit, initialRelations).reduce(relationStream.evolve, initialRelations)
  assert.equal(standingFacts(noted).length, 1)
  assert.deepEqual(noteHomeUnit(unit, noted), [])
  const own = stateAfter(relationStream, (state) => declareRelation(declare({ kind: 'present-employer' }), state))
  assert.deepEqual(noteHomeUnit(unit, own), [])
})

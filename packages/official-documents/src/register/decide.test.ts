import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDomainError } from '@dulian/event-sourcing'
import { refusal, stateAfter } from '@dulian/event-sourcing/testing'
import { takeNumber, voidNumber } from './decide.ts'
import { documentNumber } from './document-number.ts'
import { documentRegisterStream } from './document-register.ts'
import { type DocumentRegister, evolveDocumentRegister, initialDocumentRegister } from './state.ts'

const print = (number: number): string => documentNumber('示教督', 2026, number)

function taking(...purposes: readonly string[]): DocumentRegister {
  const steps = purposes.map((purpose) => (state: DocumentRegister) => takeNumber({ purpose, print }, state))
  return stateAfter(documentRegisterStream, ...steps)
}

test('[N12] numbers are taken one after another, printed with 〔〕 and without a leading zero', () => {
  const { taken } = taking('a', 'b')
  assert.deepEqual(
    [...taken.values()].map(({ printed }) => printed),
    ['示教督〔2026〕1号', '示教督〔2026〕2号'],
  )
})

test('[N12] a second use of a number is refused, and so is leaving one out', () => {
  const state = taking('a', 'b')
  assert.throws(
    () => takeNumber({ purpose: 'c', print, number: 2 }, state),
    (error) => isDomainError(error, 'NUMBER_ALREADY_TAKEN') && error.details.printed === '示教督〔2026〕2号',
  )
  assert.throws(() => takeNumber({ purpose: 'c', print, number: 4 }, state), refusal('NUMBER_NOT_NEXT'))
  assert.equal(takeNumber({ purpose: 'c', print, number: 3 }, state)[0]?.data.number, 3)
  assert.deepEqual(takeNumber({ purpose: 'a', print, number: 1 }, state), [], 'asking again is no second use')
})

test('[N12] a number is voided with its reason, is not given again, and only if it was taken', () => {
  const state = taking('a', 'b')
  assert.throws(
    () => voidNumber({ number: 2, reason: ' ', year: 2026 }, state),
    refusal('NUMBER_VOID_REASON_MISSING', '/reason'),
  )
  const voided = voidNumber({ number: 2, reason: '打印错误', year: 2026 }, state).reduce(evolveDocumentRegister, state)
  assert.deepEqual(voidNumber({ number: 2, reason: '打印错误', year: 2026 }, voided), [])
  assert.throws(() => takeNumber({ purpose: 'd', print, number: 2 }, voided), refusal('NUMBER_ALREADY_TAKEN'))
  assert.equal(takeNumber({ purpose: 'b', print }, voided)[0]?.data.number, 3)
  assert.throws(
    () => voidNumber({ number: 9, reason: '误', year: 2026 }, initialDocumentRegister),
    refusal('NUMBER_NOT_TAKEN'),
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal, stateAfter } from '@dulian/event-sourcing/testing'
import {
  type DocumentRegister,
  documentRegisterStream,
  evolveDocumentRegister,
  takeNumber,
  voidNumber,
} from '@dulian/official-documents'
import { formatNumber } from '../rules/document-codes.ts'

const print = (number: number): string => formatNumber('urging-notice', '永教督办', 2026, number)

function taking(...purposes: readonly string[]): DocumentRegister {
  const steps = purposes.map((purpose) => (state: DocumentRegister) => takeNumber({ purpose, print }, state))
  return stateAfter(documentRegisterStream, ...steps)
}

test('[N12] numbers are taken one after another without a gap', () => {
  const { taken } = taking('a', 'b', 'c')
  assert.deepEqual(
    [...taken.values()].map(({ printed }) => printed),
    ['永教督办〔2026〕1号', '永教督办〔2026〕2号', '永教督办〔2026〕3号'],
  )
})

test('[N12] the same purpose keeps its number, and no number is given twice', () => {
  const state = taking('a', 'b', 'a', 'b', 'c')
  assert.deepEqual(
    [...state.taken.values()].map(({ number }) => number),
    [1, 2, 3],
  )
  assert.equal(state.last, 3)
})

test('[N12] a voided number is the only gap and is not given again', () => {
  const state = taking('a', 'b')
  const voided = voidNumber({ number: 2, reason: '打印错误', year: 2026 }, state).reduce(evolveDocumentRegister, state)
  assert.deepEqual(voidNumber({ number: 2, reason: '打印错误', year: 2026 }, voided), [])
  const [next] = takeNumber({ purpose: 'b', print }, voided)
  assert.equal(next?.data.number, 3)
  assert.throws(() => voidNumber({ number: 9, reason: '误', year: 2026 }, voided), refusal('NUMBER_NOT_TAKEN'))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeCertificateNumber } from './decide.ts'
import { evolveCertificateRegister, initialCertificateRegister, numberOf } from './state.ts'

const take = { year: '2026', supervisorId: '0197a000-0000-7000-8000-000000000501', termFrom: '2026-09-01' }

test('[R3] certificate numbers count up, and each term keeps the one it was given', () => {
  let register = initialCertificateRegister
  const other = { ...take, supervisorId: '0197a000-0000-7000-8000-000000000502' }
  for (const command of [take, other, take, { ...take, termFrom: '2029-09-01' }]) {
    register = takeCertificateNumber(command, register).reduce(evolveCertificateRegister, register)
  }
  assert.equal(numberOf(register, take.supervisorId, '2026-09-01'), '督学证〔2026〕1号')
  assert.equal(numberOf(register, other.supervisorId, '2026-09-01'), '督学证〔2026〕2号')
  assert.equal(numberOf(register, take.supervisorId, '2029-09-01'), '督学证〔2026〕3号')
  assert.deepEqual(takeCertificateNumber(take, register), [])
})

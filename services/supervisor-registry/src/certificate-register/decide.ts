import type { CertificateRegisterEvent } from './events.ts'
import { type CertificateRegister, numberOf } from './state.ts'

export interface TakeCertificateNumber {
  readonly year: string
  readonly supervisorId: string
  readonly termFrom: string
}

/** The next number of the year, unless this term has one already: asked again, the same number is the answer. */
export function takeCertificateNumber(
  command: TakeCertificateNumber,
  state: CertificateRegister,
): CertificateRegisterEvent[] {
  const { year, supervisorId, termFrom } = command
  if (numberOf(state, supervisorId, termFrom) !== undefined) return []
  const sequence = state.last + 1
  const number = `督学证〔${year}〕${sequence}号`
  return [{ type: 'CertificateNumberTaken', data: { sequence, number, supervisorId, termFrom } }]
}

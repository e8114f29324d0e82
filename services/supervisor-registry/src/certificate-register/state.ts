import type { CertificateRegisterEvent } from './events.ts'

/** The numbers taken so far: whose, by the term they were taken for. */
export interface CertificateRegister {
  readonly last: number
  readonly numbers: ReadonlyMap<string, string>
}

export const initialCertificateRegister: CertificateRegister = { last: 0, numbers: new Map() }

export function evolveCertificateRegister(
  state: CertificateRegister,
  event: CertificateRegisterEvent,
): CertificateRegister {
  switch (event.type) {
    case 'CertificateNumberTaken': {
      const { sequence, number, supervisorId, termFrom } = event.data
      return { last: sequence, numbers: new Map(state.numbers).set(purposeOf(supervisorId, termFrom), number) }
    }
    default:
      event.type satisfies never
      return state
  }
}

export function numberOf(state: CertificateRegister, supervisorId: string, termFrom: string): string | undefined {
  return state.numbers.get(purposeOf(supervisorId, termFrom))
}

function purposeOf(supervisorId: string, termFrom: string): string {
  return `${supervisorId} ${termFrom}`
}

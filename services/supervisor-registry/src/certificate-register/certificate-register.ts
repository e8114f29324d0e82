import { defineStream } from '@dulian/event-sourcing'
import { type CertificateRegisterEvent, certificateRegisterEvents } from './events.ts'
import { type CertificateRegister, evolveCertificateRegister, initialCertificateRegister } from './state.ts'

/**
 * One stream per office and year (its id is the year): the order of its events is the order of the numbers, so a
 * number is taken once whatever happens at the same time.
 */
export const certificateRegisterStream = defineStream<CertificateRegister, CertificateRegisterEvent>({
  category: 'certificateRegister',
  events: certificateRegisterEvents,
  initial: initialCertificateRegister,
  evolve: evolveCertificateRegister,
})

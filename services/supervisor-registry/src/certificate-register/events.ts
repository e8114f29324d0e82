import { Day, Id } from '@dulian/contracts'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

/** The next number of the year is this supervisor's for the term that begins on `termFrom`. */
export const CertificateNumberTaken = z.object({
  sequence: z.number().int().positive(),
  number: z.string(),
  supervisorId: Id,
  termFrom: Day,
})
export type CertificateNumberTaken = z.infer<typeof CertificateNumberTaken>

const declarations = {
  CertificateNumberTaken: { stored: 'certificate-number-taken.v1', schema: CertificateNumberTaken },
}

export const certificateRegisterEvents = eventCatalogue(declarations)
export type CertificateRegisterEvent = EventOf<typeof declarations>

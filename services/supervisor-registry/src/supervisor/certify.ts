import { type CommandContext, type Executed, followUp } from '@dulian/event-sourcing'
import { takeCertificateNumber } from '../certificate-register/decide.ts'
import { numberOf } from '../certificate-register/state.ts'
import type { Registry } from '../registry.ts'
import { issueCertificate } from './decide.ts'
import type { Supervisor } from './state.ts'

/**
 * Takes the next number of the year for a term and issues its certificate. Both steps know whether they are done:
 * interrupted anywhere and run again, the term ends up with the one number that was taken for it.
 */
export async function certify(
  registry: Pick<Registry, 'supervisors' | 'certificates'>,
  term: { readonly supervisorId: string; readonly termFrom: string; readonly decidedOn: string },
  context: CommandContext,
): Promise<Executed<Supervisor>> {
  const { supervisorId, termFrom, decidedOn } = term
  const year = decidedOn.slice(0, 4)
  const step = followUp(context, `certify ${termFrom}`)
  const { state: register } = await registry.certificates.execute(year, step, {
    decide: (state) => takeCertificateNumber({ year, supervisorId, termFrom }, state),
  })
  const certificateNumber = numberOf(register, supervisorId, termFrom)
  return await registry.supervisors.execute(supervisorId, step, {
    decide: (state) =>
      certificateNumber === undefined
        ? []
        : issueCertificate({ certificateNumber, termFrom, issuedOn: decidedOn }, state),
  })
}

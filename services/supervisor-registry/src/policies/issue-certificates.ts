import { type CommandContext, type Decoded, definePolicy, type Policy, streamOf, when } from '@dulian/event-sourcing'
import type { Registry } from '../registry.ts'
import { certify } from '../supervisor/certify.ts'
import { type SupervisorEvent, supervisorEvents } from '../supervisor/events.ts'

type Appointment = Extract<Decoded<SupervisorEvent>, { type: 'SupervisorAppointed' | 'SupervisorReappointed' }>

/** Every term has its certificate (R3), also when the command that decided it was cut off before issuing one. */
export function issueCertificates(registry: Pick<Registry, 'supervisors' | 'certificates'>): Policy {
  const issue = async (event: Appointment, context: CommandContext): Promise<void> => {
    const { termFrom, decidedOn } = event.data
    await certify(registry, { supervisorId: streamOf(event).id, termFrom, decidedOn }, context)
  }
  return definePolicy('issue-certificates', [
    when(supervisorEvents, { SupervisorAppointed: issue, SupervisorReappointed: issue }),
  ])
}

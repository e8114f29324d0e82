import { addDays } from '@dulian/calendar'
import { definePolicy, followUp, type Policy, streamOf, when } from '@dulian/event-sourcing'
import { awaitPosition } from '@dulian/service-host'
import { endPostingOf } from '../posting/decide.ts'
import type { Registry } from '../registry.ts'
import { schoolEvents } from '../school/events.ts'
import { supervisorEvents } from '../supervisor/events.ts'
import { SUPERVISORS, type SupervisorDocument } from '../views/supervisors/projection.ts'

/** A posting ends with its school, and with the supervisor's leaving (R13): nobody keeps a task without the office. */
export function endPostings(registry: Pick<Registry, 'postings' | 'supervisorsView'>): Policy {
  const { postings, supervisorsView } = registry
  return definePolicy('end-postings', [
    when(schoolEvents, {
      SchoolClosed: async (event, context) => {
        const end = { on: event.data.closedOn, reason: '学校撤并' }
        await postings.execute(streamOf(event).id, context, { decide: (state) => endPostingOf(end, state) })
      },
    }),
    when(supervisorEvents, {
      SupervisorDismissed: async (event, context) => {
        await awaitPosition(supervisorsView, event.envelope.position)
        const supervisorId = streamOf(event).id
        const found = await supervisorsView.get<SupervisorDocument>(SUPERVISORS, supervisorId)
        const reason = event.data.form === 'removal' ? '督学解任' : '督学解聘'
        const end = { on: addDays(event.data.on, -1), reason, supervisorId }
        for (const schoolId of found?.document.schoolIds ?? []) {
          await postings.execute(schoolId, followUp(context, schoolId), { decide: (state) => endPostingOf(end, state) })
        }
      },
    }),
  ])
}

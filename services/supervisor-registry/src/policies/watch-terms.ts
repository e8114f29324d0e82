import { chinaDate } from '@dulian/calendar'
import {
  type CommandContext,
  definePolicy,
  followUp,
  type Policy,
  type RecordedEvent,
  streamOf,
  when,
} from '@dulian/event-sourcing'
import { awaitPosition, clockEvents } from '@dulian/service-host'
import { findAll } from '@dulian/views'
import type { Registry } from '../registry.ts'
import { passDay } from '../supervisor/decide.ts'
import { supervisorEvents } from '../supervisor/events.ts'
import { SUPERVISORS, type SupervisorDocument } from '../views/supervisors/projection.ts'

/**
 * Turns the days into 将到期 and 任期届满 (R2). A term entered late — already near its end, or over — is looked at when
 * it is entered, all others when a day begins.
 */
export function watchTerms(registry: Pick<Registry, 'supervisors' | 'supervisorsView'>): Policy {
  const { supervisors, supervisorsView } = registry

  async function look(supervisorId: string, date: string, context: CommandContext): Promise<void> {
    await supervisors.execute(supervisorId, context, { decide: (state) => passDay(date, state) })
  }
  const lookAtOnce = (event: { readonly envelope: Pick<RecordedEvent, 'stream'> }, context: CommandContext) =>
    look(streamOf(event).id, chinaDate(context.at), context)

  return definePolicy('watch-terms', [
    when(clockEvents, {
      DayBegan: async ({ data, envelope }, context) => {
        await awaitPosition(supervisorsView, envelope.position)
        const due = await findAll<SupervisorDocument>(supervisorsView, SUPERVISORS, {
          where: { nextTermDay: { lte: data.date } },
        })
        for (const { office, supervisorId } of due) {
          await look(supervisorId, data.date, { ...followUp(context, supervisorId), office })
        }
      },
    }),
    when(supervisorEvents, { SupervisorAppointed: lookAtOnce, SupervisorReappointed: lookAtOnce }),
  ])
}

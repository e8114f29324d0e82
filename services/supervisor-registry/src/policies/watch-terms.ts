import { chinaDate } from '@dulian/calendar'
import {
  type CommandContext,
  definePolicy,
  eventSourcingError,
  type Policy,
  type RecordedEvent,
  when,
} from '@dulian/event-sourcing'
import { clockEvents } from '@dulian/service-host'
import { followUp } from '../follow-up.ts'
import type { Registry } from '../registry.ts'
import { passDay } from '../supervisor/decide.ts'
import { supervisorEvents } from '../supervisor/events.ts'
import { findAll } from '../views/find-all.ts'
import { streamOf } from '../views/stream-of.ts'
import { SUPERVISORS, type SupervisorDocument } from '../views/supervisors/projection.ts'

const PATIENCE = 5_000

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
        if (!(await supervisorsView.waitFor(envelope.position, PATIENCE))) {
          throw eventSourcingError('VIEW_BEHIND', { lag: await supervisorsView.lag() })
        }
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

import { addDays } from '@dulian/calendar'
import { definePolicy, followUp, type Policy, streamOf, when } from '@dulian/event-sourcing'
import { awaitPosition } from '@dulian/service-host'
import { findAll } from '@dulian/views'
import { COMMITTEE_ID } from '../committee/committee.ts'
import { vacateSeatsOf } from '../committee/decide.ts'
import type { Registry } from '../registry.ts'
import { supervisorEvents } from '../supervisor/events.ts'
import { ZONES, type ZoneDocument } from '../views/zones/projection.ts'
import { leaveZoneHead } from '../zone/decide.ts'

/** Who leaves is neither 总督学 nor 责任区组长 any longer (R13, R16). */
export function endOffices(registry: Pick<Registry, 'committee' | 'zones' | 'zonesView'>): Policy {
  const { committee, zones, zonesView } = registry
  return definePolicy('end-offices', [
    when(supervisorEvents, {
      SupervisorDismissed: async (event, context) => {
        const { office, id: supervisorId } = streamOf(event)
        const { on, form } = event.data
        const reason = form === 'removal' ? '督学解任' : '督学解聘'
        await committee.execute(COMMITTEE_ID, context, {
          decide: (state) => vacateSeatsOf({ supervisorId, to: addDays(on, -1), reason }, state),
        })
        await awaitPosition(zonesView, event.envelope.position)
        const all = await findAll<ZoneDocument>(zonesView, ZONES, { where: { office }, sort: [['name', 'asc']] })
        for (const { zoneId, headSupervisorId } of all) {
          if (headSupervisorId !== supervisorId) continue
          await zones.execute(zoneId, followUp(context, zoneId), {
            decide: (state) => leaveZoneHead({ supervisorId, on, reason }, state),
          })
        }
      },
    }),
  ])
}

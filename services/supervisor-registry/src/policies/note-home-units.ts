import { addDays, chinaDate } from '@dulian/calendar'
import { type CommandContext, definePolicy, followUp, type Policy, streamOf, when } from '@dulian/event-sourcing'
import { awaitPosition } from '@dulian/service-host'
import { findAll, queryTokens } from '@dulian/views'
import { homeUnitRelation, isHomeUnit, type Place } from '../recusal/facts.ts'
import type { Registry } from '../registry.ts'
import { leaveHomeUnit, noteHomeUnit } from '../relation/decide.ts'
import { schoolEvents } from '../school/events.ts'
import { supervisorEvents } from '../supervisor/events.ts'
import { SCHOOLS, type SchoolDocument } from '../views/schools/projection.ts'
import { SUPERVISORS, type SupervisorDocument } from '../views/supervisors/projection.ts'

/**
 * Where somebody works is a tie that nobody should have to declare: a home unit that is a registered school becomes a recusal fact, in
 * whichever order the two are registered, and other services hear of it.
 */
export function noteHomeUnits(registry: Pick<Registry, 'relations' | 'schoolsView' | 'supervisorsView'>): Policy {
  const { relations, schoolsView, supervisorsView } = registry

  async function note(
    supervisorId: string,
    school: Place,
    context: CommandContext,
    from: string | null = null,
  ): Promise<void> {
    const fact = homeUnitRelation(supervisorId, school, from)
    await relations.execute(supervisorId, followUp(context, `${supervisorId} ${school.schoolId}`), {
      decide: (state) => noteHomeUnit(fact, state),
    })
  }

  /** The registered schools of that name, once the view knows what there was at the event. */
  async function schoolsNamed(unitName: string, position: string, office: string): Promise<readonly SchoolDocument[]> {
    await awaitPosition(schoolsView, position)
    const found = await findAll<SchoolDocument>(schoolsView, SCHOOLS, {
      where: { office, tokens: { all: queryTokens(unitName) } },
      sort: [['code', 'asc']],
    })
    return found.filter(({ name }) => isHomeUnit(unitName, name))
  }

  async function noteSupervisorsOf(school: Place, position: string, context: CommandContext): Promise<void> {
    await awaitPosition(supervisorsView, position)
    const tokens = { all: queryTokens(school.name) }
    const people = await findAll<SupervisorDocument>(supervisorsView, SUPERVISORS, {
      where: { office: context.office, tokens },
      sort: [['name', 'asc']],
    })
    for (const { homeUnit, supervisorId, status } of people) {
      if (status !== 'dismissed' && isHomeUnit(homeUnit, school.name)) await note(supervisorId, school, context)
    }
  }

  return definePolicy('note-home-units', [
    when(supervisorEvents, {
      SupervisorRegistered: async (event, context) => {
        const { position } = event.envelope
        for (const school of await schoolsNamed(event.data.homeUnit, position, context.office)) {
          await note(streamOf(event).id, school, context)
        }
      },
      SupervisorDetailsCorrected: async (event, context) => {
        const { homeUnit, formerHomeUnit, effectiveFrom } = event.data
        if (homeUnit === null || formerHomeUnit === null) return
        const { position, time } = event.envelope
        const supervisorId = streamOf(event).id
        const from = effectiveFrom ?? chinaDate(time)
        for (const { schoolId } of await schoolsNamed(formerHomeUnit, position, context.office)) {
          await relations.execute(supervisorId, followUp(context, `${supervisorId} left ${schoolId}`), {
            decide: (state) => leaveHomeUnit({ schoolId, lastDay: addDays(from, -1) }, state),
          })
        }
        for (const school of await schoolsNamed(homeUnit, position, context.office)) {
          await note(supervisorId, school, context, from)
        }
      },
    }),
    when(schoolEvents, {
      SchoolRegistered: ({ data, envelope }, context) =>
        noteSupervisorsOf(placeOf(envelope.stream, data.school.name), envelope.position, context),
      SchoolDetailsCorrected: ({ data, envelope }, context) =>
        noteSupervisorsOf(placeOf(envelope.stream, data.school.name), envelope.position, context),
    }),
  ])
}

function placeOf(stream: string, name: string): Place {
  return { schoolId: streamOf({ envelope: { stream } }).id, name }
}

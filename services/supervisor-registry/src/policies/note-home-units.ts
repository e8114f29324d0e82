import { type CommandContext, definePolicy, followUp, type Policy, streamOf, when } from '@dulian/event-sourcing'
import { awaitPosition } from '@dulian/service-host'
import { findAll, queryTokens } from '@dulian/views'
import { homeUnitRelation, isHomeUnit, type Place } from '../recusal/facts.ts'
import type { Registry } from '../registry.ts'
import { noteHomeUnit } from '../relation/decide.ts'
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

  async function note(supervisorId: string, school: Place, context: CommandContext): Promise<void> {
    const fact = homeUnitRelation(supervisorId, school)
    await relations.execute(supervisorId, followUp(context, `${supervisorId} ${school.schoolId}`), {
      decide: (state) => noteHomeUnit(fact, state),
    })
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
        await awaitPosition(schoolsView, event.envelope.position)
        const { homeUnit } = event.data
        const schools = await findAll<SchoolDocument>(schoolsView, SCHOOLS, {
          where: { office: context.office, tokens: { all: queryTokens(homeUnit) } },
          sort: [['code', 'asc']],
        })
        for (const school of schools) {
          if (isHomeUnit(homeUnit, school.name)) await note(streamOf(event).id, school, context)
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

import { defineProjection, on, streamOf, type UnitOfWork } from '@dulian/event-sourcing'
import { schoolEvents } from '../../school/events.ts'
import { zoneEvents } from '../../zone/events.ts'

export const ZONES = 'zones'
const MEMBERS = 'members'

/** A 责任区 with its head and its open schools. */
export type ZoneDocument = {
  readonly zoneId: string
  readonly office: string
  readonly name: string
  readonly headSupervisorId: string | null
  readonly headName: string | null
  readonly schoolIds: readonly string[]
  readonly version: number
}

/** Which zone a school is in, to take it out again when it moves. */
type Member = { readonly zoneId: string | null }

export const zonesProjection = defineProjection(
  {
    name: 'zones',
    revision: 1,
    collections: {
      [ZONES]: { indexes: { byName: ['office', 'name'], byId: ['office', 'zoneId'] } },
      [MEMBERS]: { indexes: {} },
    },
  },
  [
    on(zoneEvents, {
      ZoneEstablished: (event, unit) => {
        const { office, id } = streamOf(event)
        const { version } = event.envelope
        const zone = { headSupervisorId: null, headName: null, schoolIds: [], version }
        put(unit, { zoneId: id, office, name: event.data.name, ...zone })
      },
      ZoneHeadNamed: async (event, unit) => {
        const zone = await unit.get<ZoneDocument>(ZONES, streamOf(event).id)
        if (zone === undefined) return
        const { supervisorId, supervisorName } = event.data
        const { version } = event.envelope
        put(unit, { ...zone, headSupervisorId: supervisorId, headName: supervisorName, version })
      },
      ZoneHeadLeft: async (event, unit) => {
        const zone = await unit.get<ZoneDocument>(ZONES, streamOf(event).id)
        if (zone === undefined) return
        put(unit, { ...zone, headSupervisorId: null, headName: null, version: event.envelope.version })
      },
    }),
    on(schoolEvents, {
      SchoolRegistered: (event, unit) => move(unit, streamOf(event).id, event.data.school.zoneId),
      SchoolDetailsCorrected: (event, unit) => move(unit, streamOf(event).id, event.data.school.zoneId),
      SchoolClosed: (event, unit) => move(unit, streamOf(event).id, null),
    }),
  ],
)

async function move(unit: UnitOfWork, schoolId: string, zoneId: string | null): Promise<void> {
  const member = await unit.get<Member>(MEMBERS, schoolId)
  const former = member?.zoneId ?? null
  if (member !== undefined && former === zoneId) return
  unit.put(MEMBERS, schoolId, { zoneId })
  if (former !== null) {
    const zone = await unit.get<ZoneDocument>(ZONES, former)
    if (zone !== undefined) put(unit, { ...zone, schoolIds: zone.schoolIds.filter((id) => id !== schoolId) })
  }
  if (zoneId === null) return
  const zone = await unit.get<ZoneDocument>(ZONES, zoneId)
  if (zone !== undefined) put(unit, { ...zone, schoolIds: [...zone.schoolIds, schoolId] })
}

function put(unit: UnitOfWork, zone: ZoneDocument): void {
  unit.put(ZONES, zone.zoneId, zone)
}

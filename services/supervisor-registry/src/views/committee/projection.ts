import { addDays } from '@dulian/calendar'
import { defineProjection, on, streamOf, type UnitOfWork } from '@dulian/event-sourcing'
import { committeeEvents, type SeatRole } from '../../committee/events.ts'
import { maskPhone } from '../supervisors/mask-phone.ts'

export const BODIES = 'bodies'
export const TENURES = 'tenures'
const CURRENT = 'current'
const VERSIONS = 'versions'

/** A member body with its present liaison. */
export type MemberBodyDocument = {
  readonly office: string
  readonly bodyId: string
  readonly name: string
  readonly from: string
  readonly to: string | null
  readonly liaisonName: string | null
  readonly liaisonSection: string | null
  readonly liaisonPhoneMasked: string | null
  readonly liaisonFrom: string | null
  readonly hasLiaison: boolean
}

/** Who held a seat, or was liaison, from when to when; `to: null` while it lasts. */
export type TenureDocument = {
  readonly office: string
  readonly seatId: string
  readonly role: SeatRole | 'liaison'
  readonly bodyId: string | null
  readonly bodyName: string | null
  readonly supervisorId: string | null
  readonly personName: string
  /** Post, or the section of a liaison. */
  readonly personTitle: string
  readonly from: string
  readonly to: string | null
  readonly reason: string | null
}

type Current = { readonly rowId: string }
/** The committee's version, for If-Match. */
export type CommitteeVersion = { readonly office: string; readonly version: number }

const nobody = {
  liaisonName: null,
  liaisonSection: null,
  liaisonPhoneMasked: null,
  liaisonFrom: null,
  hasLiaison: false,
}

export const committeeProjection = defineProjection(
  {
    name: 'committee',
    revision: 1,
    collections: {
      [BODIES]: {
        indexes: { byName: ['office', 'name'], byLiaison: ['office', 'hasLiaison', 'to', 'name'] },
      },
      [TENURES]: {
        indexes: {
          byTime: ['office', 'from'],
          byBody: ['office', 'bodyId', 'from'],
          byRole: ['office', 'role', 'from'],
          bySupervisor: ['office', 'supervisorId', 'from'],
        },
      },
      [CURRENT]: { indexes: {} },
      [VERSIONS]: { indexes: {} },
    },
  },
  [
    on(committeeEvents, {
      MemberBodySeated: (event, unit) => {
        const { office } = noted(event, unit)
        const { bodyId, name, from } = event.data
        unit.put(BODIES, bodyId, { office, bodyId, name, from, to: null, ...nobody })
      },
      MemberBodyRenamed: (event, unit) => {
        noted(event, unit)
        return changeBody(unit, event.data.bodyId, { name: event.data.name })
      },
      MemberBodyLeft: (event, unit) => {
        noted(event, unit)
        return changeBody(unit, event.data.bodyId, { to: event.data.to })
      },
      SeatChanged: async (event, unit) => {
        const { office, rowId } = noted(event, unit)
        const { bodyId, seatId, from, ...seat } = event.data
        const body = bodyId === null ? undefined : await unit.get<MemberBodyDocument>(BODIES, bodyId)
        await close(unit, office, seatId, addDays(from, -1), null)
        open(unit, rowId, {
          ...{ office, seatId, bodyId, from, to: null, reason: null },
          ...seat,
          bodyName: body?.name ?? null,
        })
      },
      SeatVacated: async (event, unit) => {
        const { office } = noted(event, unit)
        await close(unit, office, event.data.seatId, event.data.to, event.data.reason)
      },
      LiaisonNamed: async (event, unit) => {
        const { office, rowId } = noted(event, unit)
        const { bodyId, personName, section, phone, from } = event.data
        const body = await unit.get<MemberBodyDocument>(BODIES, bodyId)
        const seatId = liaisonSeat(bodyId)
        await close(unit, office, seatId, addDays(from, -1), null)
        open(unit, rowId, {
          ...{ office, seatId, role: 'liaison', bodyId, bodyName: body?.name ?? null, supervisorId: null },
          ...{ personName, personTitle: section, from, to: null, reason: null },
        })
        await changeBody(unit, bodyId, {
          liaisonName: personName,
          liaisonSection: section,
          liaisonPhoneMasked: maskPhone(phone),
          liaisonFrom: from,
          hasLiaison: true,
        })
      },
      LiaisonEnded: async (event, unit) => {
        const { office } = noted(event, unit)
        const { bodyId, to, reason } = event.data
        await close(unit, office, liaisonSeat(bodyId), to, reason)
        await changeBody(unit, bodyId, nobody)
      },
    }),
  ],
)

export function versionKey(office: string): string {
  return office
}

export { VERSIONS as COMMITTEE_VERSIONS }

function noted(
  event: { readonly envelope: { readonly stream: string; readonly version: number } },
  unit: UnitOfWork,
): { readonly office: string; readonly rowId: string } {
  const { office } = streamOf(event)
  const { version } = event.envelope
  unit.put(VERSIONS, versionKey(office), { office, version })
  return { office, rowId: `${office}:${version}` }
}

function liaisonSeat(bodyId: string): string {
  return `liaison:${bodyId}`
}

async function changeBody(unit: UnitOfWork, bodyId: string, changed: Partial<MemberBodyDocument>): Promise<void> {
  const body = await unit.get<MemberBodyDocument>(BODIES, bodyId)
  if (body !== undefined) unit.put(BODIES, bodyId, { ...body, ...changed })
}

function open(unit: UnitOfWork, rowId: string, row: TenureDocument): void {
  unit.put(TENURES, rowId, row)
  unit.put(CURRENT, `${row.office} ${row.seatId}`, { rowId })
}

async function close(
  unit: UnitOfWork,
  office: string,
  seatId: string,
  to: string,
  reason: string | null,
): Promise<void> {
  const key = `${office} ${seatId}`
  const current = await unit.get<Current>(CURRENT, key)
  if (current === undefined) return
  unit.remove(CURRENT, key)
  const row = await unit.get<TenureDocument>(TENURES, current.rowId)
  if (row === undefined) return
  if (to < row.from) unit.remove(TENURES, current.rowId)
  else unit.put(TENURES, current.rowId, { ...row, to, reason })
}

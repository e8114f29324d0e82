import { Day, Id } from '@dulian/contracts'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

/** 主任 · 副主任 · 委员 (of a member body) · 总督学 · 副总督学. */
export const SeatRole = z.enum(['director', 'deputy-director', 'member', 'chief-supervisor', 'deputy-chief-supervisor'])
export type SeatRole = z.infer<typeof SeatRole>

/** A department becomes a member body (成员单位) on a day. */
export const MemberBodySeated = z.object({ bodyId: Id, name: z.string(), from: Day })
export type MemberBodySeated = z.infer<typeof MemberBodySeated>

/** The same body under another name from a day on, as after a reform of departments. */
export const MemberBodyRenamed = z.object({ bodyId: Id, name: z.string(), formerName: z.string(), from: Day })
export type MemberBodyRenamed = z.infer<typeof MemberBodyRenamed>

/** `to` is its last day as a member. */
export const MemberBodyLeft = z.object({ bodyId: Id, name: z.string(), to: Day, reason: z.string() })
export type MemberBodyLeft = z.infer<typeof MemberBodyLeft>

/** Somebody takes a seat on a day; whoever held it did so through the day before. */
export const SeatChanged = z.object({
  /** `director`, `member:<body>`, or an id of its own where there may be several. */
  seatId: z.string(),
  role: SeatRole,
  /** The member body a member sits for. */
  bodyId: Id.nullable(),
  /** Of a chief supervisor. */
  supervisorId: Id.nullable(),
  personName: z.string(),
  /** Post the person holds besides, e.g. 副区长. */
  personTitle: z.string(),
  from: Day,
})
export type SeatChanged = z.infer<typeof SeatChanged>

/** `to` is the last day; nobody sits there from the day after. */
export const SeatVacated = z.object({ seatId: z.string(), role: SeatRole, to: Day, reason: z.string() })
export type SeatVacated = z.infer<typeof SeatVacated>

/** 联络员: through whom, in which section, the body deals with the office. */
export const LiaisonNamed = z.object({
  bodyId: Id,
  personName: z.string(),
  /** 具体科室. */
  section: z.string(),
  /** Stays in this stream: views and messages carry a masked form or none. */
  phone: z.string(),
  from: Day,
})
export type LiaisonNamed = z.infer<typeof LiaisonNamed>

export const LiaisonEnded = z.object({ bodyId: Id, to: Day, reason: z.string() })
export type LiaisonEnded = z.infer<typeof LiaisonEnded>

const declarations = {
  MemberBodySeated: { stored: 'member-body-seated.v1', schema: MemberBodySeated },
  MemberBodyRenamed: { stored: 'member-body-renamed.v1', schema: MemberBodyRenamed },
  MemberBodyLeft: { stored: 'member-body-left.v1', schema: MemberBodyLeft },
  SeatChanged: { stored: 'seat-changed.v1', schema: SeatChanged },
  SeatVacated: { stored: 'seat-vacated.v1', schema: SeatVacated },
  LiaisonNamed: { stored: 'liaison-named.v1', schema: LiaisonNamed },
  LiaisonEnded: { stored: 'liaison-ended.v1', schema: LiaisonEnded },
}

export const committeeEvents = eventCatalogue(declarations)
export type CommitteeEvent = EventOf<typeof declarations>

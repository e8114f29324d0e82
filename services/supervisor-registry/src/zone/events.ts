import { Day, Id } from '@dulian/contracts'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

export const ZoneEstablished = z.object({ name: z.string() })
export type ZoneEstablished = z.infer<typeof ZoneEstablished>

/** 责任区组长: takes the place of the head before. */
export const ZoneHeadNamed = z.object({ supervisorId: Id, supervisorName: z.string() })
export type ZoneHeadNamed = z.infer<typeof ZoneHeadNamed>

/** The zone is without a head from `on`. */
export const ZoneHeadLeft = z.object({ supervisorId: Id, on: Day, reason: z.string() })
export type ZoneHeadLeft = z.infer<typeof ZoneHeadLeft>

const declarations = {
  ZoneEstablished: { stored: 'zone-established.v1', schema: ZoneEstablished },
  ZoneHeadLeft: { stored: 'zone-head-left.v1', schema: ZoneHeadLeft },
  ZoneHeadNamed: { stored: 'zone-head-named.v1', schema: ZoneHeadNamed },
}

export const zoneEvents = eventCatalogue(declarations)
export type ZoneEvent = EventOf<typeof declarations>

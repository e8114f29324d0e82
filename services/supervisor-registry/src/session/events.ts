import { Id, Instant } from '@dulian/contracts'
import { RuleReference } from '@dulian/dated-rules'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

/** Somebody signed in. What a security log must hold of it: who, from where, with what, for how long at most. */
export const SessionBegan = z.object({
  accountId: Id,
  /** Browser and system in words, e.g. 谷歌浏览器（视窗系统）. */
  device: z.string(),
  /** Address of the network it came from. */
  ip: z.string(),
  beganAt: Instant,
  /** Minutes without an act after which it ends. */
  idleMinutes: z.number().int().positive(),
  /** It ends then, whatever is done. */
  endsAt: Instant,
  /** Rules the two limits were taken from; none when the operator set them. */
  rules: z.array(RuleReference),
})
export type SessionBegan = z.infer<typeof SessionBegan>

/** Still in use; told once an hour at most, so that a day's work stays a short stream. */
export const SessionSeen = z.object({ ip: z.string(), seenAt: Instant })
export type SessionSeen = z.infer<typeof SessionSeen>

/** The person signed out. */
export const SessionEnded = z.object({})
export type SessionEnded = z.infer<typeof SessionEnded>

/** Ended from elsewhere: by the person in another window, or by who manages accounts. */
export const SessionRevoked = z.object({ reason: z.string().nullable() })
export type SessionRevoked = z.infer<typeof SessionRevoked>

const declarations = {
  SessionBegan: { stored: 'session-began.v1', schema: SessionBegan },
  SessionSeen: { stored: 'session-seen.v1', schema: SessionSeen },
  SessionEnded: { stored: 'session-ended.v1', schema: SessionEnded },
  SessionRevoked: { stored: 'session-revoked.v1', schema: SessionRevoked },
}

export const sessionEvents = eventCatalogue(declarations)
export type SessionEvent = EventOf<typeof declarations>

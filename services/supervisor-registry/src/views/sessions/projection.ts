import { type Decoded, defineProjection, on, streamOf, type UnitOfWork } from '@dulian/event-sourcing'
import { type SessionEvent, sessionEvents } from '../../session/events.ts'

export const SESSIONS = 'sessions'

/** One sign-in. Whether it has idled out is told by the clock, not by an event. */
export type SessionDocument = {
  readonly sessionId: string
  readonly office: string
  readonly accountId: string
  readonly device: string
  readonly ip: string
  readonly beganAt: string
  /** To the hour. */
  readonly seenAt: string
  readonly idleMinutes: number
  readonly endsAt: string
  readonly state: 'open' | 'ended' | 'revoked'
  readonly closedAt: string | null
  readonly reason: string | null
  readonly version: number
}

export const sessionsProjection = defineProjection(
  {
    name: 'sessions',
    revision: 1,
    collections: {
      [SESSIONS]: {
        indexes: { byAccount: ['office', 'accountId', 'beganAt'], byClosing: ['closedAt'] },
      },
    },
  },
  [
    on(sessionEvents, {
      SessionBegan: (event, unit) => {
        const { office, id } = streamOf(event)
        const { rules: _, ...session } = event.data
        put(unit, {
          sessionId: id,
          office,
          ...session,
          seenAt: session.beganAt,
          state: 'open',
          closedAt: null,
          reason: null,
          version: event.envelope.version,
        })
      },
      SessionSeen: (event, unit) => change(event, unit, event.data),
      SessionEnded: (event, unit) => change(event, unit, { state: 'ended', closedAt: event.envelope.time }),
      SessionRevoked: (event, unit) =>
        change(event, unit, { state: 'revoked', closedAt: event.envelope.time, reason: event.data.reason }),
    }),
  ],
)

async function change(
  event: Decoded<SessionEvent>,
  unit: UnitOfWork,
  changed: Partial<SessionDocument>,
): Promise<void> {
  const session = await unit.get<SessionDocument>(SESSIONS, streamOf(event).id)
  if (session !== undefined) put(unit, { ...session, ...changed, version: event.envelope.version })
}

function put(unit: UnitOfWork, session: SessionDocument): void {
  unit.put(SESSIONS, session.sessionId, session)
}

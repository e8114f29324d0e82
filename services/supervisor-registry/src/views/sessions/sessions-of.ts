import { z } from 'zod'
import type { Registry } from '../../registry.ts'
import { SESSIONS, type SessionDocument } from './projection.ts'

export const SessionAnswer = z.object({
  sessionId: z.string(),
  device: z.string(),
  ip: z.string(),
  beganAt: z.string(),
  /** To the hour. */
  seenAt: z.string(),
  endsAt: z.string(),
  /** `open` 使用中, `idle` 已因长时间未操作退出, `over` 已到最长时限, `ended` 已退出, `revoked` 已被收回. */
  state: z.enum(['open', 'idle', 'over', 'ended', 'revoked']),
  closedAt: z.string().nullable(),
  reason: z.string().nullable(),
})
export type SessionAnswer = z.infer<typeof SessionAnswer>

const LISTED = 50
const HOUR = 3_600_000

/** The newest sign-ins of an account, as they stand at `now` (milliseconds). */
export async function sessionsOf(
  { sessionsView }: Pick<Registry, 'sessionsView'>,
  office: string,
  accountId: string,
  now: number,
): Promise<SessionAnswer[]> {
  const page = await sessionsView.find<SessionDocument>(SESSIONS, {
    where: { office, accountId },
    sort: [['beganAt', 'desc']],
    limit: LISTED,
  })
  return page.items.map(({ document }) => {
    const { sessionId, device, ip, beganAt, seenAt, endsAt, closedAt, reason } = document
    return { sessionId, device, ip, beganAt, seenAt, endsAt, closedAt, reason, state: stateAt(document, now) }
  })
}

/** Being seen is told once an hour: only then and the idle time later is it sure that nobody is there. */
function stateAt(session: SessionDocument, now: number): SessionAnswer['state'] {
  if (session.state !== 'open') return session.state
  if (Date.parse(session.endsAt) <= now) return 'over'
  return Date.parse(session.seenAt) + HOUR + session.idleMinutes * 60_000 <= now ? 'idle' : 'open'
}

import type { Account } from '../account/state.ts'
import { registryError } from '../errors.ts'
import type { SessionBegan, SessionEvent } from './events.ts'
import type { Session } from './state.ts'

/** Throws `ACCOUNT_DISABLED` or `ACCOUNT_WITHOUT_ROLE`. */
export function beginSession(command: SessionBegan, account: Account): SessionEvent[] {
  requireAdmitted(account)
  return [{ type: 'SessionBegan', data: command }]
}

/** Only who may act gets in, at the beginning and whenever the session is renewed. */
export function requireAdmitted(account: Account): asserts account is Account & { readonly stage: 'enabled' } {
  if (account.stage === 'unknown') throw registryError('ACCOUNT_UNKNOWN')
  if (account.stage === 'disabled') throw registryError('ACCOUNT_DISABLED', { name: account.name })
  if (account.grants.length === 0) throw registryError('ACCOUNT_WITHOUT_ROLE', { name: account.name })
}

/** A day's work stays a short stream: the hour is told, not each minute. */
const SEEN_EVERY_MS = 3_600_000

/** `at`: now. Nothing past its end, and at most once an hour, unless it comes from another place. */
export function seeSession(command: { readonly ip: string; readonly at: string }, state: Session): SessionEvent[] {
  if (state.stage !== 'open' || command.at >= state.endsAt) return []
  const isRecent = Date.parse(command.at) - Date.parse(state.seenAt) < SEEN_EVERY_MS
  if (isRecent && command.ip === state.ip) return []
  return [{ type: 'SessionSeen', data: { ip: command.ip, seenAt: command.at } }]
}

export function endSession(state: Session): SessionEvent[] {
  return state.stage === 'open' ? [{ type: 'SessionEnded', data: {} }] : []
}

export function revokeSession(command: { readonly reason: string | null }, state: Session): SessionEvent[] {
  return state.stage === 'open' ? [{ type: 'SessionRevoked', data: command }] : []
}

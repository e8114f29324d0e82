import type { SessionBegan, SessionEvent } from './events.ts'

export type Session =
  | { readonly stage: 'unknown' }
  | ({ readonly stage: 'open'; readonly seenAt: string } & SessionBegan)
  | { readonly stage: 'ended'; readonly accountId: string }
  | { readonly stage: 'revoked'; readonly accountId: string }

export const initialSession: Session = { stage: 'unknown' }

export function evolveSession(state: Session, event: SessionEvent): Session {
  switch (event.type) {
    case 'SessionBegan':
      return { stage: 'open', ...event.data, seenAt: event.data.beganAt }
    case 'SessionSeen':
      return state.stage === 'open' ? { ...state, ...event.data } : state
    case 'SessionEnded':
      return state.stage === 'unknown' ? state : { stage: 'ended', accountId: state.accountId }
    case 'SessionRevoked':
      return state.stage === 'unknown' ? state : { stage: 'revoked', accountId: state.accountId }
    default:
      event satisfies never
      return state
  }
}

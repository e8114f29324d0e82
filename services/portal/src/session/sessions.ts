import { chinaDate } from '@dulian/calendar'
import type { Clock } from '@dulian/event-sourcing'
import type { RevocationList } from '@dulian/http-kit'
import type { BrowserSignIn, SessionLimits } from '../config.ts'
import { IdentityProvider } from './identity-provider.ts'
import type { RegistryDoor } from './registry-door.ts'
import type { SessionIssuer } from './session-issuer.ts'
import { SignInLock } from './sign-in-lock.ts'

export const SESSION_COOKIE = 'dulian_session'
export const ATTEMPT_COOKIE = 'dulian_sign_in'
export const BROWSER_COOKIE = 'dulian_browser'

export interface SessionsOptions {
  readonly clock: Clock
  readonly issuer: SessionIssuer
  readonly registry: RegistryDoor
  readonly revocations: RevocationList
  /** Absent: nobody can sign in with an account; sessions that exist go on. */
  readonly signIn?: BrowserSignIn | undefined
  readonly limits: SessionLimits
}

/** What the routes of signing in and of sessions share. */
export interface Sessions extends Omit<SessionsOptions, 'signIn'> {
  readonly provider: IdentityProvider | undefined
  readonly lock: SignInLock
  readonly officeName: (office: string) => string
  /** Cookies over TLS only: whenever the portal is reached by it. */
  readonly secure: boolean
  /** Of this site's own pages; undefined when no address is configured, then the request's own host counts. */
  readonly origin: string | undefined
}

export function sessionsOf({ signIn, ...options }: SessionsOptions, officeName: (office: string) => string): Sessions {
  return {
    ...options,
    provider: signIn === undefined ? undefined : new IdentityProvider(signIn),
    lock: new SignInLock(chinaDate(options.clock.now())),
    officeName,
    secure: signIn?.redirectUri.protocol === 'https:',
    origin: signIn?.redirectUri.origin,
  }
}

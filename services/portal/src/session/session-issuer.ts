import type { TokenClaims } from '@dulian/contracts'
import type { Clock } from '@dulian/event-sourcing'
import type { TrustedIssuer } from '@dulian/http-kit'
import type { JSONWebKeySet } from 'jose'
import { createLocalJWKSet, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { openSigningKey, signingKeyOf } from '../signing-key.ts'

export const SESSION_ISSUER = 'urn:dulian:portal'
export const SESSION_AUDIENCE = 'dulian'
/** Of what only the portal itself reads again. No service takes such a token for a person's. */
const OWN_AUDIENCE = 'urn:dulian:portal'

/** Seconds a person's token lives at most: what a service that hears of no revocation would still believe. */
export const TOKEN_SECONDS = 300

/** What the browser keeps of a session, in a cookie that no script reads. */
export const SessionCookie = z.object({
  session: z.uuid(),
  office: z.string(),
  account: z.uuid(),
  /** Seconds since 1970: the last act of the person, the end whatever is done, and when the registry was last told. */
  seen: z.number().int(),
  end: z.number().int(),
  told: z.number().int(),
  idleMinutes: z.number().int().positive(),
})
export type SessionCookie = z.infer<typeof SessionCookie>

/** What must be found again when the issuer leads back. */
export const SignInAttempt = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Screen to go to afterwards. */
  to: z.string(),
  /** The office wanted, of who has accounts in several. */
  office: z.string().optional(),
})
export type SignInAttempt = z.infer<typeof SignInAttempt>

const ATTEMPT_SECONDS = 600

export interface SessionToken {
  readonly claims: TokenClaims
  readonly session: string
  readonly accountVersion: number
  /** Seconds since 1970. */
  readonly expires: number
}

/** Signs what the portal vouches for: people's short tokens, its own questions to the registry, and its cookies. */
export interface SessionIssuer {
  readonly trusted: TrustedIssuer
  readonly jwks: JSONWebKeySet
  signToken(token: SessionToken): Promise<string>
  /** Asks the registry as the door, on behalf of `subject`. */
  signDoorToken(subject: string, office: string): Promise<string>
  signSession(cookie: SessionCookie): Promise<string>
  /** Undefined for what this portal did not sign. Whether it is still good is told by its content. */
  readSession(cookie: string): Promise<SessionCookie | undefined>
  signAttempt(attempt: SignInAttempt): Promise<string>
  /** Undefined also when it is older than ten minutes. */
  readAttempt(cookie: string): Promise<SignInAttempt | undefined>
}

export async function openSessionIssuer(options: {
  readonly clock: Clock
  /** Made on first use; portals that share it take each other's sessions over. */
  readonly keyFile: string
  /** The key itself (PEM), instead of the file. */
  readonly key?: string | undefined
}): Promise<SessionIssuer> {
  const { clock } = options
  const { privateKey, publicJwk } = await (options.key === undefined
    ? openSigningKey(options.keyFile)
    : signingKeyOf(options.key))
  const jwks: JSONWebKeySet = { keys: [publicJwk] }
  const find = createLocalJWKSet(jwks)
  const seconds = (): number => Math.floor(clock.now() / 1_000)

  function signed(claims: Record<string, unknown>, typ: string, audience: string, expires: number): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', kid: publicJwk.kid ?? '', typ })
      .setIssuer(SESSION_ISSUER)
      .setAudience(audience)
      .setIssuedAt(seconds())
      .setExpirationTime(expires)
      .sign(privateKey)
  }

  async function read<T>(token: string, typ: string, schema: z.ZodType<T>): Promise<T | undefined> {
    try {
      const { payload } = await jwtVerify(token, find, {
        issuer: SESSION_ISSUER,
        audience: OWN_AUDIENCE,
        typ,
        algorithms: ['EdDSA'],
        currentDate: new Date(clock.now()),
      })
      return schema.safeParse(payload).data
    } catch {
      // Another portal's, a forged or an old one: nothing to tell apart.
      return undefined
    }
  }

  return {
    trusted: { issuer: SESSION_ISSUER, audience: SESSION_AUDIENCE, jwks, keepsSessions: true },
    jwks,
    signToken: ({ claims, session, accountVersion, expires }) =>
      signed({ ...claims, sid: session, acv: accountVersion }, 'at+jwt', SESSION_AUDIENCE, expires),
    signDoorToken: (sub, office) =>
      signed({ sub, name: '登录入口', office, roles: ['door'] }, 'at+jwt', SESSION_AUDIENCE, seconds() + 60),
    // Kept past its end, so that the person is told why it ended.
    signSession: (cookie) => signed({ ...cookie }, 'session+jwt', OWN_AUDIENCE, cookie.end + 86_400),
    readSession: (cookie) => read(cookie, 'session+jwt', SessionCookie),
    signAttempt: (attempt) => signed({ ...attempt }, 'sign-in+jwt', OWN_AUDIENCE, seconds() + ATTEMPT_SECONDS),
    readAttempt: (cookie) => read(cookie, 'sign-in+jwt', SignInAttempt),
  }
}

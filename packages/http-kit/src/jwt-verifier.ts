import type { Clock } from '@dulian/event-sourcing'
import { isDomainError, RecentlyUsed } from '@dulian/event-sourcing'
import type { JSONWebKeySet, JWTPayload } from 'jose'
import { decodeJwt, errors, jwtVerify } from 'jose'
import type { z } from 'zod'
import { httpError } from './errors.ts'
import type { Identity } from './identity.ts'
import type { KeySource } from './key-source.ts'
import { localKeys, remoteKeys } from './key-source.ts'
import type { RevocationList, SessionMark } from './revocation-list.ts'
import type { TokenVerifier } from './token-verifier.ts'

export interface TrustedIssuer {
  /** Exactly as in the token's `iss`. */
  readonly issuer: string
  readonly audience: string
  /** Where the public keys are, or the keys themselves; a function is asked on every use. */
  readonly jwks: URL | JSONWebKeySet | (() => JSONWebKeySet)
  /** Its tokens name the session (`sid`) and the version of the account (`acv`) they were made from, and are held against the list. */
  readonly keepsSessions?: true
}

/** The claims of this product; a schema with further members is welcome. */
export type ClaimsSchema = z.ZodType<{
  sub: string
  name: string
  office: string
  roles: string[]
  zone?: string | undefined
  school?: string | undefined
  body?: string | undefined
  supervisor?: string | undefined
}>

export interface JwtVerifierOptions {
  readonly issuers: readonly TrustedIssuer[]
  readonly clock: Clock
  readonly claims: ClaimsSchema
  /** Ended sessions and changed rights, for issuers that keep sessions. */
  readonly revocations?: RevocationList
  /** Verified tokens remembered for certain; 5,000 when absent. */
  readonly cacheSize?: number
  /** For issuers with an address; the platform's own when absent. */
  readonly fetch?: typeof fetch
}

/** Only signatures by a key pair: a shared secret cannot be published as a key set. */
const algorithms = ['EdDSA', 'Ed25519', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512']

interface Remembered {
  readonly identity: Identity
  readonly keys: KeySource
  /** Milliseconds since 1970, of the token itself. */
  readonly expiresAt: number
  readonly mark: SessionMark | undefined
}

interface Trusted {
  readonly issuer: TrustedIssuer
  readonly keys: KeySource
}

/**
 * Verifies a token once and remembers the whole header until the token ends or a key of its issuer changes; its session
 * and account are held against `revocations` each time. Verifying every request would cost more than all else a command does.
 */
export function jwtVerifier(options: JwtVerifierOptions): TokenVerifier {
  const remembered = new RecentlyUsed<string, Remembered>(options.cacheSize ?? 5_000)
  // Grows whenever something is forgotten, so that a verification under way does not bring it back.
  let generation = 0

  function forget(): void {
    generation += 1
    remembered.clear()
  }

  const trusted = new Map<string, Trusted>(
    options.issuers.map((issuer) => [issuer.issuer, { issuer, keys: keysOf(issuer, options, forget) }]),
  )

  async function verifyAfresh(header: string): Promise<Identity> {
    const began = generation
    const token = tokenIn(header)
    const { issuer, keys } = trustedIssuer(trusted, token)
    const payload = await checkSignature(token, issuer, keys, options.clock)
    const claims = options.claims.safeParse(payload)
    if (!claims.success) throw httpError('TOKEN_INVALID', {}, { cause: claims.error })
    const mark = issuer.keepsSessions === true ? sessionMarkOf(payload) : undefined
    refuseMarked(mark)
    const identity = identityOf(claims.data, mark)
    if (began === generation) remembered.set(header, { identity, keys, expiresAt: (payload.exp ?? 0) * 1_000, mark })
    return identity
  }

  function refuseMarked(mark: SessionMark | undefined): void {
    if (mark !== undefined && options.revocations?.refuses(mark) === true) throw httpError('TOKEN_REVOKED')
  }

  return {
    verify(header) {
      const known = remembered.get(header)
      if (known === undefined) return verifyAfresh(header)
      const began = generation
      known.keys.check()
      if (known.expiresAt <= options.clock.now()) {
        remembered.delete(header)
        throw httpError('TOKEN_EXPIRED')
      }
      refuseMarked(known.mark)
      // `check` may just have found other keys, and then everything was forgotten.
      return began === generation ? known.identity : verifyAfresh(header)
    },
    recall(header) {
      const known = remembered.get(header)
      return known === undefined || known.expiresAt <= options.clock.now() ? undefined : known.identity
    },
    forget,
  }
}

function keysOf(issuer: TrustedIssuer, options: JwtVerifierOptions, onChange: () => void): KeySource {
  if (!(issuer.jwks instanceof URL)) return localKeys(issuer.jwks, onChange)
  return remoteKeys(issuer.jwks, {
    clock: options.clock,
    onChange,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
  })
}

function tokenIn(header: string): string {
  const token = /^Bearer ([A-Za-z0-9._~+/=-]+)$/i.exec(header)?.[1]
  if (token === undefined) throw httpError('TOKEN_INVALID')
  return token
}

function trustedIssuer(trusted: ReadonlyMap<string, Trusted>, token: string): Trusted {
  let named: string | undefined
  try {
    named = decodeJwt(token).iss
  } catch (error) {
    throw httpError('TOKEN_INVALID', {}, { cause: error })
  }
  const found = named === undefined ? undefined : trusted.get(named)
  if (found === undefined) throw httpError('TOKEN_INVALID')
  return found
}

async function checkSignature(token: string, issuer: TrustedIssuer, keys: KeySource, clock: Clock) {
  try {
    const verified = await jwtVerify(token, (header, input) => keys.find(header, input), {
      issuer: issuer.issuer,
      audience: issuer.audience,
      algorithms,
      currentDate: new Date(clock.now()),
      requiredClaims: ['exp', 'iat', 'sub'],
    })
    return verified.payload
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw httpError('TOKEN_EXPIRED', {}, { cause: error })
    if (error instanceof errors.JWKSTimeout) throw httpError('ISSUER_UNAVAILABLE', {}, { cause: error })
    if (isDomainError(error)) throw error
    throw httpError('TOKEN_INVALID', {}, { cause: error })
  }
}

/** Who works for the door itself has no session; a person's token without one is none of the issuer's. */
function sessionMarkOf(payload: JWTPayload): SessionMark | undefined {
  const { sub, sid, acv } = payload
  if (typeof sub === 'string' && typeof sid === 'string' && typeof acv === 'number') {
    return { session: sid, account: sub, accountVersion: acv }
  }
  if (sid === undefined && acv === undefined) return undefined
  throw httpError('TOKEN_INVALID')
}

function identityOf(claims: z.output<ClaimsSchema>, mark: SessionMark | undefined): Identity {
  const { sub, name, office, roles, zone, school, body, supervisor } = claims
  return {
    subject: sub,
    name,
    office,
    roles,
    ...(zone === undefined ? {} : { zone }),
    ...(school === undefined ? {} : { school }),
    ...(body === undefined ? {} : { body }),
    ...(supervisor === undefined ? {} : { supervisor }),
    ...(mark === undefined ? {} : { session: mark.session }),
  }
}

import type { TokenClaims } from '@dulian/contracts'
import type { Clock } from '@dulian/event-sourcing'
import type { TrustedIssuer } from '@dulian/http-kit'
import type { JSONWebKeySet } from 'jose'
import { SignJWT } from 'jose'
import { portalError } from './errors.ts'
import { openSigningKey } from './signing-key.ts'

/** One person of the demo to sign in as: the claims of their token and the name of the card. */
export interface DemoCard {
  readonly card: string
  readonly claims: TokenClaims
  /** What the card's office is called. */
  readonly officeName?: string | undefined
}

export interface DemoIssuerOptions {
  readonly clock: Clock
  /** Asked on every use, so that cards may appear while demo data is made. */
  readonly cards: () => readonly DemoCard[]
  /** The private key as a JWK; made on first use, readable by its owner alone. */
  readonly keyFile: string
  /** Milliseconds a token lives; eight hours when absent. */
  readonly lifetime?: number
}

export interface DemoToken {
  readonly accessToken: string
  readonly expiresAt: string
}

/** Signs tokens for the demo's people without asking who one is: see `refuseDemoElsewhere`. */
export interface DemoIssuer {
  readonly trusted: TrustedIssuer
  readonly jwks: JSONWebKeySet
  cards(): readonly DemoCard[]
  /** Throws `DEMO_CARD_NOT_FOUND`. */
  sign(card: string): Promise<DemoToken>
}

export const DEMO_ISSUER = 'urn:dulian:demo'
export const DEMO_AUDIENCE = 'dulian'

const EIGHT_HOURS = 8 * 3_600_000

export async function demoIssuer(options: DemoIssuerOptions): Promise<DemoIssuer> {
  const { privateKey, publicJwk } = await openSigningKey(options.keyFile)
  const jwks: JSONWebKeySet = { keys: [publicJwk] }
  const lifetime = options.lifetime ?? EIGHT_HOURS
  return {
    trusted: { issuer: DEMO_ISSUER, audience: DEMO_AUDIENCE, jwks },
    jwks,
    cards: options.cards,
    async sign(card) {
      const found = options.cards().find((candidate) => candidate.card === card)
      if (found === undefined) throw portalError('DEMO_CARD_NOT_FOUND')
      const { sub, ...claims } = found.claims
      const now = Math.floor(options.clock.now() / 1_000)
      const end = now + Math.floor(lifetime / 1_000)
      const accessToken = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA', kid: publicJwk.kid ?? '', typ: 'at+jwt' })
        .setSubject(sub)
        .setIssuer(DEMO_ISSUER)
        .setAudience(DEMO_AUDIENCE)
        .setIssuedAt(now)
        .setExpirationTime(end)
        .sign(privateKey)
      return { accessToken, expiresAt: new Date(end * 1_000).toISOString() }
    },
  }
}

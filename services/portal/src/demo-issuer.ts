import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { TokenClaims } from '@dulian/contracts'
import type { Clock } from '@dulian/event-sourcing'
import type { TrustedIssuer } from '@dulian/http-kit'
import type { CryptoKey, JSONWebKeySet, JWK } from 'jose'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose'
import { portalError } from './errors.ts'

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
  const { privateKey, publicJwk } = await openKey(options.keyFile)
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

async function openKey(keyFile: string): Promise<{ privateKey: CryptoKey; publicJwk: JWK }> {
  const jwk = (await readKey(keyFile)) ?? (await makeKey(keyFile))
  const privateKey = await importJWK(jwk, 'EdDSA')
  if (privateKey instanceof Uint8Array) throw new TypeError(`${keyFile} holds no Ed25519 key`)
  const { d: _, key_ops: __, ...open } = jwk
  const kid = await calculateJwkThumbprint(open)
  return { privateKey, publicJwk: { ...open, kid, alg: 'EdDSA', use: 'sig' } }
}

async function readKey(keyFile: string): Promise<JWK | undefined> {
  let text: string
  try {
    text = await readFile(keyFile, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  // Whoever copied the data folder may have opened it up.
  await chmod(keyFile, 0o600)
  const key: unknown = JSON.parse(text)
  if (isEd25519(key)) return key
  throw new TypeError(`${keyFile} holds no Ed25519 key; remove it to have a new one made`)
}

async function makeKey(keyFile: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  const jwk = await exportJWK(privateKey)
  const aside = `${keyFile}.new`
  await mkdir(dirname(keyFile), { recursive: true, mode: 0o700 })
  await rm(aside, { force: true })
  await writeFile(aside, JSON.stringify(jwk), { mode: 0o600, flag: 'wx', flush: true })
  await rename(aside, keyFile)
  return jwk
}

function isEd25519(key: unknown): key is JWK {
  return (
    typeof key === 'object' &&
    key !== null &&
    'crv' in key &&
    key.crv === 'Ed25519' &&
    'd' in key &&
    typeof key.d === 'string'
  )
}

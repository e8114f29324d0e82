import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import type { FakeClock } from '@dulian/event-sourcing'
import { fakeClock, isDomainError } from '@dulian/event-sourcing'
import type { CryptoKey, JSONWebKeySet, JWK } from 'jose'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { z } from 'zod'
import type { Identity } from './identity.ts'
import { jwtVerifier } from './jwt-verifier.ts'
import type { TokenVerifier } from './token-verifier.ts'

const ISSUER = 'https://issuer.example'
const claims = z.object({
  sub: z.string(),
  name: z.string(),
  office: z.string(),
  roles: z.array(z.string()),
  zone: z.string().optional(),
})

interface Pair {
  readonly privateKey: CryptoKey
  readonly jwk: JWK
}

async function pair(kid: string): Promise<Pair> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA')
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' } }
}

async function headerFor(
  key: Pair,
  clock: FakeClock,
  change: { sub?: string; iss?: string; aud?: string; zone?: string; seconds?: number; omit?: string } = {},
): Promise<string> {
  const payload: Record<string, unknown> = {
    name: '张三',
    office: 'yongchuan',
    roles: ['head'],
    ...(change.zone === undefined ? {} : { zone: change.zone }),
  }
  if (change.omit !== undefined) delete payload[change.omit]
  const now = Math.floor(clock.now() / 1_000)
  const token = await new SignJWT(payload)
    .setProtectedHeader({ alg: 'EdDSA', kid: key.jwk.kid ?? '' })
    .setSubject(change.sub ?? 'zhang')
    .setIssuer(change.iss ?? ISSUER)
    .setAudience(change.aud ?? 'dulian')
    .setIssuedAt(now)
    .setExpirationTime(now + (change.seconds ?? 600))
    .sign(key.privateKey)
  return `Bearer ${token}`
}

function verifierOf(clock: FakeClock, jwks: URL | JSONWebKeySet | (() => JSONWebKeySet)): TokenVerifier {
  return jwtVerifier({ issuers: [{ issuer: ISSUER, audience: 'dulian', jwks }], clock, claims })
}

async function refusal(verifier: TokenVerifier, header: string): Promise<string> {
  try {
    await verifier.verify(header)
  } catch (error) {
    if (isDomainError(error)) return error.code
    throw error
  }
  return 'accepted'
}

test('a token is verified once, then its header answers at once with the same identity', async () => {
  const clock = fakeClock('2026-11-22T00:00:00Z')
  const key = await pair('k1')
  const verifier = verifierOf(clock, { keys: [key.jwk] })
  const header = await headerFor(key, clock, { zone: 'z1' })

  const first = verifier.verify(header)
  assert.ok(first instanceof Promise)
  const identity = await first
  assert.deepEqual(identity, {
    subject: 'zhang',
    name: '张三',
    office: 'yongchuan',
    roles: ['head'],
    zone: 'z1',
  } satisfies Identity)
  assert.equal(verifier.verify(header), identity)
})

test('a remembered token dies with its own end', async () => {
  const clock = fakeClock('2026-11-22T00:00:00Z')
  const key = await pair('k1')
  const verifier = verifierOf(clock, { keys: [key.jwk] })
  const header = await headerFor(key, clock, { seconds: 60 })
  await verifier.verify(header)
  clock.advance(59_999)
  assert.equal(await refusal(verifier, header), 'accepted')
  clock.advance(1)
  assert.equal(await refusal(verifier, header), 'TOKEN_EXPIRED')
  assert.equal(await refusal(verifier, header), 'TOKEN_EXPIRED', 'and stays dead when verified afresh')
})

test('what is forgotten during a verification is not remembered by it', async () => {
  const clock = fakeClock('2026-11-22T00:00:00Z')
  const key = await pair('k1')
  const verifier = verifierOf(clock, { keys: [key.jwk] })
  const header = await headerFor(key, clock)
  const underWay = verifier.verify(header)
  verifier.forget()
  await underWay
  assert.equal(verifier.recall(header), undefined)
  await verifier.verify(header)
  assert.notEqual(verifier.recall(header), undefined)
})

test('a rotated key empties the memory at once', async () => {
  const clock = fakeClock('2026-11-22T00:00:00Z')
  const [old, next] = [await pair('k1'), await pair('k2')]
  let keys: JSONWebKeySet = { keys: [old.jwk] }
  const verifier = verifierOf(clock, () => keys)
  const [before, after] = [await headerFor(old, clock), await headerFor(next, clock)]
  assert.equal(await refusal(verifier, before), 'accepted')
  assert.equal(await refusal(verifier, after), 'TOKEN_INVALID')
  keys = { keys: [next.jwk] }
  assert.equal(await refusal(verifier, before), 'TOKEN_INVALID')
  assert.equal(await refusal(verifier, after), 'accepted')
})

test('forged, foreign and half tokens are refused in words, never with an accident', async () => {
  const clock = fakeClock('2026-11-22T00:00:00Z')
  const [key, forger] = [await pair('k1'), await pair('k1')]
  const verifier = verifierOf(clock, { keys: [key.jwk] })
  const secret = await new SignJWT({ name: 'x', office: 'yongchuan', roles: ['head'] })
    .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
    .setSubject('zhang')
    .setIssuer(ISSUER)
    .setAudience('dulian')
    .setIssuedAt(clock.now() / 1_000)
    .setExpirationTime(clock.now() / 1_000 + 60)
    .sign(new TextEncoder().encode(JSON.stringify(key.jwk)))
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ iss: ISSUER, sub: 'zhang' })).toString('base64url')}.`
  for (const header of [
    await headerFor(forger, clock),
    await headerFor(key, clock, { iss: 'https://elsewhere.example' }),
    await headerFor(key, clock, { aud: 'another' }),
    await headerFor(key, clock, { omit: 'office' }),
    `Bearer ${secret}`,
    `Bearer ${none}`,
    'Bearer ',
    'Bearer a.b.c',
    'Basic abc',
    '',
    'Bearer \u0000',
    `Bearer ${'a'.repeat(5_000)}`,
  ]) {
    assert.equal(await refusal(verifier, header), 'TOKEN_INVALID', header.slice(0, 40))
  }
})

test('keys at an address: fetched once, again for an unknown key, and a dropped key stops its tokens', async (t) => {
  const clock = fakeClock('2026-11-22T00:00:00Z')
  const [old, next] = [await pair('k1'), await pair('k2')]
  let served: JWK[] = [old.jwk]
  let asked = 0
  let broken = false
  const server = createServer((_request, response) => {
    asked += 1
    response.statusCode = broken ? 500 : 200
    response.end(JSON.stringify({ keys: served }))
  }).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const address = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`)
  const verifier = verifierOf(clock, address)

  broken = true
  assert.equal(await refusal(verifier, await headerFor(old, clock)), 'ISSUER_UNAVAILABLE')
  broken = false
  const header = await headerFor(old, clock, { seconds: 6_000 })
  assert.equal(await refusal(verifier, header), 'accepted')
  assert.equal(await refusal(verifier, await headerFor(old, clock, { sub: 'li' })), 'accepted')
  assert.equal(asked, 2)

  served = [next.jwk]
  clock.advance(5 * 60_000)
  const before = verifier.verify(header)
  assert.ok(!(before instanceof Promise), 'the look at the keys happens beside the request')
  while ((await refusal(verifier, header)) === 'accepted') await new Promise((resolve) => setImmediate(resolve))
  assert.equal(await refusal(verifier, header), 'TOKEN_INVALID')
  assert.equal(await refusal(verifier, await headerFor(next, clock)), 'accepted')
})

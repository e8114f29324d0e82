import assert from 'node:assert/strict'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { TokenClaims } from '@dulian/contracts'
import { fakeClock, isDomainError } from '@dulian/event-sourcing'
import { jwtVerifier, RevocationList } from '@dulian/http-kit'
import { openSessionIssuer } from './session-issuer.ts'

const clock = fakeClock('2026-11-30T01:00:00Z')
const seconds = Math.floor(clock.now() / 1_000)
const cookie = {
  session: randomUUID(),
  office: 'yongchuan',
  account: randomUUID(),
  seen: seconds,
  told: seconds,
  end: seconds + 3_600,
  idleMinutes: 30,
}

test('portals that were given one key read each other’s cookies; another key’s cookie is nobody’s', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-key-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const open = (name: string, key?: string) => openSessionIssuer({ clock, keyFile: join(folder, name), key })
  const [one, two, other] = [await open('one', pem), await open('two', pem), await open('other')]
  assert.deepEqual(await two.readSession(await one.signSession(cookie)), cookie)
  assert.equal(await other.readSession(await one.signSession(cookie)), undefined)
  assert.equal(await one.readSession('no.token.atall'), undefined)
  assert.deepEqual((await open('other')).jwks, other.jwks, 'a made key is found again')
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey
  await assert.rejects(open('three', rsa.export({ type: 'pkcs8', format: 'pem' }).toString()), /no Ed25519 key/)
})

test('a cookie is no token and a token no cookie, and neither is the beginning of a sign-in', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-key-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const issuer = await openSessionIssuer({ clock, keyFile: join(folder, 'key') })
  const revocations = new RevocationList()
  const verifier = jwtVerifier({ issuers: [issuer.trusted], clock, claims: TokenClaims, revocations })
  const codeOf = async (token: string): Promise<string> => {
    try {
      await verifier.verify(`Bearer ${token}`)
      return 'in'
    } catch (error) {
      if (isDomainError(error)) return error.code
      throw error
    }
  }
  const claims = { sub: cookie.account, name: '示例', office: 'yongchuan', roles: ['office-staff'] }
  const token = await issuer.signToken({ claims, session: cookie.session, accountVersion: 3, expires: seconds + 300 })
  const attempt = await issuer.signAttempt({ state: 's', nonce: 'n', verifier: 'v', to: '/' })
  const session = await issuer.signSession(cookie)
  assert.deepEqual(
    [await codeOf(token), await codeOf(session), await codeOf(attempt)],
    ['in', 'TOKEN_INVALID', 'TOKEN_INVALID'],
  )
  assert.deepEqual([await issuer.readSession(token), await issuer.readSession(attempt)], [undefined, undefined])
  assert.deepEqual([await issuer.readAttempt(token), await issuer.readAttempt(session)], [undefined, undefined])

  revocations.requireVersion(cookie.account, 3, clock.now())
  assert.equal(await codeOf(token), 'in', 'made from the version that counts')
  revocations.requireVersion(cookie.account, 4, clock.now())
  assert.equal(await codeOf(token), 'TOKEN_REVOKED')
  revocations.requireVersion(cookie.account, 2, clock.now())
  assert.equal(await codeOf(token), 'TOKEN_REVOKED', 'an older word does not undo a newer one')
})

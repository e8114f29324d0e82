import { randomUUID } from 'node:crypto'
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TrustedIssuer } from '@dulian/http-kit'
import { exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, type JWK, SignJWT } from 'jose'

export const LOCAL_ISSUER = 'urn:dulian:local'
export const LOCAL_AUDIENCE = 'dulian'

export interface LocalKey {
  readonly jwks: JSONWebKeySet
  /** For the verifier of whoever runs on the folder. */
  readonly trusted: TrustedIssuer
  /** A token of five minutes. */
  sign(claims: { readonly sub: string; readonly [claim: string]: unknown }): Promise<string>
}

/**
 * The key of whoever may read the data folder: the command line signs with it, the instance trusts it. It gives
 * nothing that reading and writing the files would not give anyway.
 */
export async function openLocalKey(dataFolder: string): Promise<LocalKey> {
  mkdirSync(dataFolder, { recursive: true })
  const file = join(dataFolder, 'local.key')
  if (!existsSync(file)) await makeKey(file)
  chmodSync(file, 0o600)
  const secret = JSON.parse(readFileSync(file, 'utf8')) as JWK
  const { d: _, ...open } = secret
  const key = await importJWK(secret, 'EdDSA')
  const jwks: JSONWebKeySet = { keys: [{ ...open, kid: 'local', alg: 'EdDSA', use: 'sig' }] }
  return {
    jwks,
    trusted: { issuer: LOCAL_ISSUER, audience: LOCAL_AUDIENCE, jwks },
    async sign({ sub, ...claims }) {
      return await new SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA', kid: 'local' })
        .setSubject(sub)
        .setIssuer(LOCAL_ISSUER)
        .setAudience(LOCAL_AUDIENCE)
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(key)
    },
  }
}

/** Of several processes that start at once one makes the key, and all of them read that one whole. */
async function makeKey(file: string): Promise<void> {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  const aside = `${file}.${randomUUID()}`
  writeFileSync(aside, JSON.stringify(await exportJWK(privateKey)), { mode: 0o600, flush: true })
  try {
    linkSync(aside, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(aside)
  }
}

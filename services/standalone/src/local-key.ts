import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TokenClaims } from '@dulian/contracts'
import { exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, type JWK, SignJWT } from 'jose'

export const LOCAL_ISSUER = 'urn:dulian:local'
export const LOCAL_AUDIENCE = 'dulian'

export interface LocalKey {
  readonly jwks: JSONWebKeySet
  /** A token of five minutes. */
  sign(claims: TokenClaims): Promise<string>
}

/**
 * The key of whoever may read the data folder: the command line signs with it, the instance trusts it. It gives
 * nothing that reading and writing the files would not give anyway.
 */
export async function openLocalKey(dataFolder: string): Promise<LocalKey> {
  mkdirSync(dataFolder, { recursive: true })
  const file = join(dataFolder, 'local.key')
  if (!existsSync(file)) {
    const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
    writeFileSync(file, JSON.stringify(await exportJWK(privateKey)), { mode: 0o600, flush: true })
  }
  chmodSync(file, 0o600)
  const secret = JSON.parse(readFileSync(file, 'utf8')) as JWK
  const { d: _, ...open } = secret
  const key = await importJWK(secret, 'EdDSA')
  return {
    jwks: { keys: [{ ...open, kid: 'local', alg: 'EdDSA', use: 'sig' }] },
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

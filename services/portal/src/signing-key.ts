import { createPrivateKey } from 'node:crypto'
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { CryptoKey, JWK } from 'jose'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose'

export interface SigningKey {
  readonly privateKey: CryptoKey
  readonly publicJwk: JWK
}

/** A key given as PEM (PKCS #8), for several processes that must sign with the same one. Throws unless it is Ed25519. */
export async function signingKeyOf(pem: string): Promise<SigningKey> {
  const jwk: unknown = createPrivateKey(pem).export({ format: 'jwk' })
  if (isEd25519(jwk)) return await pairOf(jwk)
  throw new TypeError('DULIAN_SESSION_KEY holds no Ed25519 key; make one with: openssl genpkey -algorithm ed25519')
}

/** The Ed25519 key in the file (a JWK); made on first use, readable by its owner alone. */
export async function openSigningKey(keyFile: string): Promise<SigningKey> {
  return await pairOf((await readKey(keyFile)) ?? (await makeKey(keyFile)))
}

async function pairOf(jwk: JWK): Promise<SigningKey> {
  const privateKey = await importJWK(jwk, 'EdDSA')
  if (privateKey instanceof Uint8Array) throw new TypeError('no Ed25519 key')
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

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

const AUDIENCE = 'dulian'

export interface Bearer {
  readonly subject: string
  readonly office: string
  readonly roles: readonly string[]
}

/** An issuer of its own for a run: the product fetches its keys over HTTP as from any other. */
export interface Issuer {
  /** What the product's process has to be told. */
  readonly environment: Readonly<Record<string, string>>
  /** An `Authorization` header, good for two hours. */
  authorize(bearer: Bearer): Promise<string>
  close(): Promise<void>
}

export async function openIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA')
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'EdDSA', use: 'sig' }] })
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(keys)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    environment: { DULIAN_OIDC_ISSUER: address, DULIAN_OIDC_AUDIENCE: AUDIENCE, DULIAN_OIDC_JWKS: `${address}/jwks` },
    async authorize({ subject, office, roles }) {
      const token = await new SignJWT({ name: subject, office, roles: [...roles] })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'bench' })
        .setSubject(subject)
        .setIssuer(address)
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime('2h')
        .sign(privateKey)
      return `Bearer ${token}`
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

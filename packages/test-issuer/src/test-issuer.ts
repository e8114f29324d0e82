import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import Provider from 'oidc-provider'

export const TEST_CLIENT_ID = 'dulian'
export const TEST_CLIENT_SECRET = 'a-secret-of-the-test-alone-that-is-long-enough'

export interface TestIssuerOptions {
  /** Where it leads people back to. */
  readonly redirectUri: string
  /** What is in people's names beside their login. */
  readonly nameOf?: (login: string) => string
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** An issuer on a port of its own. */
export class TestIssuer {
  readonly address: string
  readonly #port: number
  readonly #options: TestIssuerOptions
  #server: Server | undefined
  #handler: Handler
  #shownKeys: { keys: JWK[] } | undefined

  static async start(options: TestIssuerOptions): Promise<TestIssuer> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const bound = server.address()
    if (bound === null || typeof bound === 'string') throw new TypeError('no port')
    const issuer = new TestIssuer(bound.port, options)
    await issuer.rotateKeys()
    issuer.#serve(server)
    return issuer
  }

  private constructor(port: number, options: TestIssuerOptions) {
    this.#port = port
    this.address = `http://127.0.0.1:${port}`
    this.#options = options
    this.#handler = () => {}
  }

  /** Signs with a new key from now on; nothing that it signed before can be verified any more. */
  async rotateKeys(): Promise<void> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true })
    const key: JWK = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: crypto.randomUUID() }
    const back = new URL(this.#options.redirectUri)
    const nameOf = this.#options.nameOf ?? ((login: string) => login)
    const provider = new Provider(this.address, {
      clients: [
        {
          client_id: TEST_CLIENT_ID,
          client_secret: TEST_CLIENT_SECRET,
          redirect_uris: [back.href],
          post_logout_redirect_uris: [new URL('/sign-in', back).href],
        },
      ],
      jwks: { keys: [key] as never },
      cookies: { keys: ['of the test'] },
      claims: { openid: ['sub'], profile: ['name'] },
      conformIdTokenClaims: false,
      findAccount: (_context, login) => ({
        accountId: login,
        claims: () => ({ sub: login, name: nameOf(login) }),
      }),
    })
    this.#handler = provider.callback()
    this.#shownKeys = undefined
  }

  /** Publishes keys that it does not sign with. */
  async hideKeys(): Promise<void> {
    const { publicKey } = await generateKeyPair('RS256', { extractable: true })
    this.#shownKeys = { keys: [{ ...(await exportJWK(publicKey)), use: 'sig', alg: 'RS256', kid: 'nobodys' }] }
  }

  async stop(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (server === undefined) return
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }

  /** Comes back at the same address. */
  async startAgain(): Promise<void> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve))
    this.#serve(server)
  }

  #serve(server: Server): void {
    this.#server = server
    server.on('request', (request, response) => {
      if (this.#shownKeys !== undefined && request.url === '/jwks') {
        response.setHeader('content-type', 'application/jwk-set+json')
        response.end(JSON.stringify(this.#shownKeys))
      } else this.#handler(request, response)
    })
  }
}

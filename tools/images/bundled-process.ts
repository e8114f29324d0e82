import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

/** A process started from a bundle, in a folder where Node finds nothing but the bundle. For tests only. */
export class BundledProcess {
  readonly child: ChildProcess
  readonly ended: Promise<number | null>
  #output = ''

  constructor(file: string, options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> }) {
    this.child = spawn(process.execPath, [file], {
      cwd: options.cwd,
      env: { PATH: process.env.PATH, DULIAN_PORT: '0', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text
      })
    this.ended = new Promise((resolve) => this.child.once('close', (code) => resolve(code)))
  }

  get output(): string {
    return this.#output
  }

  /** The address it prints when it listens; throws with its words when it ends before. */
  async address(): Promise<string> {
    return await new Promise((resolve, reject) => {
      const look = (): void => {
        const found = /http:\/\/[^\s"]+/.exec(this.#output)?.[0]
        if (found !== undefined) resolve(found)
      }
      this.child.stdout?.on('data', look)
      void this.ended.then((code) => reject(new Error(`it ended with ${code}: ${this.#output}`)))
      look()
    })
  }

  /** Asks it to end; resolves with its exit status. */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM')
    return await this.ended
  }
}

/** Who signs tokens in a test: a key of its own, at an address where services find the public half. */
export class TestIssuer {
  readonly settings: Readonly<Record<string, string>>
  readonly #sign: (roles: readonly string[]) => Promise<string>
  readonly #server: Server

  static async open(): Promise<TestIssuer> {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA')
    const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'EdDSA', use: 'sig' }] }
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'application/jwk-set+json')
      response.end(JSON.stringify(keys))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const bound = server.address()
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0
    return new TestIssuer(server, port, async (roles) => {
      const claims = { name: '测试人员', office: 'yongchuan', roles }
      return await new SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA', kid: 'test', typ: 'at+jwt' })
        .setSubject('test-person')
        .setIssuer('urn:dulian:test')
        .setAudience('dulian')
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey)
    })
  }

  private constructor(server: Server, port: number, sign: (roles: readonly string[]) => Promise<string>) {
    this.#server = server
    this.#sign = sign
    this.settings = {
      DULIAN_OIDC_ISSUER: 'urn:dulian:test',
      DULIAN_OIDC_AUDIENCE: 'dulian',
      DULIAN_OIDC_JWKS: `http://127.0.0.1:${port}/jwks.json`,
    }
  }

  /** The header of somebody with these roles. */
  async authorization(...roles: string[]): Promise<string> {
    return `Bearer ${await this.#sign(roles)}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

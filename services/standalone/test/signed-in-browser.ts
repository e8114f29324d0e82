import { Browser, signInAt, type TestIssuer } from '@dulian/test-issuer'
import type { Answer, TestInstance } from './test-instance.ts'
import { answerOf } from './test-instance.ts'

export const ORIGIN = 'http://127.0.0.1:7100'
export const REDIRECT_URI = `${ORIGIN}/auth/oidc/callback`

export interface Renewed {
  readonly accessToken: string | null
  readonly expiresAt: string | null
  readonly idleMinutes: number | null
  readonly endsAt: string | null
  readonly ended: string | null
}

/** A browser in front of the instance, which answers without a port, and of the issuer, which has one. */
export class SignedInBrowser {
  readonly #house: TestInstance
  readonly #issuer: TestIssuer
  readonly #browser = new Browser()
  readonly userAgent: string
  token: string | undefined

  constructor(house: TestInstance, issuer: TestIssuer, userAgent = 'Mozilla/5.0 (Windows NT 10.0) Chrome/120.0') {
    this.#house = house
    this.#issuer = issuer
    this.userAgent = userAgent
  }

  /** The first step: where the portal sends the browser, or the page it shows instead. */
  async start(query = ''): Promise<{ readonly status: number; readonly location: string; readonly page: string }> {
    return await this.open(`/auth/oidc/start${query}`)
  }

  /** As far as the address that the issuer leads back to. */
  async toCallback(options: { readonly login: string; readonly refuse?: true }, query = ''): Promise<string> {
    const { location } = await this.start(query)
    return await signInAt(this.#browser, location, options)
  }

  /** All the way; answers the last page. */
  async signIn(options: { readonly login: string; readonly refuse?: true }, query = '') {
    const callback = new URL(await this.toCallback(options, query))
    return await this.open(`${callback.pathname}${callback.search}`)
  }

  async open(path: string): Promise<{ readonly status: number; readonly location: string; readonly page: string }> {
    const response = await this.#house.instance.app.inject({
      method: 'GET',
      url: path,
      headers: this.#headers(),
    })
    this.#take(response.headers['set-cookie'])
    return {
      status: response.statusCode,
      location: String(response.headers.location ?? ''),
      page: response.body,
    }
  }

  /** Renews as a page of the site does; keeps the token. */
  async renew(idleSeconds = 0, headers: Record<string, string> = { origin: ORIGIN }): Promise<Answer> {
    const answer = await this.postBare('/auth/session', { idleSeconds }, headers)
    if (answer.status === 200) this.token = (answer.body as Renewed).accessToken ?? undefined
    return answer
  }

  async postBare(path: string, body: object, headers: Record<string, string> = { origin: ORIGIN }): Promise<Answer> {
    const response = await this.#house.instance.app.inject({
      method: 'POST',
      url: path,
      headers: { ...this.#headers(), ...headers },
      payload: body,
    })
    this.#take(response.headers['set-cookie'])
    return answerOf(response)
  }

  /** With the token of the last renewal. */
  async get(path: string): Promise<Answer> {
    return await this.#ask('GET', path)
  }

  async post(path: string, body: object = {}, ifMatch?: number): Promise<Answer> {
    return await this.#ask('POST', path, body, ifMatch)
  }

  async #ask(method: 'GET' | 'POST', path: string, body?: object, ifMatch?: number): Promise<Answer> {
    return answerOf(
      await this.#house.instance.app.inject({
        method,
        url: path,
        headers: {
          authorization: `Bearer ${this.token}`,
          ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}),
          ...(ifMatch === undefined ? {} : { 'if-match': `"v${ifMatch}"` }),
        },
        ...(body === undefined ? {} : { payload: body }),
      }),
    )
  }

  /** Another browser's cookies do not come along: the issuer knows nobody in it. */
  another(userAgent?: string): SignedInBrowser {
    return new SignedInBrowser(this.#house, this.#issuer, userAgent)
  }

  #headers(): Record<string, string> {
    return { host: new URL(ORIGIN).host, cookie: this.#browser.cookiesFor(ORIGIN), 'user-agent': this.userAgent }
  }

  #take(cookies: string | string[] | undefined): void {
    this.#browser.take(ORIGIN, [cookies ?? []].flat())
  }
}

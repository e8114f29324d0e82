import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import type { TestIssuer } from './bundled-process.ts'

export interface View {
  readonly name: string
  readonly generation: number
  readonly rebuild: { readonly state: string } | null
}

/** Asks one service at an address. For tests only. */
export class ServiceClient {
  readonly #address: string
  readonly #service: string
  readonly #issuer: TestIssuer

  constructor(address: string, service: string, issuer: TestIssuer) {
    this.#address = address
    this.#service = service
    this.#issuer = issuer
  }

  /** Asks as somebody of this role, a body makes it a command; fails with what was answered when it is no success. */
  async ask(path: string, role: string, body?: object): Promise<unknown> {
    const response = await fetch(new URL(`/api/${this.#service}/${path}`, this.#address), {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: await this.#issuer.authorization(role),
        'content-type': 'application/json',
        'idempotency-key': `bundle:${path}`,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    assert.ok(response.ok, `${path}: ${response.status} ${text}`)
    return JSON.parse(text)
  }

  async views(): Promise<readonly View[]> {
    return ((await this.ask('system/status', 'operator')) as { views: View[] }).views
  }

  /** Rebuilds a view in a thread of its process and waits until the new generation answers. */
  async rebuild(view: View): Promise<void> {
    await this.ask(`system/views/${view.name}/rebuild`, 'operator', {})
    await until(`${this.#service}/${view.name} is rebuilt`, async () => {
      const now = (await this.views()).find(({ name }) => name === view.name)
      assert.ok(now !== undefined && now.generation > view.generation && now.rebuild === null, JSON.stringify(now))
    })
  }
}

/** Repeats until it passes; fails with its last complaint when it does not within a minute. */
export async function until(what: string, passes: () => Promise<void>): Promise<void> {
  for (const deadline = Date.now() + 60_000; ; await delay(20)) {
    try {
      await passes()
      return
    } catch (cause) {
      if (Date.now() > deadline) throw new Error(`not within a minute: ${what}`, { cause })
    }
  }
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EvidenceRef, Role, TokenClaims } from '@dulian/contracts'
import { type FakeClock, fakeClock, newId } from '@dulian/event-sourcing'
import type { DemoCard } from '@dulian/portal'
import { testEngines } from '@dulian/service-host/testing'
import type { LightMyRequestResponse } from 'fastify'
import { Instance, readConfig } from '../src/index.ts'

export interface Answer {
  readonly status: number
  readonly headers: LightMyRequestResponse['headers']
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came back
  readonly body: any
  readonly bytes: Uint8Array
}

/** Somebody at work through the routes of the whole instance, signed in by its own demo issuer. */
export interface Person {
  readonly claims: TokenClaims
  authorization(): Promise<string>
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  /** With a fresh Idempotency-Key unless one is given. `ifMatch` is the version the person saw. */
  post(path: string, body?: unknown, options?: { readonly ifMatch?: number; readonly key?: string }): Promise<Answer>
  /** A small text file into a service's store, as evidence. */
  upload(service: string, content: string, name?: string): Promise<EvidenceRef>
}

export type PersonClaims = Partial<Omit<TokenClaims, 'roles'>>

function engineSettingsOf(folder: string): Readonly<Record<string, string>> {
  const { events, bus, views, namespace } = testEngines(folder)
  return {
    DULIAN_EVENTS: events,
    DULIAN_BUS: bus,
    DULIAN_VIEWS: views,
    ...(namespace === undefined ? {} : { DULIAN_NAMESPACE: namespace }),
  }
}

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const TOKEN_AGE = 3_600_000

/** The whole instance on a folder, under a clock in the test's hand, without a port. */
export class TestInstance {
  readonly folder: string
  readonly clock: FakeClock
  readonly #temporary: boolean
  readonly #settings: Readonly<Record<string, string>>
  readonly #durable: boolean
  readonly #cards = new Map<string, DemoCard>()
  #instance: Instance | undefined

  /** `now` is an instant; a fresh temporary folder when none is given, the engines of `testEngines` when the settings name no others. */
  static async open(options: {
    readonly now: string
    readonly folder?: string
    readonly settings?: Readonly<Record<string, string>>
    /** `true`: waits for the disk as the product does, for a test of just that. */
    readonly durable?: boolean
  }): Promise<TestInstance> {
    const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'dulian-instance-')))
    const { now, settings = {}, durable = false } = options
    const test = new TestInstance({
      folder,
      clock: fakeClock(now),
      temporary: options.folder === undefined,
      settings,
      durable,
    })
    try {
      await test.reopen()
      return test
    } catch (error) {
      await test.dispose()
      throw error
    }
  }

  private constructor(given: {
    readonly folder: string
    readonly clock: FakeClock
    readonly temporary: boolean
    readonly settings: Readonly<Record<string, string>>
    readonly durable: boolean
  }) {
    this.folder = given.folder
    this.clock = given.clock
    this.#temporary = given.temporary
    this.#settings = given.settings
    this.#durable = given.durable
  }

  get instance(): Instance {
    if (this.#instance === undefined) throw new TypeError('the instance is stopped')
    return this.#instance
  }

  /** Stops it if it runs, and brings it up again on the same folder. */
  async reopen(): Promise<void> {
    await this.stop()
    const instance = await Instance.open({
      config: readConfig(
        {
          DULIAN_DATA: this.folder,
          DULIAN_DEMO: '1',
          DULIAN_LOG_LEVEL: 'silent',
          ...engineSettingsOf(this.folder),
          ...this.#settings,
        },
        this.folder,
      ),
      log: quiet,
      pid: process.pid,
      webRoot: join(this.folder, 'no-web'),
      clock: this.clock,
      durable: this.#durable,
      cards: () => [...this.#cards.values()],
    })
    this.#instance = instance
    await instance.start()
  }

  async stop(): Promise<void> {
    await this.#instance?.stop()
    this.#instance = undefined
  }

  async dispose(): Promise<void> {
    await this.stop()
    if (this.#temporary) await rm(this.folder, { recursive: true })
  }

  as(roles: Role | readonly Role[], given: PersonClaims = {}): Person {
    const all = [roles].flat()
    const { office = 'yongchuan', sub = `${office}-${all.join('-')}`, name = '某人（测试）', ...more } = given
    const claims: TokenClaims = { ...more, sub, name, office, roles: all }
    const card = JSON.stringify(claims)
    this.#cards.set(card, { card, claims })
    let known: { readonly header: string; readonly until: number } | undefined

    const authorization = async (): Promise<string> => {
      if (known === undefined || known.until < this.clock.now()) {
        const token = await this.instance.issuer?.sign(card)
        known = { header: `Bearer ${token?.accessToken}`, until: this.clock.now() + TOKEN_AGE }
      }
      return known.header
    }
    return {
      claims,
      authorization,
      get: async (path, headers = {}) =>
        answerOf(
          await this.instance.app.inject({
            method: 'GET',
            url: path,
            headers: { authorization: await authorization(), ...headers },
          }),
        ),
      post: async (path, body = {}, { ifMatch, key = newId(Date.now()) } = {}) => {
        const send = async () =>
          answerOf(
            await this.instance.app.inject({
              method: 'POST',
              url: path,
              headers: {
                authorization: await authorization(),
                'idempotency-key': key,
                ...(ifMatch === undefined ? {} : { 'if-match': `"v${ifMatch}"` }),
              },
              payload: body as object,
            }),
          )
        let answer = await send()
        // As the screens do: what could not be checked yet has not happened, and is asked again.
        for (let again = 0; answer.body?.code === 'CHECK_BEHIND' && again < 10; again += 1) answer = await send()
        return answer
      },
      upload: async (service, content, name = '现场记录.txt') => {
        const boundary = 'dulian-test'
        const response = await this.instance.app.inject({
          method: 'POST',
          url: `/api/${service}/files`,
          headers: {
            authorization: await authorization(),
            'content-type': `multipart/form-data; boundary=${boundary}`,
          },
          payload: [
            `--${boundary}`,
            `content-disposition: form-data; name="file"; filename="${name}"`,
            'content-type: text/plain',
            '',
            content,
            `--${boundary}--`,
            '',
          ].join('\r\n'),
        })
        if (response.statusCode !== 201) throw new Error(`upload refused: ${response.statusCode} ${response.body}`)
        return { ...response.json<Omit<EvidenceRef, 'service'>>(), service }
      },
    }
  }

  /** Waits until nothing is under way. */
  async settle(): Promise<void> {
    await this.instance.host.settle()
  }

  /** Moves the clock to that instant, lets the days between begin, and waits for what follows. */
  async moveTo(instant: string): Promise<void> {
    this.clock.set(instant)
    await this.instance.host.tick()
    await this.settle()
  }

  /** The newest position of every service's store. */
  async heads(): Promise<Readonly<Record<string, string>>> {
    const heads = this.instance.host.services.map(
      async ({ definition, store }) => [definition.name, await store.head()] as const,
    )
    return Object.fromEntries(await Promise.all(heads))
  }
}

export function answerOf(response: LightMyRequestResponse): Answer {
  const isJson = String(response.headers['content-type'] ?? '').includes('json')
  return {
    status: response.statusCode,
    headers: response.headers,
    body: isJson && response.body !== '' ? JSON.parse(response.body) : response.body,
    bytes: response.rawPayload,
  }
}

/** What was asked for, or the refusal's own words. */
export function ok(answer: Answer, status = 200): Answer {
  if (answer.status !== status) throw new Error(`${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`)
  return answer
}

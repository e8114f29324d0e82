import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCalendar } from '@dulian/calendar'
import { deterministicId, type FakeClock, fakeClock, newId } from '@dulian/event-sourcing'
import { openFolderFileStore } from '@dulian/files'
import type { AccessRules, Identity, Telemetry } from '@dulian/http-kit'
import { testAuthorization, testVerifier } from '@dulian/http-kit/testing'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { buildDoor, type SystemPermissions } from '../door.ts'
import { type EngineSettings, engineNames } from '../engines.ts'
import { Host } from '../host.ts'
import type { MessageContract } from '../message-contract.ts'
import type { ServiceDefinition } from '../service-definition.ts'
import type { ServiceLog } from '../service-log.ts'
import { testEngines } from './on-servers.ts'

export interface TestHostOptions {
  readonly services: readonly ServiceDefinition[]
  readonly access: AccessRules
  readonly systemPermissions?: SystemPermissions
  /** `2026-03-02T01:00:00Z` (09:00 in China) when absent. */
  readonly now?: string
  /** Where to keep the data; a fresh temporary folder when absent. */
  readonly folder?: string
  /** Where it keeps its data; `testEngines` decides when absent. */
  readonly engines?: Partial<EngineSettings>
  /** Traces and metrics to a collector of the test. */
  readonly telemetry?: Telemetry
  /** Leave the services where they stand: nothing follows, nothing is taken from the bus. */
  readonly unstarted?: true
}

export interface Answer {
  readonly status: number
  readonly headers: LightMyRequestResponse['headers']
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came back
  readonly body: any
}

/** Services on real engines (embedded ones in a temporary folder, or those of `onServers`), behind their real HTTP door, under a clock in the test's hand. */
export interface TestHost {
  readonly app: FastifyInstance
  readonly host: Host
  readonly clock: FakeClock
  readonly folder: string
  /** A person with these claims; `office` is `yongchuan` unless given. */
  as(identity: Partial<Identity> & { readonly roles: readonly string[] }): TestPerson
  /** Puts a contract message on the bus as its service would. */
  announce(contract: MessageContract, data: unknown, office?: string, subject?: string): Promise<void>
  /** Waits until nothing is under way. */
  settle(): Promise<void>
  /** Moves the clock to that instant, lets the days between begin, and waits for what follows. */
  moveTo(instant: string): Promise<void>
  dispose(): Promise<void>
}

export interface TestPerson {
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  /** A file that a route makes; `body` holds a problem when it was refused. */
  download(path: string): Promise<Answer & { readonly bytes: Uint8Array }>
  /** With a fresh Idempotency-Key unless one is given. `ifMatch` is the version the person saw. */
  post(path: string, body?: unknown, options?: { readonly ifMatch?: number; readonly key?: string }): Promise<Answer>
  /** Hands in a file as a browser would, with the form's other fields. */
  upload(
    path: string,
    file: { readonly name: string; readonly content: string | Uint8Array },
    fields?: Readonly<Record<string, string>>,
  ): Promise<Answer>
}

/** A form with one file, in the words of RFC 7578. */
function formOf(
  file: { readonly name: string; readonly content: string | Uint8Array },
  fields: Readonly<Record<string, string>>,
): { readonly contentType: string; readonly payload: Buffer } {
  const boundary = 'boundary-of-the-test'
  const part = (disposition: string, content: string | Uint8Array): Buffer =>
    Buffer.concat([
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n\r\n`),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ])
  const payload = Buffer.concat([
    ...Object.entries(fields).map(([name, value]) => part(`name="${name}"`, value)),
    part(`name="file"; filename="${file.name}"`, file.content),
    Buffer.from(`--${boundary}--\r\n`),
  ])
  return { contentType: `multipart/form-data; boundary=${boundary}`, payload }
}

/** JSON as what it says, a file's content as text. */
function bodyOf({ body, headers }: LightMyRequestResponse): unknown {
  if (body === '') return undefined
  return String(headers['content-type']).includes('json') ? JSON.parse(body) : body
}

const quiet: ServiceLog = { info: () => {}, warn: () => {}, error: () => {} }

export async function startTestHost(options: TestHostOptions): Promise<TestHost> {
  const clock = fakeClock(options.now ?? '2026-03-02T01:00:00Z')
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'dulian-host-')))
  const engines = { ...testEngines(folder), ...options.engines }
  const host = await Host.open({
    services: options.services,
    engines,
    clock,
    calendar: openCalendar(),
    log: quiet,
    openFiles: (files) => openFolderFileStore({ folder: files }),
    pid: process.pid,
    meter: options.telemetry?.meter,
  })
  const app = await buildDoor({
    host,
    clock,
    name: 'test',
    title: 'test',
    verifier: testVerifier(),
    access: options.access,
    systemPermissions: options.systemPermissions ?? { read: 'system.read', operate: 'system.operate' },
    engines: engineNames(engines),
    // A test breaks an engine and looks at once.
    ready: { shared: 0 },
    limits: { perMinute: false },
    ...(options.telemetry === undefined ? {} : { telemetry: options.telemetry }),
  })
  await app.ready()
  if (options.unstarted !== true) await host.start()

  function as(claims: Partial<Identity> & { readonly roles: readonly string[] }): TestPerson {
    const identity: Identity = { subject: 'somebody', name: '某人', office: 'yongchuan', ...claims }
    const authorization = testAuthorization(identity)
    const answer = (response: LightMyRequestResponse): Answer => ({
      status: response.statusCode,
      headers: response.headers,
      body: bodyOf(response),
    })
    return {
      get: async (path, headers = {}) =>
        answer(await app.inject({ method: 'GET', url: path, headers: { authorization, ...headers } })),
      download: async (path) => {
        const response = await app.inject({ method: 'GET', url: path, headers: { authorization } })
        const bytes = new Uint8Array(response.rawPayload)
        if (response.statusCode >= 400) return { ...answer(response), bytes }
        return { status: response.statusCode, headers: response.headers, body: undefined, bytes }
      },
      post: async (path, body = {}, { ifMatch, key } = {}) =>
        answer(
          await app.inject({
            method: 'POST',
            url: path,
            headers: {
              authorization,
              'idempotency-key': key ?? newId(Date.now()),
              ...(ifMatch === undefined ? {} : { 'if-match': `"v${ifMatch}"` }),
            },
            payload: body as object,
          }),
        ),
      upload: async (path, file, fields = {}) => {
        const form = formOf(file, fields)
        const headers = { authorization, 'idempotency-key': newId(Date.now()), 'content-type': form.contentType }
        return answer(await app.inject({ method: 'POST', url: path, headers, payload: form.payload }))
      },
    }
  }

  return {
    app,
    host,
    clock,
    folder,
    as,
    announce: async (
      contract,
      data,
      office = 'yongchuan',
      subject = `test-${office}-${deterministicId(JSON.stringify(data))}`,
    ) => {
      const id = newId(clock.now())
      await host.bus.publish(contract.topic, [
        {
          id,
          type: contract.type,
          source: `/offices/${office}/${contract.service}`,
          subject,
          time: new Date(clock.now()).toISOString(),
          extensions: { office, correlationid: id },
          data: contract.schema.parse(data),
        },
      ])
    },
    settle: () => host.settle(),
    moveTo: async (instant) => {
      clock.set(instant)
      await host.tick()
      await host.settle()
    },
    dispose: async () => {
      await app.close()
      await host.stop()
      if (options.folder === undefined) await rm(folder, { recursive: true })
    },
  }
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { CommandContext, FakeClock } from '@dulian/event-sourcing'
import { bindStreams, defineStream, errorsOf, eventCatalogue, fakeClock } from '@dulian/event-sourcing'
import { openSqliteEvents } from '@dulian/event-store-sqlite'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { z } from 'zod'
import type { AccessRules, Freshness, HttpAppOptions, Identity } from '../src/index.ts'
import {
  buildHttpApp,
  command,
  newStreamId,
  PageQuery,
  pageOf,
  query,
  requireInScope,
  versioned,
} from '../src/index.ts'
import { testAuthorization, testIdentity, testVerifier } from '../src/testing/index.ts'

export const access: AccessRules = {
  permissions: { 'lamp.read': '查看灯具', 'lamp.manage': '安装灯具', 'lamp.switch': '开关灯具' },
  roles: {
    keeper: { title: '管理员', grants: { 'lamp.read': 'office', 'lamp.manage': 'office', 'lamp.switch': 'office' } },
    janitor: { title: '校工', grants: { 'lamp.read': 'school', 'lamp.switch': 'school' } },
    guest: { title: '访客', grants: {} },
  },
}

export const keeper = testIdentity({ subject: 'keeper', roles: ['keeper'] })

const lampError = errorsOf({
  LAMP_BROKEN: { kind: 'refused', title: '灯已损坏', detail: '灯具“{room}”已损坏，请先报修。' },
} as const)

const lampEvents = eventCatalogue({
  LampInstalled: {
    stored: 'lamp-installed.v1',
    schema: z.object({ room: z.string(), schoolId: z.string().optional() }),
  },
  LampSwitched: { stored: 'lamp-switched.v1', schema: z.object({ on: z.boolean() }) },
})
type LampEvent = Parameters<typeof lampEvents.encode>[0]

interface Lamp {
  readonly room: string
  readonly schoolId?: string | undefined
  readonly on: boolean
}

const lamps = defineStream<Lamp, LampEvent>({
  category: 'lamp',
  events: lampEvents,
  initial: { room: '', on: false },
  evolve: (state, event) =>
    event.type === 'LampInstalled' ? { ...state, ...event.data } : { ...state, on: event.data.on },
})

export interface LampService {
  readonly app: FastifyInstance
  readonly clock: FakeClock
  /** Of the commands that reached a handler, in order. */
  readonly contexts: CommandContext[]
  readonly freshness: { -readonly [K in keyof Freshness]: Freshness[K] }
  post(
    url: string,
    body: unknown,
    headers?: Record<string, string>,
    identity?: Identity,
  ): Promise<LightMyRequestResponse>
  get(url: string, headers?: Record<string, string>, identity?: Identity): Promise<LightMyRequestResponse>
}

/** A whole small service on a real store, for trying out what every service gets. */
export async function lampService(t: TestContext, options: Partial<HttpAppOptions> = {}): Promise<LampService> {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-http-kit-'))
  const clock = fakeClock('2026-11-22T00:00:00Z')
  const store = openSqliteEvents({ file: join(folder, 'events.db'), clock })
  const streams = bindStreams(store, lamps)
  const contexts: CommandContext[] = []
  const freshness = {
    position: () => '7',
    lag: async () => 0,
    asOf: () => '2026-11-22T00:00:00.000Z',
    waitFor: async () => true,
  }
  const app = await buildHttpApp({
    name: 'lamps',
    title: '灯具',
    verifier: testVerifier(),
    access,
    clock,
    limits: { perMinute: false },
    ...options,
  })

  const ById = z.object({ id: z.string().min(1).max(64) })
  const Lamp = z.object({ id: z.string(), room: z.string(), on: z.boolean(), note: z.string().nullable() })
  await app.register(
    async (routes) => {
      command(routes, {
        url: '/lamps',
        permission: 'lamp.manage',
        summary: '安装灯具',
        precondition: 'new',
        body: z.object({ room: z.string().trim().min(1).max(20), schoolId: z.string().optional() }),
        handle: async ({ body, context, expected }) => {
          contexts.push(context)
          const data = { room: body.room, ...(body.schoolId === undefined ? {} : { schoolId: body.schoolId }) }
          return streams.execute(newStreamId(context), context, {
            expected,
            decide: () => [{ type: 'LampInstalled', data }],
          })
        },
      })
      const toggle = (lamp: Lamp, on: boolean): LampEvent[] => {
        if (lamp.room === '坏灯') throw lampError('LAMP_BROKEN', { room: lamp.room })
        return lamp.on === on ? [] : [{ type: 'LampSwitched', data: { on } }]
      }
      command(routes, {
        url: '/lamps/:id/switch',
        permission: 'lamp.switch',
        summary: '开关灯具',
        precondition: 'if-match',
        params: ById,
        body: z.object({ on: z.boolean() }),
        answer: z.object({ on: z.boolean() }),
        handle: async ({ params, body, scope, context, expected }) => {
          const { state } = await streams.get(context.office, params.id)
          requireInScope(scope, { office: context.office, schoolId: state.schoolId })
          const done = await streams.execute(params.id, context, { expected, decide: (lamp) => toggle(lamp, body.on) })
          return { ...done, on: done.state.on }
        },
      })
      command(routes, {
        url: '/lamps/:id/flip',
        permission: 'lamp.switch',
        summary: '翻转',
        precondition: 'none',
        params: ById,
        handle: async ({ params, context }) =>
          streams.execute(params.id, context, { decide: (lamp) => toggle(lamp, !lamp.on) }),
      })
      query(routes, {
        url: '/lamps/:id',
        permission: 'lamp.read',
        summary: '查看灯具',
        params: ById,
        answer: Lamp,
        handle: async ({ params, identity, scope }) => {
          const { state, version } = await streams.get(identity.office, params.id)
          requireInScope(scope, { office: identity.office, schoolId: state.schoolId })
          return versioned({ id: params.id, room: state.room, on: state.on, note: null }, version)
        },
      })
      query(routes, {
        url: '/lamps',
        permission: 'lamp.read',
        summary: '灯具列表',
        query: z.strictObject({ ...PageQuery.shape, on: z.stringbool().optional() }),
        answer: pageOf(Lamp),
        freshness: () => freshness,
        handle: ({ query: { limit } }) => ({ items: [{ id: 'x', room: `limit ${limit}`, on: false, note: null }] }),
      })
    },
    { prefix: '/api/lamps' },
  )
  t.after(async () => {
    await app.close()
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  return {
    app,
    clock,
    contexts,
    freshness,
    post: (url, body, headers = {}, identity = keeper) =>
      app.inject({
        method: 'POST',
        url: `/api/lamps${url}`,
        headers: { authorization: testAuthorization(identity), ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      }),
    get: (url, headers = {}, identity = keeper) =>
      app.inject({ url: `/api/lamps${url}`, headers: { authorization: testAuthorization(identity), ...headers } }),
  }
}

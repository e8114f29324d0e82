import type { AuditRecorder } from '@dulian/audit'
import type { Bus } from '@dulian/bus'
import { type Clock, newId } from '@dulian/event-sourcing'
import { command, type Identity, query } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { recordOperation } from './operation-events.ts'
import type { RunningService } from './running-service.ts'

const ParkedEvent = z.object({
  eventId: z.string(),
  stream: z.string(),
  position: z.string(),
  type: z.string(),
  error: z.string(),
  attempts: z.number().int(),
  parkedAt: z.string(),
})

const Rebuild = z.object({
  view: z.string(),
  state: z.enum(['filling', 'indexing', 'failed']),
  done: z.number(),
  total: z.number(),
  eventsPerSecond: z.number(),
  remainingSeconds: z.number().nullable(),
  startedAt: z.string(),
})

const SystemStatus = z.object({
  service: z.string(),
  title: z.string(),
  head: z.string(),
  views: z.array(
    z.object({
      name: z.string(),
      position: z.string(),
      lag: z.number(),
      generation: z.number().int(),
      state: z.string(),
      rebuild: Rebuild.nullable(),
    }),
  ),
  subscriptions: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['view', 'policy', 'publisher']),
      state: z.string(),
      position: z.string(),
      parked: z.array(ParkedEvent),
    }),
  ),
  deadLetters: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      subject: z.string(),
      error: z.string(),
      attempts: z.number(),
      at: z.string(),
      blocked: z.number(),
    }),
  ),
})

/** What every service shows and offers to the operator, under its own prefix. Each intervention is recorded. */
export function systemRoutes(
  app: FastifyInstance,
  options: {
    readonly service: RunningService
    readonly bus: Bus
    readonly audit: AuditRecorder
    readonly clock: Clock
    readonly read: string
    readonly operate: string
  },
): void {
  const { service, bus, audit, clock, read, operate } = options
  const tags = ['系统']

  query(app, {
    url: '/system/status',
    permission: read,
    summary: '服务、视图与订阅的运行情况',
    tags,
    answer: SystemStatus,
    handle: async () => ({
      service: service.definition.name,
      title: service.definition.title,
      head: await service.store.head(),
      views: [...(await service.viewStatus())],
      subscriptions: (await service.subscriptionReports()).map((report) => ({ ...report, parked: [...report.parked] })),
      deadLetters: (await service.deadLetters()).map(({ id, message, error, attempts, at, blocked }) => ({
        id,
        type: message.type,
        subject: message.subject,
        error,
        attempts,
        at,
        blocked,
      })),
    }),
  })

  const done = async (id: string): Promise<{ id: string; version: number; position: string }> => ({
    id,
    version: 0,
    position: await service.store.head(),
  })
  // The service's own record stays with its events; the trail is where the office looks.
  const putOnRecord = async (identity: Identity, object: string, objectName: string): Promise<void> => {
    await audit.record({
      action: 'operated',
      by: identity,
      object: `${service.definition.name}/${object}`,
      objectName: `${service.definition.title}：${objectName}`,
    })
  }
  const params = z.object({ name: z.string().max(100) })
  const parked = z.object({ eventId: z.uuid() })

  for (const action of ['replay', 'skip'] as const) {
    command(app, {
      url: `/system/subscriptions/:name/${action}`,
      permission: operate,
      summary: action === 'replay' ? '重放停放的事件' : '跳过停放的事件',
      tags,
      params,
      body: parked,
      answer: z.object({ handled: z.number().int() }),
      precondition: 'none',
      handle: async ({ params: { name }, body: { eventId }, identity }) => {
        const handled =
          action === 'replay' ? await service.replayParked(name, eventId) : await service.skipParked(name, eventId)
        await recordOperation(service.store, clock.now(), {
          type: action === 'replay' ? 'ParkedEventReplayed' : 'ParkedEventSkipped',
          data: { by: identity.subject, office: identity.office, subscription: name, eventId, handled },
        })
        await putOnRecord(
          identity,
          `subscriptions/${name}/${eventId}`,
          action === 'replay' ? '重放停放的事件' : '跳过停放的事件',
        )
        return { ...(await done(eventId)), handled }
      },
    })
    command(app, {
      url: `/system/dead-letters/:id/${action}`,
      permission: operate,
      summary: action === 'replay' ? '重投死信' : '跳过死信',
      tags,
      params: z.object({ id: z.string().max(200) }),
      precondition: 'none',
      handle: async ({ params: { id }, identity }) => {
        await (action === 'replay' ? bus.replay(id) : bus.skip(id))
        await recordOperation(service.store, clock.now(), {
          type: action === 'replay' ? 'DeadLetterReplayed' : 'DeadLetterSkipped',
          data: { by: identity.subject, office: identity.office, deadLetter: id },
        })
        await putOnRecord(identity, `dead-letters/${id}`, action === 'replay' ? '重投死信' : '跳过死信')
        return await done(id)
      },
    })
  }

  command(app, {
    url: '/system/views/:name/rebuild',
    permission: operate,
    summary: '重建视图（旧视图继续服务，完成后切换）',
    tags,
    params,
    precondition: 'none',
    handle: async ({ params: { name }, identity }) => {
      void service.rebuild(name)
      await recordOperation(service.store, clock.now(), {
        type: 'ViewRebuildRequested',
        data: { by: identity.subject, office: identity.office, view: name },
      })
      await putOnRecord(identity, `views/${name}`, `重建视图 ${name}`)
      return await done(newId(clock.now()))
    },
  })
}

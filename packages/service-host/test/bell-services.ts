import { definePolicy, defineProjection, defineStream, on, when } from '@dulian/event-sourcing'
import { command, newStreamId, pageOf, query, scopeWhere } from '@dulian/http-kit'
import { z } from 'zod'
import { announce, clockEvents, inboxCatalogue, type MessageContract, type ServiceDefinition } from '../src/index.ts'
import { bellEvents, rings, projections as towerProjections } from './bell-projections.ts'

type BellEvent = Parameters<typeof bellEvents.encode>[0]

export const bells = defineStream<{ times: number }, BellEvent>({
  category: 'bell',
  events: bellEvents,
  initial: { times: 0 },
  evolve: (state, event) => ({ times: state.times + event.data.times }),
})

export const bellHeard: MessageContract = {
  service: 'tower',
  topic: 'dulian.tower',
  type: 'cn.dulian.tower.bell-heard.v1',
  schema: z.object({ times: z.number(), note: z.string() }),
}

/** Rings bells on command, and once at the beginning of every day after the first. */
export const tower: ServiceDefinition = {
  name: 'tower',
  title: '钟楼',
  projections: towerProjections,
  projectionsModule: import.meta.resolve('./bell-projections.ts'),
  publishes: [announce(bellEvents, { BellRung: ({ data }) => [{ contract: bellHeard, data }] })],
  consumes: [],
  build(platform) {
    const streams = platform.streams(bells)
    const view = platform.view(rings)
    return {
      routes(app) {
        command(app, {
          url: '/bells',
          permission: 'bell.ring',
          summary: 'ring',
          body: z.object({ times: z.number().int().positive(), note: z.string() }),
          precondition: 'new',
          handle: ({ body, context, expected }) =>
            streams.execute(newStreamId(context), context, {
              expected,
              decide: () => [{ type: 'BellRung', data: body }],
            }),
        })
        command(app, {
          url: '/bells/:id/ring',
          permission: 'bell.ring',
          summary: 'ring again',
          params: z.object({ id: z.uuid() }),
          body: z.object({ times: z.number().int().positive(), note: z.string() }),
          precondition: 'if-match',
          handle: ({ params, body, context, expected }) =>
            streams.execute(params.id, context, { expected, decide: () => [{ type: 'BellRung', data: body }] }),
        })
        query(app, {
          url: '/bells',
          permission: 'bell.ring',
          summary: 'bells',
          answer: pageOf(z.object({ times: z.number() })),
          freshness: () => view,
          handle: async ({ scope }) => {
            const page = await view.find<{ times: number }>('rings', {
              where: scopeWhere(scope),
              sort: [['times', 'asc']],
            })
            const items = page.items.map(({ document }) => ({ times: document.times }))
            return page.nextCursor === undefined ? { items } : { items, nextCursor: page.nextCursor }
          },
        })
      },
      policies: [
        definePolicy('ring-at-dawn', [
          when(clockEvents, {
            DayBegan: async ({ data }, context) => {
              await streams.execute(
                'dawn',
                { ...context, office: 'yongchuan' },
                {
                  decide: () => [{ type: 'BellRung', data: { times: 1, note: data.date } }],
                },
              )
            },
          }),
        ]),
      ],
    }
  },
}

export const heard = inboxCatalogue({ BellHeard: bellHeard })
export const notes = defineProjection(
  { name: 'notes', revision: 1, collections: { notes: { indexes: { byNote: ['note'] } } } },
  [
    on(heard, {
      BellHeard: ({ data, envelope }, unit) => {
        unit.put('notes', envelope.id, { note: (data as { note: string }).note, office: envelope.meta.office })
      },
    }),
  ],
)

/** For the village's rebuilds. */
export const projections = [notes]

/** Hears what the tower announces. */
export const village: ServiceDefinition = {
  name: 'village',
  title: '村庄',
  projections,
  projectionsModule: import.meta.resolve('./bell-services.ts'),
  publishes: [],
  consumes: [bellHeard],
  build: () => ({ routes: () => {} }),
}

export const access = {
  permissions: { 'bell.ring': '敲钟', 'system.read': '查看系统', 'system.operate': '操作系统' },
  roles: {
    ringer: { title: '敲钟人', grants: { 'bell.ring': 'office' } },
    operator: { title: '管理员', grants: { 'system.read': 'office', 'system.operate': 'office' } },
  },
} as const

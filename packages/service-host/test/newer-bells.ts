import { defineProjection, defineStream, eventCatalogue, on } from '@dulian/event-sourcing'
import { z } from 'zod'
import {
  announce,
  heardBy,
  inboxCatalogue,
  type MessageContract,
  type Platform,
  type ServiceDefinition,
} from '../src/index.ts'
import { bellHeard } from './bell-services.ts'

/** The tower and the village after an update: `times` has become `strokes`, and there is a reason. */
const RungBefore = z.object({ times: z.number(), note: z.string() })
const Rung = z.object({ strokes: z.number().int().positive(), note: z.string(), reason: z.string().nullable() })

const upcast = (data: unknown): z.infer<typeof Rung> => {
  const { times, note } = RungBefore.parse(data)
  return { strokes: times, note, reason: null }
}

export const newerBellEvents = eventCatalogue({
  BellRung: {
    stored: 'bell-rung.v2',
    schema: Rung,
    upcasters: { 'bell-rung.v1': { to: 'bell-rung.v2', upcast } },
  },
})

type BellEvent = Parameters<typeof newerBellEvents.encode>[0]

const bells = defineStream<{ strokes: number }, BellEvent>({
  category: 'bell',
  events: newerBellEvents,
  initial: { strokes: 0 },
  evolve: (state, event) => ({ strokes: state.strokes + event.data.strokes }),
})

export const newerBellHeard: MessageContract = {
  ...bellHeard,
  type: 'cn.dulian.tower.bell-heard.v2',
  schema: Rung,
}

export const strokes = defineProjection(
  { name: 'strokes', revision: 1, collections: { strokes: { indexes: { byNote: ['note'] } } } },
  [
    on(newerBellEvents, {
      BellRung: ({ data, envelope }, unit) =>
        unit.put('strokes', envelope.id, { ...data, office: envelope.meta.office }),
    }),
  ],
)

/** Rings as often again as the bell was rung before: it must know the old events as well. */
export const ringAsBefore = async (platform: Platform, id: string): Promise<void> => {
  const context = {
    commandId: crypto.randomUUID(),
    commandHash: '',
    actor: 'tester',
    office: 'yongchuan',
    at: new Date(platform.clock.now()).toISOString(),
    correlationId: 'test',
  }
  await platform.streams(bells).execute(id, context, {
    decide: (state) => [{ type: 'BellRung', data: { strokes: state.strokes, note: '照旧', reason: 'as before' } }],
  })
}

/** Announces in both versions, the oldest first. `onBuilt` hands out the service's platform. */
export function newerTower(onBuilt: (platform: Platform) => void = () => {}): ServiceDefinition {
  return {
    name: 'tower',
    title: '钟楼',
    projections: [strokes],
    projectionsModule: import.meta.url,
    publishes: [
      announce(newerBellEvents, {
        BellRung: ({ data }) => [
          { contract: bellHeard, data: { times: data.strokes, note: data.note } },
          { contract: newerBellHeard, data },
        ],
      }),
    ],
    consumes: [],
    build(platform) {
      onBuilt(platform)
      return { routes: () => {} }
    },
  }
}

const heard = { BellHeard: { newest: newerBellHeard, older: [{ contract: bellHeard, upcast }] } }

export const newerNotes = defineProjection(
  { name: 'newer-notes', revision: 1, collections: { notes: { indexes: { byNote: ['note'] } } } },
  [
    on(inboxCatalogue(heard), {
      BellHeard: ({ data, envelope }, unit) =>
        unit.put('notes', envelope.id, { ...(data as z.infer<typeof Rung>), office: envelope.meta.office }),
    }),
  ],
)

/** Listens to both versions. */
export const newerVillage: ServiceDefinition = {
  name: 'village',
  title: '村庄',
  projections: [newerNotes],
  projectionsModule: import.meta.url,
  publishes: [],
  consumes: heardBy(heard),
  build: () => ({ routes: () => {} }),
}

/** For rebuilds. */
export const projections = [strokes, newerNotes]

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineProjection, eventCatalogue, on, streamOf, type UnitOfWork } from '@dulian/event-sourcing'
import { EventLog, project } from '@dulian/event-sourcing/testing'
import type { Document } from '@dulian/views'
import { z } from 'zod'
import { dated } from './dated.ts'
import { defineHistory } from './define-history.ts'
import { ALWAYS, type Changes, type KnownInterval, type ValidInterval } from './history-document.ts'
import { historySuite } from './testing/index.ts'

const lampEvents = eventCatalogue({
  LampSet: { stored: 'lamp-set.v1', schema: z.object({ place: z.string(), colour: z.string() }) },
  LampRepainted: { stored: 'lamp-repainted.v1', schema: z.object({ colour: z.string(), from: z.string() }) },
  LampMoved: { stored: 'lamp-moved.v1', schema: z.object({ place: z.string() }) },
  LampCleaned: { stored: 'lamp-cleaned.v1', schema: z.object({ on: z.string() }) },
  LampTakenDown: { stored: 'lamp-taken-down.v1', schema: z.object({ on: z.string() }) },
})

type Lamp = {
  readonly office: string
  readonly place: string
  readonly colour: string
  readonly cleanings: number
  readonly days: readonly string[]
}

const lamps = defineProjection(
  {
    name: 'lamps',
    revision: 3,
    collections: { lamps: { indexes: { byPlace: ['office', 'place'] } }, places: { indexes: {} } },
  },
  [
    on(lampEvents, {
      LampSet: (event, unit) => {
        const { office, id } = streamOf(event)
        unit.put('places', event.data.place, { id })
        unit.put('lamps', id, { office, ...event.data, cleanings: 0, days: [] } satisfies Lamp)
      },
      LampRepainted: (event, unit) => change(event, unit, () => ({ colour: event.data.colour })),
      LampMoved: (event, unit) => change(event, unit, () => ({ place: event.data.place })),
      LampCleaned: (event, unit) =>
        change(event, unit, ({ cleanings, days }) => ({ cleanings: cleanings + 1, days: [...days, event.data.on] })),
      LampTakenDown: (event, unit) => unit.remove('lamps', streamOf(event).id),
    }),
  ],
)

async function change(
  event: Parameters<typeof streamOf>[0],
  unit: UnitOfWork,
  to: (lamp: Lamp) => Partial<Lamp>,
): Promise<void> {
  const { id } = streamOf(event)
  const lamp = await unit.get<Lamp>('lamps', id)
  if (lamp !== undefined) unit.put('lamps', id, { ...lamp, ...to(lamp) })
}

const history = defineHistory({
  name: 'lamp-history',
  revision: 1,
  of: lamps,
  collections: { lamps: { counters: ['cleanings'] } },
  dated: [
    dated(lampEvents, {
      LampRepainted: { title: '重新上漆', from: ({ from }) => from },
      LampCleaned: { title: '擦拭', from: ({ on: day }) => day },
      LampTakenDown: { from: ({ on: day }) => day },
    }),
  ],
})

const stream = 'lamp-yongchuan-0197a000-0000-7000-8000-000000000001'
const other = 'lamp-yongchuan-0197a000-0000-7000-8000-000000000002'
const id = stream.slice(-36)
const at = (day: string, hour = '02') => `${day}T${hour}:00:00.000Z`

/** Set on 1 June, moved on 1 July, and on 7 July it is learned that it is red since 20 June. */
function story(): EventLog {
  return new EventLog(at('2026-06-01'))
    .add(lampEvents, stream, { type: 'LampSet', data: { place: '东门', colour: 'blue' } })
    .add(lampEvents, other, { type: 'LampSet', data: { place: '南门', colour: 'blue' } })
    .at(at('2026-07-01'))
    .add(lampEvents, stream, { type: 'LampMoved', data: { place: '西门' } })
    .at(at('2026-07-07'))
    .add(lampEvents, stream, { type: 'LampRepainted', data: { colour: 'red', from: '2026-06-20' } })
}

async function lampOn(log: EventLog, day: { known?: string; valid?: string }) {
  const view = await project(history, log.events)
  if (day.valid === undefined) {
    return view
      .documents<KnownInterval & Lamp & Document>('lamps-known')
      .find(
        ({ thingId, knownFrom, knownTo }) =>
          thingId === id && knownFrom <= (day.known ?? '') && (day.known ?? '') < knownTo,
      )
  }
  const known = day.known
  return view
    .documents<ValidInterval & Lamp & Document>('lamps-valid')
    .find(
      ({ thingId, knownFrom, knownTo, validFrom, validTo }) =>
        thingId === id &&
        validFrom <= (day.valid ?? '') &&
        (day.valid ?? '') < validTo &&
        (known === undefined ? knownTo === ALWAYS : knownFrom <= known && known < knownTo),
    )
}

test('[N10] a late fact changes what was valid on a past day, not what was known on it', async () => {
  const log = story()
  assert.equal((await lampOn(log, { known: '2026-06-30' }))?.colour, 'blue')
  assert.equal((await lampOn(log, { valid: '2026-06-30' }))?.colour, 'red')
  assert.equal((await lampOn(log, { valid: '2026-06-30', known: '2026-06-30' }))?.colour, 'blue')
  assert.equal((await lampOn(log, { valid: '2026-06-30', known: '2026-07-06' }))?.colour, 'blue')
  assert.equal((await lampOn(log, { valid: '2026-06-30', known: '2026-07-07' }))?.colour, 'red')
  assert.equal((await lampOn(log, { valid: '2026-06-19' }))?.colour, 'blue')
})

test('[N10] a late fact carries nothing back with it that was learned in between', async () => {
  const log = story()
  assert.equal((await lampOn(log, { valid: '2026-06-30' }))?.place, '东门')
  assert.equal((await lampOn(log, { valid: '2026-07-01' }))?.place, '西门')
  assert.equal((await lampOn(log, { valid: '2026-07-01' }))?.colour, 'red')
})

test('[N10] what is recorded later overrules from its day on, even what was dated after it', async () => {
  const log = story()
    .at(at('2026-07-09'))
    .add(lampEvents, stream, { type: 'LampRepainted', data: { colour: 'green', from: '2026-06-10' } })
  assert.equal((await lampOn(log, { valid: '2026-06-15' }))?.colour, 'green')
  assert.equal((await lampOn(log, { valid: '2026-06-30' }))?.colour, 'green')
  assert.equal((await lampOn(log, { valid: '2026-06-30', known: '2026-07-08' }))?.colour, 'red')
})

test('[N10] a fact announced for a day to come is known at once and valid from its day', async () => {
  const log = story().add(lampEvents, stream, { type: 'LampRepainted', data: { colour: 'gold', from: '2026-08-01' } })
  assert.equal((await lampOn(log, { known: '2026-07-07' }))?.colour, 'gold')
  assert.equal((await lampOn(log, { valid: '2026-07-31' }))?.colour, 'red')
  assert.equal((await lampOn(log, { valid: '2026-08-01' }))?.colour, 'gold')
})

test('[N10] a fact dated before the thing itself holds from the thing’s first day', async () => {
  const log = story().add(lampEvents, stream, { type: 'LampRepainted', data: { colour: 'black', from: '1990-01-01' } })
  assert.equal(await lampOn(log, { valid: '2026-05-31' }), undefined)
  assert.equal((await lampOn(log, { valid: '2026-06-01' }))?.colour, 'black')
})

test('[N10] many changes of one day are one interval, and counters add up whatever the order of their days', async () => {
  const log = story().at(at('2026-07-10'))
  for (const day of ['2026-07-10', '2026-06-25', '2026-07-02']) {
    log.add(lampEvents, stream, { type: 'LampCleaned', data: { on: day } })
  }
  const view = await project(history, log.events)
  const known = view.documents<KnownInterval & Document>('lamps-known').filter(({ thingId }) => thingId === id)
  assert.deepEqual(known.map(({ knownFrom, knownTo }) => [knownFrom, knownTo]).sort(), [
    ['2026-06-01', '2026-07-01'],
    ['2026-07-01', '2026-07-07'],
    ['2026-07-07', '2026-07-10'],
    ['2026-07-10', ALWAYS],
  ])
  assert.equal((await lampOn(log, { valid: '2026-06-24' }))?.cleanings, 0)
  assert.equal((await lampOn(log, { valid: '2026-06-30' }))?.cleanings, 1)
  assert.deepEqual((await lampOn(log, { valid: '2026-07-03' }))?.days, ['2026-06-25', '2026-07-02'])
  assert.equal((await lampOn(log, { valid: '2026-07-10' }))?.cleanings, 3)
})

test('[N10] a thing that went, and was gone earlier than recorded, is on no list from its last day', async () => {
  const log = story()
    .at(at('2026-07-12'))
    .add(lampEvents, stream, { type: 'LampTakenDown', data: { on: '2026-07-05' } })
  assert.equal((await lampOn(log, { known: '2026-07-11' }))?.colour, 'red')
  assert.equal(await lampOn(log, { known: '2026-07-12' }), undefined)
  assert.equal((await lampOn(log, { valid: '2026-07-04' }))?.colour, 'red')
  assert.equal(await lampOn(log, { valid: '2026-07-05' }), undefined)
  assert.equal((await lampOn(log, { valid: '2026-07-05', known: '2026-07-11' }))?.colour, 'red')
})

test('[N10] it says of every change when it was recorded and from when it holds', async () => {
  const view = await project(history, story().events)
  const changes = view.document<Changes>('lamps-changes', id)?.changes ?? []
  assert.deepEqual(
    changes.map(({ title, recordedOn, validFrom }) => [title, recordedOn, validFrom]),
    [
      [null, '2026-06-01', '2026-06-01'],
      [null, '2026-07-01', '2026-07-01'],
      ['重新上漆', '2026-07-07', '2026-06-20'],
    ],
  )
})

test('[N10] a history is rebuilt when the projection it remembers changes its form', () => {
  assert.equal(history.space.revision, 3001)
  assert.deepEqual(history.types, lamps.types)
})

const long = story()
for (const [place, day] of ['2026-07-07', '2026-07-08', '2026-07-20', '2026-07-19'].entries()) {
  long
    .at(at(day))
    .add(lampEvents, stream, { type: 'LampCleaned', data: { on: '2026-07-03' } })
    .add(lampEvents, stream, { type: 'LampRepainted', data: { colour: `c${place}`, from: `2026-0${9 - place}-01` } })
    .add(lampEvents, other, { type: 'LampMoved', data: { place: `p${place}` } })
}
long.add(lampEvents, other, { type: 'LampTakenDown', data: { on: '2026-07-11' } })
long.add(lampEvents, other, { type: 'LampSet', data: { place: '北门', colour: 'blue' } })
historySuite(history, lamps, long.events)

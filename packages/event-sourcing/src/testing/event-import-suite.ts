import assert from 'node:assert/strict'
import { type EventImporter, isEventImporter } from '../event-import.ts'
import type { EventMeta, EventStore, RecordedEvent, StreamName } from '../event-store.ts'
import { type EventStoreCase, type EventStoreHarness, ids, refusalOf } from './event-store-case.ts'
import { registerWith } from './event-store-suite.ts'

type ImportTest = (
  sentence: string,
  work: (c: EventStoreCase, store: EventStore & EventImporter) => Promise<void>,
) => void

const META: EventMeta = {
  correlationId: 'correlation-1',
  causationId: 'cause-1',
  actor: 'supervisor-1',
  office: 'demo',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  commandId: 'command-1',
  commandHash: 'hash-1',
}

/** What every event store must hold that takes over events recorded elsewhere. */
export function eventImportSuite(name: string, makeHarness: () => Promise<EventStoreHarness>): void {
  registerWith(makeHarness, `event store that takes over events: ${name}`, (register) => {
    const test: ImportTest = (sentence, work) =>
      register(sentence, async (c, store) => {
        assert.ok(isEventImporter(store))
        await work(c, store)
      })
    importCases(test)
    refusalCases(test)
  })
}

function importCases(test: ImportTest): void {
  test('imported events come back as they were recorded, in their order across streams', async (c, store) => {
    const events = story(c)
    const { written, position } = await store.importEvents(events)
    assert.equal(written, events.length)
    const found = await c.readAll(store)
    assert.deepEqual(found.map(withoutPosition), events.map(withoutPosition))
    assert.equal(found.at(-1)?.position, position)
    for (const stream of new Set(events.map((event) => event.stream))) {
      const own = events.filter((event) => event.stream === stream)
      assert.deepEqual((await store.readStream(stream)).map(withoutPosition), own.map(withoutPosition))
    }
    assert.deepEqual(ids(await c.readAll(store, { direction: 'backwards' })), ids(events.toReversed()))
  })

  test('odd data, odd names and a time of long ago come back as they were', async (c, store) => {
    const stream = `${c.stream()}-学校 𠮷/%_'"\\;?#`
    const data = { 键: '值', 10: 'a', lone: '\ud83d', zero: '\u0000', list: [1e21, -1e-7, null] }
    const meta = { ...META, actor: '𠮷"\\', commandHash: '\ud800' }
    const time = '1999-12-31T23:59:59.999Z'
    const event = { ...recorded(c, stream, 1), type: `${c.type()}-督导.v1`, data, meta, time }
    await store.importEvents([event])
    for (const [found] of [await store.readStream(stream), await c.readAll(store)]) {
      assert.deepEqual(found && withoutPosition(found), withoutPosition(event))
    }
  })

  test('imported again, whole or in part, it writes nothing twice and goes on where it was left', async (c, store) => {
    const events = story(c)
    const first = await store.importEvents(events.slice(0, 5))
    assert.deepEqual(await store.importEvents(events.slice(0, 5)), { ...first, written: 0 })
    const more = await store.importEvents(events.slice(2))
    assert.equal(more.written, events.length - 5)
    assert.deepEqual(await store.importEvents(events), { ...more, written: 0 })
    assert.deepEqual(ids(await c.readAll(store)), ids(events))
  })

  test('the same data with its keys in another order is the same', async (c, store) => {
    const event = { ...recorded(c, c.stream(), 1), data: { a: 1, b: { c: 2, d: 3 } } }
    await store.importEvents([event])
    const { written } = await store.importEvents([{ ...event, data: { b: { d: 3, c: 2 }, a: 1 } }])
    assert.equal(written, 0)
  })

  test('several pages make one story, and filters find what was imported', async (c, store) => {
    const streams = Array.from({ length: 7 }, () => c.stream())
    const rare = c.type('rare')
    const events = Array.from({ length: 1_500 }, (_, index) => ({
      ...recorded(c, streams[index % 7] ?? '', Math.floor(index / 7) + 1),
      ...(index % 400 === 0 ? { type: rare } : {}),
    }))
    for (let from = 0; from < events.length; from += 400) await store.importEvents(events.slice(from, from + 400))
    assert.deepEqual(ids(await c.readAll(store)), ids(events))
    const found = await c.readAll(store, { filter: { types: [rare] } })
    assert.deepEqual(ids(found), ids(events.filter(({ type }) => type === rare)))
    const [stream = ''] = streams
    assert.equal((await store.readStream(stream, { direction: 'backwards', limit: 1 }))[0]?.version, 215)
  })

  test('appends go on from the imported version, and a repeated command is still recognised', async (c, store) => {
    const stream = c.stream()
    const events = [recorded(c, stream, 1), recorded(c, stream, 2)]
    await store.importEvents(events)
    const again = await c.append(store, stream, events.slice(1), 1)
    assert.deepEqual([again.repeated, again.version], [true, 2])
    assert.deepEqual(await refusalOf(c.append(store, stream, c.events(1), 1)), {
      code: 'WRONG_EXPECTED_VERSION',
      expected: 1,
      actual: 2,
    })
    assert.equal((await c.append(store, stream, c.events(1), 2)).version, 3)
  })

  test('what was imported is there after closing and opening again, and the import goes on', async (c, store) => {
    const events = story(c)
    await store.importEvents(events.slice(0, 6))
    await store.close()
    const again = await c.harness.open()
    try {
      assert.ok(isEventImporter(again))
      assert.deepEqual(ids(await c.readAll(again)), ids(events.slice(0, 6)))
      assert.equal((await again.importEvents(events)).written, events.length - 6)
      assert.deepEqual((await c.readAll(again)).map(withoutPosition), events.map(withoutPosition))
    } finally {
      await again.close()
    }
  })

  test('whoever listens is told', async (c, store) => {
    let told = 0
    const stop = store.onAppended(() => {
      told += 1
    })
    await store.importEvents([recorded(c, c.stream(), 1)])
    await c.until('the hint', () => told > 0)
    stop()
  })
}

function refusalCases(test: ImportTest): void {
  const changes: readonly (readonly [string, Partial<RecordedEvent>])[] = [
    ['id', { id: '00000000-0000-4000-8000-000000000001' }],
    ['type', { type: 'something-else.v1' }],
    ['time', { time: '2026-03-01T08:00:00.001Z' }],
    ['data', { data: { n: 'another' } }],
    ['meta', { meta: { ...META, commandHash: 'another' } }],
  ]
  for (const [what, change] of changes) {
    test(`an event with another ${what} in its place is refused, and what comes after it is not written`, async (c, store) => {
      const [stream, other] = [c.stream(), c.stream()]
      const events = [recorded(c, stream, 1), recorded(c, stream, 2)]
      await store.importEvents(events)
      const altered = [...events.slice(0, 1), { ...recorded(c, stream, 2), ...events[1], ...change }]
      assert.deepEqual(await refusalOf(store.importEvents([...altered, recorded(c, other, 1)])), {
        code: 'IMPORTED_EVENT_DIFFERS',
        stream,
        version: 2,
      })
      assert.deepEqual(await store.readStream(other), [])
      assert.deepEqual((await store.readStream(stream)).map(withoutPosition), events.map(withoutPosition))
    })
  }

  test('an event whose forerunner is missing is refused', async (c, store) => {
    const stream = c.stream()
    for (const version of [2, 7]) {
      const refused = await refusalOf(store.importEvents([recorded(c, stream, version)]))
      assert.deepEqual(refused, { code: 'IMPORT_OUT_OF_ORDER', stream, version })
    }
    assert.deepEqual(await store.readStream(stream), [])
    await store.importEvents([recorded(c, stream, 1)])
    assert.equal((await refusalOf(store.importEvents([recorded(c, stream, 3)]))).code, 'IMPORT_OUT_OF_ORDER')
  })

  test('an event that is there although an earlier one is not is refused: the order would be another', async (c, store) => {
    const [early, late] = [recorded(c, c.stream(), 1), recorded(c, c.stream(), 1)]
    await store.importEvents([late])
    assert.deepEqual(await refusalOf(store.importEvents([early, late])), {
      code: 'IMPORT_OUT_OF_ORDER',
      stream: late.stream,
      version: 1,
    })
  })

  test('after closing, nothing is taken over', async (c, store) => {
    await store.close()
    assert.equal((await refusalOf(store.importEvents([recorded(c, c.stream(), 1)]))).code, 'STORE_CLOSED')
  })
}

let minutes = 0

function recorded(c: EventStoreCase, stream: StreamName, version: number): RecordedEvent {
  minutes += 1
  const time = new Date(Date.parse('2026-03-01T00:00:00Z') + minutes * 60_000).toISOString()
  return { ...c.event({ n: version }), stream, version, position: String(minutes), time, meta: META }
}

/** Eight events of three streams, in turns, each with a time of its own; the meta now full, now bare. */
function story(c: EventStoreCase): RecordedEvent[] {
  const streams = [c.stream(), c.stream(), c.stream()]
  const versions = new Map<string, number>()
  return [0, 1, 0, 0, 2, 1, 2, 0].map((place, index) => {
    const stream = streams[place] ?? ''
    const version = (versions.get(stream) ?? 0) + 1
    versions.set(stream, version)
    const bare = { correlationId: 'correlation-2', actor: 'clock', office: 'demo' }
    return { ...recorded(c, stream, version), ...(index % 2 === 0 ? {} : { meta: bare }) }
  })
}

function withoutPosition({ position: _, ...event }: RecordedEvent): Omit<RecordedEvent, 'position'> {
  return event
}

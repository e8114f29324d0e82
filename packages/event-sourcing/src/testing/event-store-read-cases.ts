import assert from 'node:assert/strict'
import { comparePositions, isPosition, START } from '@dulian/views'
import type { EventStore, EventToAppend, RecordedEvent } from '../event-store.ts'
import { type EventStoreCase, type EventStoreTest, ids } from './event-store-case.ts'

/** Streams and the total order: both ways, filtered, in pages, from anywhere. */
export function readCases(test: EventStoreTest): void {
  test('a stream that is not there reads as empty', async (c, store) => {
    assert.deepEqual(await store.readStream(c.stream()), [])
    assert.deepEqual(await store.readStream(c.stream(), { direction: 'backwards', limit: 3 }), [])
  })

  test('a recorded event has its whole envelope', async (c, store) => {
    const stream = c.stream()
    const event = c.event({ school: '永川区示例小学' })
    const meta = {
      correlationId: 'k1',
      causationId: 'k0',
      actor: 'policy:open-problem',
      office: 'yongchuan',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      commandId: 'k2',
      commandHash: 'abc',
    }
    const appended = await c.append(store, stream, [event], 'none', meta)
    const [stored] = await store.readStream(stream)
    assert.ok(stored !== undefined)
    assert.deepEqual(stored, { ...event, stream, version: 1, position: appended.position, time: stored.time, meta })
    assert.ok(isPosition(stored.position))
    assert.equal(new Date(stored.time).toISOString(), stored.time)
    assert.deepEqual(await c.readAll(store), [stored])
  })

  test('a stream is read forwards and backwards, from any version, as many as wanted', async (c, store) => {
    const stream = c.stream()
    await c.append(store, stream, c.events(7), 'none')
    // Neighbours in the order of all must not show.
    await c.append(store, c.stream(), c.events(3), 'none')
    const versions = async (options: Parameters<EventStore['readStream']>[1]): Promise<number[]> =>
      (await store.readStream(stream, options)).map((event) => event.version)
    assert.deepEqual(await versions({}), [1, 2, 3, 4, 5, 6, 7])
    assert.deepEqual(await versions({ from: 5 }), [5, 6, 7])
    assert.deepEqual(await versions({ from: 3, limit: 2 }), [3, 4])
    assert.deepEqual(await versions({ from: 8 }), [])
    assert.deepEqual(await versions({ direction: 'backwards' }), [7, 6, 5, 4, 3, 2, 1])
    assert.deepEqual(await versions({ direction: 'backwards', limit: 1 }), [7])
    assert.deepEqual(await versions({ direction: 'backwards', from: 3 }), [3, 2, 1])
    assert.deepEqual(await versions({ direction: 'backwards', from: 6, limit: 2 }), [6, 5])
  })

  test('positions grow in the order of acknowledgement, and the head is the newest', async (c, store) => {
    let last = await store.head()
    for (let round = 0; round < 5; round += 1) {
      const { position } = await c.append(store, c.stream(), c.events(2), 'none')
      assert.ok(comparePositions(last, position) < 0)
      assert.ok(comparePositions(await store.head(), position) >= 0)
      last = position
    }
    const all = await c.readAll(store)
    assert.equal(all.at(-1)?.position, last)
    assert.ok(growing(all))
  })

  test('the order of all is the same in pages of any size', async (c, store) => {
    const whole = await fill(c, store)
    for (const limit of [1, 2, 7, 60, 61, 5_000]) {
      assert.deepEqual(ids(await c.readAll(store, { limit })), ids(whole), `pages of ${limit}`)
    }
  })

  test('a page holds no more than asked for', async (c, store) => {
    await fill(c, store)
    const page = await store.readAll({ limit: 4, filter: { categories: [c.category()] } })
    assert.equal(page.events.length, 4)
    assert.equal(page.end, false)
    assert.equal(page.checkedThrough, page.events[3]?.position)
  })

  test('reading resumes after any position, seen or not', async (c, store) => {
    const whole = await fill(c, store)
    for (const [index, { position }] of whole.entries()) {
      assert.deepEqual(ids(await c.readAll(store, { after: position, limit: 9 })), ids(whole.slice(index + 1)))
    }
  })

  test('a filter that matches nothing still comes to the end, and a later match is found from there', async (c, store) => {
    await fill(c, store)
    const filter = { types: [c.type('never')] }
    let page = await store.readAll({ filter, limit: 5 })
    while (!page.end) {
      assert.deepEqual(page.events, [])
      page = await store.readAll({ filter, limit: 5, after: page.checkedThrough })
    }
    assert.ok(comparePositions(page.checkedThrough, await store.head()) >= 0)
    const idle = await store.readAll({ filter, limit: 5, after: page.checkedThrough })
    assert.deepEqual([idle.events, idle.end], [[], true])
    const late = c.event({}, c.type('never'))
    await c.append(store, c.stream(), [late], 'none')
    assert.deepEqual(ids(await c.readAll(store, { filter, after: page.checkedThrough })), [late.id])
  })

  test('categories, types and both together filter the order of all', async (c, store) => {
    const whole = await fill(c, store)
    const [one, two] = [c.category('one'), c.category('two')]
    const [red, blue] = [c.type('red'), c.type('blue')]
    const expectations = [
      { filter: { categories: [one] }, keep: (event: RecordedEvent) => event.stream.startsWith(`${one}-`) },
      { filter: { types: [red] }, keep: (event: RecordedEvent) => event.type === red },
      { filter: { types: [red, blue] }, keep: (event: RecordedEvent) => event.type === red || event.type === blue },
      {
        filter: { categories: [one, two], types: [blue] },
        keep: (event: RecordedEvent) => /^(one|two)/.test(event.stream) && event.type === blue,
      },
      { filter: { categories: [two], types: [c.type('never')] }, keep: () => false },
    ]
    const mixed = await c.readAll(store, { filter: { categories: [one, two, c.category()] } })
    assert.equal(mixed.length, whole.length + 40)
    for (const { filter, keep } of expectations) {
      const wanted = ids(mixed.filter(keep))
      for (const limit of [3, 500]) assert.deepEqual(ids(await c.readAll(store, { filter, limit })), wanted)
      assert.deepEqual(ids(await c.readAll(store, { filter, limit: 3, direction: 'backwards' })), wanted.toReversed())
    }
  })

  test('a category is not another one that begins alike', async (c, store) => {
    const long = `${c.category()}More`
    await c.append(store, c.stream(long), c.events(1), 'none')
    const [mine] = c.events(1)
    assert.ok(mine !== undefined)
    await c.append(store, c.stream(), [mine], 'none')
    assert.deepEqual(ids(await c.readAll(store)), [mine.id])
  })

  test('backwards, the order of all comes newest first, in pages, from the end or from any position', async (c, store) => {
    const whole = await fill(c, store)
    const turned = whole.toReversed()
    assert.deepEqual(ids(await c.readAll(store, { direction: 'backwards', limit: 7 })), ids(turned))
    for (const index of [0, 1, 17, whole.length - 1]) {
      const after = turned[index]?.position ?? START
      assert.deepEqual(
        ids(await c.readAll(store, { direction: 'backwards', limit: 9, after })),
        ids(turned.slice(index + 1)),
      )
    }
  })

  test('without a filter everything comes, in the same order', async (c, store) => {
    const start = await store.head()
    await fill(c, store)
    const seen: RecordedEvent[] = []
    for (let after = start; ; ) {
      const page = await store.readAll({ after, limit: 11 })
      seen.push(...page.events)
      after = page.checkedThrough
      if (page.end) break
    }
    assert.ok(growing(seen))
    const mixed = await c.readAll(store, {
      filter: { categories: ['one', 'two', 'c'].map((name) => c.category(name)) },
    })
    assert.equal(mixed.length, 100)
    const mine = new Set(ids(mixed))
    assert.deepEqual(ids(seen.filter((event) => mine.has(event.id))), ids(mixed))
    const newest = await store.readAll({ direction: 'backwards', limit: 1 })
    assert.equal(newest.events[0]?.id, seen.at(-1)?.id)
  })

  test('a needle is found in many thousand others, and none of the others is left out', async (c, store) => {
    const hay = c.category('hay')
    const needles = [c.event({}, c.type('needle')), c.event({}, c.type('needle'))]
    const straws: EventToAppend[] = []
    await c.append(store, c.stream(), needles.slice(0, 1), 'none')
    for (let round = 0; round < 24; round += 1) {
      const events = Array.from({ length: 500 }, (_, index) => c.event({}, c.type(`straw${index % 3}`)))
      straws.push(...events)
      await c.append(store, c.stream(hay), events, 'none')
    }
    await c.append(store, c.stream(), needles.slice(1), 'none')
    const [type, first, second] = [c.type('needle'), c.type('straw0'), c.type('straw1')]
    const both = straws.filter((straw) => straw.type === first || straw.type === second)
    for (const [filter, wanted] of [
      [{ types: [type] }, needles],
      [{ types: [type, c.type('never')] }, needles],
      [{ categories: [c.category()] }, needles],
      [{ types: [first, second] }, both],
      [{ types: [first, type] }, [needles[0], ...straws.filter((straw) => straw.type === first), needles[1]]],
      [{ categories: [hay] }, straws],
    ] as const) {
      const expected = wanted.map((event) => event?.id)
      for (const limit of [777, 5_000]) {
        assert.deepEqual(ids(await c.readAll(store, { filter, limit })), expected)
        assert.deepEqual(ids(await c.readAll(store, { filter, limit, direction: 'backwards' })), expected.toReversed())
      }
    }
  })
}

/** Sixty events in this case's category, and forty in two others, mixed. Returns the sixty in order. */
async function fill(c: EventStoreCase, store: EventStore): Promise<RecordedEvent[]> {
  for (let round = 0; round < 20; round += 1) {
    const other = c.category(round % 2 === 0 ? 'one' : 'two')
    await c.append(store, c.stream(), c.events(3), 'none')
    const events = [c.event({}, c.type('red')), c.event({}, c.type(round % 3 === 0 ? 'blue' : 'happened'))]
    await c.append(store, c.stream(other), events, 'none')
  }
  const whole = await c.readAll(store)
  assert.equal(whole.length, 60)
  assert.ok(growing(whole))
  return whole
}

function growing(events: readonly RecordedEvent[]): boolean {
  return events.every((event, index) => {
    const before = events[index - 1]
    return before === undefined || comparePositions(before.position, event.position) < 0
  })
}

import assert from 'node:assert/strict'
import { type ExpectedVersion, MAX_EVENT_BYTES } from '../event-store.ts'
import { type EventStoreTest, ids, refusalOf } from './event-store-case.ts'

const WRITERS = 64

/** Expected versions, repetition, conflicts, and many writers at once. */
export function appendCases(test: EventStoreTest): void {
  test('the first append creates the stream at version 1 and later ones count on', async (c, store) => {
    const stream = c.stream()
    const first = await c.append(store, stream, c.events(2), 'none')
    const second = await c.append(store, stream, c.events(3), 2)
    assert.deepEqual([first.version, first.repeated], [2, false])
    assert.deepEqual([second.version, second.repeated], [5, false])
    const stored = await store.readStream(stream)
    assert.deepEqual(
      stored.map((event) => event.version),
      [1, 2, 3, 4, 5],
    )
    assert.equal(first.position, stored[1]?.position)
    assert.equal(second.position, stored[4]?.position)
  })

  test('a stream that must be new is created once, and the second creation learns the actual version', async (c, store) => {
    const stream = c.stream()
    await c.append(store, stream, c.events(3), 'none')
    const refused = await refusalOf(c.append(store, stream, c.events(1), 'none'))
    assert.deepEqual([refused.code, refused.actual], ['STREAM_ALREADY_EXISTS', 3])
  })

  test('expected version 0 means that the stream must be new', async (c, store) => {
    const stream = c.stream()
    assert.equal((await c.append(store, stream, c.events(1), 0)).version, 1)
    const refused = await refusalOf(c.append(store, stream, c.events(1), 0))
    assert.deepEqual([refused.code, refused.actual], ['STREAM_ALREADY_EXISTS', 1])
  })

  test('a stream that must exist is refused when it does not, and takes the event when it does', async (c, store) => {
    const stream = c.stream()
    assert.equal((await refusalOf(c.append(store, stream, c.events(1), 'exists'))).code, 'STREAM_NOT_FOUND')
    await c.append(store, stream, c.events(1), 'none')
    assert.equal((await c.append(store, stream, c.events(1), 'exists')).version, 2)
  })

  test('any version appends to a new stream and to an old one', async (c, store) => {
    const stream = c.stream()
    assert.equal((await c.append(store, stream, c.events(1), 'any')).version, 1)
    assert.equal((await c.append(store, stream, c.events(2), 'any')).version, 3)
  })

  for (const [place, expected, actual] of [
    ['behind', 1, 3],
    ['ahead', 7, 3],
  ] as const) {
    test(`a version ${place} is refused with the expected and the actual one`, async (c, store) => {
      const stream = c.stream()
      await c.append(store, stream, c.events(3), 'none')
      const refused = await refusalOf(c.append(store, stream, c.events(1), expected))
      assert.deepEqual(refused, { ...refused, code: 'WRONG_EXPECTED_VERSION', expected, actual })
    })
  }

  test('a version of a stream that does not exist is refused with actual 0', async (c, store) => {
    const refused = await refusalOf(c.append(store, c.stream(), c.events(1), 4))
    assert.deepEqual(refused, { ...refused, code: 'WRONG_EXPECTED_VERSION', expected: 4, actual: 0 })
  })

  for (const expected of ['none', 'exists', 'any', 2] as const satisfies readonly ExpectedVersion[]) {
    for (const count of [1, 3]) {
      const what = count === 1 ? 'one event' : `${count} events`
      test(`repeating an append of ${what} (expected ${expected}) after an unknown outcome writes nothing twice`, async (c, store) => {
        const stream = c.stream()
        if (expected !== 'none') await c.append(store, stream, c.events(2), 'none')
        const events = c.events(count)
        const first = await c.append(store, stream, events, expected)
        // Others may have gone on meanwhile.
        const later = c.events(2)
        await c.append(store, stream, later, first.version)
        const again = await c.append(store, stream, events, expected)
        assert.deepEqual(again, { version: first.version, position: first.position, repeated: true })
        assert.deepEqual(ids(await store.readStream(stream, { from: first.version - count + 1 })), [
          ...ids(events),
          ...ids(later),
        ])
        assert.equal((await c.readAll(store)).length, first.version + 2)
      })
    }
  }

  test('two repetitions on their way at the same time end in one write', async (c, store) => {
    const stream = c.stream()
    const events = c.events(2)
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => c.append(store, stream, events, 'none')))
    assert.equal(outcomes.filter((outcome) => !outcome.repeated).length, 1)
    assert.deepEqual(new Set(outcomes.map((outcome) => `${outcome.version} ${outcome.position}`)).size, 1)
    assert.deepEqual(ids(await store.readStream(stream)), ids(events))
  })

  for (const expected of ['none', 'any', 'exists', 0] as const) {
    test(`an append of which only a part is there (expected ${expected}) is a conflict, not a repetition`, async (c, store) => {
      const stream = c.stream()
      const [one, two] = c.events(2) as [ReturnType<typeof c.event>, ReturnType<typeof c.event>]
      await c.append(store, stream, [one, two], 'none')
      const other = c.event()
      for (const mixed of [
        [one, other],
        [other, two],
      ]) {
        const refused = await refusalOf(c.append(store, stream, mixed, expected))
        assert.deepEqual([refused.code, refused.actual], ['WRONG_EXPECTED_VERSION', 2])
      }
      assert.deepEqual(ids(await store.readStream(stream)), ids([one, two]))
    })
  }

  test('the same events at another version are a conflict', async (c, store) => {
    const stream = c.stream()
    const events = c.events(2)
    await c.append(store, stream, events, 'none')
    await c.append(store, stream, c.events(3), 2)
    assert.equal((await refusalOf(c.append(store, stream, events, 3))).code, 'WRONG_EXPECTED_VERSION')
  })

  test('the same event ids in another stream are other events', async (c, store) => {
    const events = c.events(2)
    const streams = [c.stream(), c.stream()]
    for (const stream of streams) {
      assert.equal((await c.append(store, stream, events, 'none')).repeated, false)
    }
    for (const stream of streams) assert.deepEqual(ids(await store.readStream(stream)), ids(events))
  })

  test('a refused append leaves no trace: not in its stream, not in the order of all', async (c, store) => {
    const [taken, absent] = [c.stream(), c.stream()]
    const before = await c.append(store, taken, c.events(1), 'none')
    await refusalOf(c.append(store, taken, c.events(3), 'none'))
    await refusalOf(c.append(store, taken, c.events(3), 5))
    await refusalOf(c.append(store, absent, c.events(2), 'exists'))
    await refusalOf(c.append(store, absent, c.events(2), 3))
    await refusalOf(c.append(store, absent, [c.event(), c.event('x'.repeat(MAX_EVENT_BYTES + 1))], 'none'))
    assert.equal((await store.readStream(taken)).length, 1)
    assert.deepEqual(await store.readStream(absent), [])
    assert.deepEqual(await c.readAll(store, { after: before.position }), [])
    const next = await c.append(store, absent, c.events(1), 'none')
    assert.equal(next.version, 1)
    if (c.harness.gaplessPositions) assert.equal(Number(next.position), Number(before.position) + 1)
  })

  test('a conflict does not disturb the appends beside it', async (c, store) => {
    const taken = c.stream()
    await c.append(store, taken, c.events(1), 'none')
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        index % 2 === 0
          ? c.append(store, c.stream(), c.events(2), 'none')
          : c.append(store, taken, c.events(1), 'none'),
      ),
    )
    for (const [index, outcome] of outcomes.entries()) {
      assert.equal(outcome.status, index % 2 === 0 ? 'fulfilled' : 'rejected')
    }
    assert.equal((await c.readAll(store)).length, 21)
  })

  test(`of ${WRITERS} writers on one version of one stream exactly one wins, and the others learn the version`, async (c, store) => {
    const stream = c.stream()
    for (let version = 0; version < 5; version += 1) {
      const outcomes = await Promise.allSettled(
        Array.from({ length: WRITERS }, () => c.append(store, stream, c.events(1), version)),
      )
      assert.equal(outcomes.filter((outcome) => outcome.status === 'fulfilled').length, 1)
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') {
          const refused = await refusalOf(Promise.reject(outcome.reason))
          assert.equal(refused.actual, version + 1)
        }
      }
    }
    assert.equal((await store.readStream(stream)).length, 5)
  })

  test(`${WRITERS} writers that try again after each conflict lose nothing on one stream`, async (c, store) => {
    const stream = c.stream()
    const written = await Promise.all(
      Array.from({ length: WRITERS }, async () => {
        const events = c.events(1)
        for (;;) {
          const version = (await store.readStream(stream)).length
          try {
            await c.append(store, stream, events, version)
            return events
          } catch (error) {
            await refusalOf(Promise.reject(error))
          }
        }
      }),
    )
    const stored = await store.readStream(stream)
    assert.deepEqual(ids(stored).toSorted(), ids(written.flat()).toSorted())
    assert.deepEqual(
      stored.map((event) => event.version),
      stored.map((_, index) => index + 1),
    )
  })

  test(`${WRITERS} writers on streams of their own make one order: none lost, none doubled, each stream in order`, async (c, store) => {
    const start = await store.head()
    const answers = await Promise.all(
      Array.from({ length: WRITERS }, async () => {
        const stream = c.stream()
        const acknowledged: string[] = []
        for (let version = 0; version < 10; ) {
          const events = c.events(1 + (version % 3))
          const appended = await c.append(store, stream, events, version)
          assert.equal(appended.version, version + events.length)
          version = appended.version
          acknowledged.push(...ids(events))
        }
        return { stream, acknowledged }
      }),
    )
    const all = await c.readAll(store, { after: start, limit: 37 })
    assert.deepEqual(ids(all).toSorted(), answers.flatMap((answer) => answer.acknowledged).toSorted())
    for (const { stream, acknowledged } of answers) {
      assert.deepEqual(ids(all.filter((event) => event.stream === stream)), acknowledged)
    }
    if (c.harness.gaplessPositions) {
      const first = Number(start) + 1
      assert.deepEqual(
        all.map((event) => Number(event.position)),
        all.map((_, index) => first + index),
      )
    }
  })
}

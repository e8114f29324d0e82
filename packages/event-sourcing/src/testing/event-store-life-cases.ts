import assert from 'node:assert/strict'
import { fakeClock } from '../clock.ts'
import { type EventStoreTest, ids, refusalOf } from './event-store-case.ts'

const DAY = 24 * 60 * 60 * 1000

/** Opening, closing, hints and time. */
export function lifeCases(test: EventStoreTest): void {
  test('everything is there after closing and opening again, and counting goes on', async (c, store) => {
    const stream = c.stream()
    const first = c.events(3)
    const { position } = await c.append(store, stream, first, 'none')
    await store.close()
    const again = await c.harness.open()
    try {
      assert.deepEqual(ids(await again.readStream(stream)), ids(first))
      assert.equal((await c.append(again, stream, first, 'none')).repeated, true)
      const next = await c.append(again, stream, c.events(1), 3)
      assert.equal(next.version, 4)
      assert.deepEqual(
        (await c.readAll(again, { after: position })).map((event) => event.position),
        [next.position],
      )
    } finally {
      await again.close()
    }
  })

  test('closing finishes the appends already accepted and refuses later ones', async (c, store) => {
    const accepted = c.events(40)
    const answers = accepted.map((event) => c.append(store, c.stream(), [event], 'none'))
    const closing = store.close()
    const refused = await refusalOf(c.append(store, c.stream(), c.events(1), 'none'))
    assert.equal(refused.code, 'STORE_CLOSED')
    for (const answer of await Promise.all(answers)) assert.equal(answer.version, 1)
    await closing
    await store.close()
    for (const late of [
      () => c.append(store, c.stream(), c.events(1), 'none'),
      () => store.readStream(c.stream()),
      () => store.readAll(),
      () => store.head(),
    ]) {
      assert.equal((await refusalOf(late())).code, 'STORE_CLOSED')
    }
    const again = await c.harness.open()
    try {
      assert.deepEqual(ids(await c.readAll(again)).toSorted(), ids(accepted).toSorted())
    } finally {
      await again.close()
    }
  })

  test('closing in the middle of many writers loses nothing that was acknowledged and adds nothing that was refused', async (c, store) => {
    const acknowledged: string[] = []
    const refusals: string[] = []
    const writers = Array.from({ length: 16 }, async () => {
      const stream = c.stream()
      for (let version = 0; ; version += 1) {
        const events = c.events(1)
        try {
          await c.append(store, stream, events, version)
          acknowledged.push(...ids(events))
        } catch (error) {
          assert.equal((await refusalOf(Promise.reject(error))).code, 'STORE_CLOSED')
          refusals.push(...ids(events))
          return
        }
      }
    })
    await c.until('some appends', () => acknowledged.length >= 50)
    await store.close()
    await Promise.all(writers)
    const again = await c.harness.open()
    try {
      assert.deepEqual(ids(await c.readAll(again)).toSorted(), acknowledged.toSorted())
      assert.equal(refusals.length, 16)
    } finally {
      await again.close()
    }
  })

  test('a listener hears of appended events, which can be read by then, until it stops listening', async (c, store) => {
    const stream = c.stream()
    let heard = 0
    let readable = 0
    const stop = store.onAppended(() => {
      heard += 1
      void store.readStream(stream).then((events) => {
        readable = Math.max(readable, events.length)
      })
    })
    await c.append(store, stream, c.events(2), 'none')
    await c.until('the listener to see both events', () => readable === 2)
    stop()
    const before = heard
    const others: string[] = []
    const stopOther = store.onAppended(() => others.push('heard'))
    await c.append(store, stream, c.events(1), 2)
    await c.until('the other listener', () => others.length > 0)
    stopOther()
    assert.equal(heard, before)
  })

  test('events are dated, and a clock set back a day changes neither order nor versions', async (c, store) => {
    await store.close()
    const clock = fakeClock('2026-03-02T08:00:00.000Z')
    const dated = await c.harness.open({ clock })
    try {
      const stream = c.stream()
      await c.append(dated, stream, c.events(2), 'none')
      clock.advance(-DAY)
      await c.append(dated, stream, c.events(1), 2)
      clock.advance(DAY + 1)
      await c.append(dated, stream, c.events(1), 3)
      const stored = await dated.readStream(stream)
      assert.deepEqual(
        stored.map((event) => event.version),
        [1, 2, 3, 4],
      )
      assert.deepEqual(ids(await c.readAll(dated)), ids(stored))
      if (c.harness.usesGivenClock) {
        assert.deepEqual(
          stored.map((event) => event.time),
          [
            '2026-03-02T08:00:00.000Z',
            '2026-03-02T08:00:00.000Z',
            '2026-03-01T08:00:00.000Z',
            '2026-03-02T08:00:00.001Z',
          ],
        )
      }
    } finally {
      await dated.close()
    }
  })
}

import assert from 'node:assert/strict'
import type { AppendedEvents, EventStore, RecordedEvent } from '../event-store.ts'
import { type EventStoreTest, ids, refusalOf } from './event-store-case.ts'

/** For a store that hands over what was appended; two of its stores can be open at a time. */
export function feedCases(test: EventStoreTest): void {
  test('what is handed over is what a read gives, without a hole and in the order of the store', async (c, store) => {
    const heard = listen(store)
    const streams = Array.from({ length: 12 }, () => c.stream())
    const { position: start } = await c.append(store, c.stream(), c.events(1), 'none')
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(streams.map((stream, n) => c.append(store, stream, c.events(1 + (n % 3)), 'any')))
    }
    await c.append(store, c.stream(), [c.event(ODD), c.event(undefined), c.event()], 'none', ODD_META)
    const stored = await c.readAll(store)
    await c.until('every event', () => handedOver(heard).length === stored.length)
    assert.deepEqual(handedOver(heard), stored)
    let through = start
    for (const [index, hint] of heard.hints.entries()) {
      if (index > 0) assert.equal(hint?.after, through)
      through = hint?.events.at(-1)?.position ?? through
      assert.deepEqual([hint?.through, hint?.count], [through, hint?.events.length])
      assert.deepEqual([...(hint?.types ?? [])].sort(), [...new Set(hint?.events.map(({ type }) => type))].sort())
      assert.deepEqual((await store.readAll({ after: hint?.after ?? '', limit: 1 })).events, hint?.events.slice(0, 1))
    }
  })

  test('conflicts and repeated appends are not handed over, neither alone nor among others', async (c, store) => {
    const heard = listen(store)
    const stream = c.stream()
    const first = c.events(2)
    await c.append(store, stream, first, 'none')
    const others = Array.from({ length: 6 }, () => c.events(1))
    const outcomes = others.map((events) => c.append(store, c.stream(), events, 'none'))
    const repeats = Array.from({ length: 3 }, () => c.append(store, stream, first, 'none'))
    const conflicts = Array.from({ length: 3 }, () => refusalOf(c.append(store, stream, c.events(1), 1)))
    await Promise.all([...outcomes, ...repeats, ...conflicts])
    for (const { repeated } of await Promise.all(repeats)) assert.equal(repeated, true)
    const again = await c.append(store, stream, first, 'none')
    assert.equal(again.repeated, true)
    const last = c.events(1)
    await c.append(store, stream, last, 2)
    await c.until('the last event', () => ids(handedOver(heard)).includes(last[0]?.id ?? ''))
    assert.deepEqual(ids(handedOver(heard)), ids([...first, ...others.flat(), ...last]))
  })

  test('what a caller changes after the call is not handed over', async (c, store) => {
    const heard = listen(store)
    const data = { stage: 'open' }
    const meta = { correlationId: 'c', actor: 'tester', office: 'demo' }
    const appending = c.append(store, c.stream(), [c.event(data)], 'none', meta)
    data.stage = 'changed'
    meta.actor = 'changed'
    await appending
    await c.until('the event', () => handedOver(heard).length === 1)
    const [event] = handedOver(heard)
    assert.deepEqual([event?.data, event?.meta.actor], [{ stage: 'open' }, 'tester'])
  })

  test('what another process appends in between shows as a gap', async (c, store) => {
    const other = await c.harness.open()
    try {
      const heard = listen(store)
      const own: RecordedEvent[] = []
      for (let round = 0; round < 3; round += 1) {
        await c.append(other, c.stream(), c.events(2), 'none')
        const before = await other.head()
        await c.append(store, c.stream(), c.events(1), 'none')
        await c.until('the hint', () => heard.hints.length === round + 1)
        const hint = heard.hints.at(-1)
        assert.equal(hint?.after, before)
        own.push(...(await c.readAll(store, { after: before })))
      }
      assert.deepEqual(handedOver(heard), own)
    } finally {
      await other.close()
    }
  })
}

const ODD = {
  text: '督导 𠮷野家 \u0000\u2028\ufeff"\\/',
  half: 'a\ud83d',
  missing: undefined,
  list: [undefined, Number.NaN, -0, 1e21],
  at: new Date(0),
  own: { toJSON: () => 'as it says itself' },
}

const ODD_META = { correlationId: '相关', actor: '𠮷"\\\u0000', office: 'demo', commandHash: '\ud800' }

interface Heard {
  readonly hints: (AppendedEvents | undefined)[]
}

function listen(store: EventStore): Heard {
  const hints: (AppendedEvents | undefined)[] = []
  store.onAppended((appended) => {
    hints.push(appended)
  })
  return { hints }
}

function handedOver({ hints }: Heard): RecordedEvent[] {
  return hints.flatMap((hint) => hint?.events ?? [])
}

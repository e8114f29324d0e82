import assert from 'node:assert/strict'
import { MAX_EVENT_BYTES } from '../event-store.ts'
import { type EventStoreTest, refusalOf } from './event-store-case.ts'

const ODD: readonly (readonly [string, unknown])[] = [
  ['nothing but an empty object', {}],
  ['null', null],
  ['a bare word, an empty word, a list', ['word', '', [], [[]], false]],
  ['Chinese, astral characters and combining marks', { text: '督导 𠮷野家 👩‍👩‍👧 é é \u{10ffff}', 键: '值', 𠮷: 1 }],
  ['lone surrogates', { high: 'a\ud83d', low: '\ude00b', turned: '\ude00\ud83d', '\ud800': 1 }],
  [
    'control characters, line and paragraph separators, a byte order mark',
    '\u0000\u0001\t\r\n\u2028\u2029\ufeff\u007f"\\/',
  ],
  ['numbers at the edges', [0, 1e21, -1e-7, 2 ** 53 - 1, -(2 ** 53), Number.MAX_VALUE, Number.MIN_VALUE, 0.1 + 0.2]],
  [
    'keys that look like numbers or like parts of an object',
    { 10: 'a', 2: 'b', '': 'c', constructor: 'd', toJSON: 'e' },
  ],
  ['commas and brackets that could be mistaken for the end of an event', ['],[', '},{', '","', '--', "');--"]],
  ['many keys', Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`key${index}`, index]))],
  ['a value nested a thousand deep', nested(1_000)],
]

/** What an event may carry: everything JSON can say, up to the limit, byte for byte. */
export function payloadCases(test: EventStoreTest): void {
  for (const [what, data] of ODD) {
    test(`data comes back as it was: ${what}`, async (c, store) => {
      const stream = c.stream()
      await c.append(store, stream, [c.event({ before: true }), c.event(data), c.event({ after: true })], 'none')
      const wanted = [{ before: true }, JSON.parse(JSON.stringify(data)), { after: true }]
      assert.deepEqual(
        (await store.readStream(stream)).map((event) => event.data),
        wanted,
      )
      assert.deepEqual(
        (await c.readAll(store)).map((event) => event.data),
        wanted,
      )
    })
  }

  test('a key named __proto__ is data and changes no object', async (c, store) => {
    const stream = c.stream()
    const text = '{"__proto__":{"polluted":true},"a":{"__proto__":null}}'
    await c.append(store, stream, [c.event(JSON.parse(text))], 'none')
    for (const [event] of [await store.readStream(stream), await c.readAll(store)]) {
      assert.equal(JSON.stringify(event?.data), text)
    }
    assert.equal(Reflect.get({}, 'polluted'), undefined)
  })

  test('odd text in the envelope comes back as it was', async (c, store) => {
    const stream = `${c.stream()}-学校 𠮷/%_'"\\;?#`
    const type = `${c.type()}-督导.v1`
    const meta = { correlationId: '相关', actor: '𠮷"\\\u0000', office: 'demo', commandHash: '\ud800' }
    await c.append(store, stream, [c.event({}, type)], 'none', meta)
    for (const [event] of [await store.readStream(stream), await c.readAll(store)]) {
      assert.deepEqual([event?.stream, event?.type, event?.meta], [stream, type, meta])
    }
    assert.equal((await c.readAll(store, { filter: { types: [type] } })).length, 1)
  })

  test('an event of a megabyte comes back whole, alone and among small ones', async (c, store) => {
    const stream = c.stream()
    const big = { text: '督导'.repeat(75_000), list: Array.from({ length: 50_000 }, (_, index) => index) }
    const events = [c.event({ n: 1 }), c.event(big), c.event({ n: 3 })]
    for (const [index, event] of events.entries()) await c.append(store, stream, [event], index)
    assert.deepEqual((await store.readStream(stream))[1]?.data, big)
    assert.deepEqual(
      (await c.readAll(store)).map((event) => event.data),
      [{ n: 1 }, big, { n: 3 }],
    )
  })

  test('many large events come back in pages, none lost', async (c, store) => {
    const text = 'x'.repeat(500_000)
    for (let n = 0; n < 40; n += 1) await c.append(store, c.stream(), [c.event({ n, text })], 'none')
    for (const direction of ['forwards', 'backwards'] as const) {
      const numbers = (await c.readAll(store, { limit: 500, direction })).map((event) =>
        Reflect.get(Object(event.data), 'n'),
      )
      const wanted = Array.from({ length: 40 }, (_, n) => n)
      assert.deepEqual(numbers, direction === 'forwards' ? wanted : wanted.toReversed())
    }
  })

  test('an event beyond the limit is refused with its size and the limit, and takes its companions with it', async (c, store) => {
    const stream = c.stream()
    // Two bytes per character: the limit is on what is stored, not on what is counted.
    const data = 'é'.repeat(MAX_EVENT_BYTES / 2)
    const refused = await refusalOf(c.append(store, stream, [c.event(), c.event(data)], 'none'))
    assert.equal(refused.code, 'EVENT_TOO_LARGE')
    assert.equal(refused.limit, MAX_EVENT_BYTES)
    assert.ok(Number(refused.size) > MAX_EVENT_BYTES)
    assert.deepEqual(await store.readStream(stream), [])
  })

  test('what a caller changes after the call is not stored', async (c, store) => {
    const stream = c.stream()
    const data = { stage: 'open' }
    const appending = c.append(store, stream, [c.event(data)], 'none')
    data.stage = 'changed'
    await appending
    assert.deepEqual((await store.readStream(stream))[0]?.data, { stage: 'open' })
  })
}

function nested(depth: number): unknown {
  let value: unknown = '底'
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? { inner: value } : [value]
  return value
}

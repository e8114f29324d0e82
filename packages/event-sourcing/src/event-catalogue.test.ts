import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { z } from 'zod'
import { isDomainError } from './errors.ts'
import { eventCatalogue } from './event-catalogue.ts'
import type { RecordedEvent } from './event-store.ts'

const V1 = z.object({ times: z.number() })
const V2 = z.object({ strokes: z.number() })

/** A bell was rung `times` in v1, with so many `strokes` in v2, and by somebody since v3. */
const bells = eventCatalogue({
  BellRung: {
    stored: 'bell-rung.v3',
    schema: z.object({ strokes: z.number().int().positive(), by: z.string().nullable() }),
    upcasters: {
      'bell-rung.v1': { to: 'bell-rung.v2', upcast: (data) => ({ strokes: V1.parse(data).times }) },
      'bell-rung.v2': { to: 'bell-rung.v3', upcast: (data) => ({ ...V2.parse(data), by: null }) },
    },
  },
  BellCast: { stored: 'bell-cast.v1', schema: z.object({}) },
})

function recorded(type: string, data: unknown): RecordedEvent {
  const meta = { correlationId: 'c', actor: 'a', office: 'yongchuan' }
  return {
    id: 'e',
    stream: 'bell-yongchuan-a',
    version: 1,
    position: '1',
    type,
    time: '2026-01-01T00:00:00Z',
    data,
    meta,
  }
}

describe('a catalogue with older versions', () => {
  test('reads every version as the newest, step by step, and keeps the name it was stored under', () => {
    const versions: [string, unknown, unknown][] = [
      ['bell-rung.v1', { times: 3 }, { strokes: 3, by: null }],
      ['bell-rung.v2', { strokes: 4 }, { strokes: 4, by: null }],
      ['bell-rung.v3', { strokes: 5, by: 'warden' }, { strokes: 5, by: 'warden' }],
    ]
    for (const [stored, data, expected] of versions) {
      const event = bells.decode(recorded(stored, data))
      assert.deepEqual([event.type, event.data, event.envelope.type], ['BellRung', expected, stored])
    }
  })

  test('writes the newest only', () => {
    const encoded = bells.encode({ type: 'BellRung', data: { strokes: 1, by: null } })
    assert.deepEqual(encoded, { type: 'bell-rung.v3', data: { strokes: 1, by: null } })
  })

  test('asks the store for all of them', () => {
    assert.deepEqual(bells.storedNamesOf(['BellRung']).toSorted(), ['bell-rung.v1', 'bell-rung.v2', 'bell-rung.v3'])
    assert.ok(bells.owns('bell-rung.v1'))
  })

  test('an old event that no longer makes a valid new one is unreadable, and so is one of an unknown version', () => {
    for (const event of [recorded('bell-rung.v2', { strokes: -1 }), recorded('bell-rung.v4', { strokes: 1, by: null })])
      assert.throws(
        () => bells.decode(event),
        (error) => isDomainError(error, 'EVENT_UNREADABLE'),
      )
  })
})

test('a chain of upcasters that never comes to the newest version is refused when it is declared', () => {
  const upcast = (data: unknown): unknown => data
  const declare = (upcasters: Record<string, { to: string; upcast: typeof upcast }>): unknown =>
    eventCatalogue({ BellRung: { stored: 'rung.v3', schema: z.object({}), upcasters } })
  assert.throws(() => declare({ 'rung.v1': { to: 'rung.v2', upcast } }), /no upcaster leads from rung\.v1 to rung\.v3/)
  assert.throws(
    () => declare({ 'rung.v1': { to: 'rung.v2', upcast }, 'rung.v2': { to: 'rung.v1', upcast } }),
    /no upcaster leads from rung\.v1/,
  )
  assert.throws(() => declare({ 'rung.v3': { to: 'rung.v3', upcast } }), /declared twice/)
})

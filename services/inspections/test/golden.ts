import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type EventCatalogue, streamName } from '@dulian/event-sourcing'

type AnyEvent = { readonly type: string; readonly data: unknown }

/** Every stored version of a stream's events has a golden file that is still read; today's version is read unchanged. */
export function goldenEvents<E extends AnyEvent>(catalogue: EventCatalogue<E>, folder: URL): void {
  for (const stored of catalogue.storedNames) {
    test(`the golden ${stored} is still read, and written as it was`, () => {
      const data: unknown = JSON.parse(readFileSync(new URL(`${stored}.json`, folder), 'utf8'))
      const { type, data: read } = catalogue.decode({
        id: '00000000-0000-5000-8000-000000000000',
        stream: streamName('golden', 'yongchuan', '1'),
        version: 1,
        position: '1',
        type: stored,
        time: '2026-11-02T01:00:00.000Z',
        data,
        meta: { correlationId: 'golden', actor: 'golden', office: 'yongchuan' },
      })
      assert.deepEqual(catalogue.encode({ type, data: read } as E), { type: stored, data })
    })
  }

  test('there is no golden file of an event that nobody declares', () => {
    const files = readdirSync(folder).map((name) => name.replace(/\.json$/, ''))
    assert.deepEqual(files.sort(), [...catalogue.storedNames].sort())
  })
}

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { EventCatalogue } from '../event-catalogue.ts'

type AnyEvent = { readonly type: string; readonly data: unknown }

/**
 * Every stored version of a stream's events has a golden file, `<stored name>.json`, that is read for ever; what is of
 * today's version is written again as it stands there.
 */
export function goldenFilesSuite<E extends AnyEvent>(catalogue: EventCatalogue<E>, folder: URL): void {
  for (const stored of catalogue.storedNames) {
    test(`the golden ${stored} is still read, and written as it was`, () => {
      const data: unknown = JSON.parse(readFileSync(new URL(`${stored}.json`, folder), 'utf8'))
      const event = catalogue.decode({
        id: '00000000-0000-5000-8000-000000000000',
        stream: 'golden-yongchuan-1',
        version: 1,
        position: '1',
        type: stored,
        time: '2026-11-02T01:00:00.000Z',
        data,
        meta: { correlationId: 'golden', actor: 'golden', office: 'yongchuan' },
      })
      const { type, data: read } = event
      const again = catalogue.encode({ type, data: read } as E)
      if (again.type === stored) assert.deepEqual(again.data, data)
      else assert.ok(catalogue.storedNamesOf([type]).includes(again.type))
    })
  }

  test('there is a golden file of every declared event and of no other', () => {
    const files = readdirSync(folder).map((name) => name.replace(/\.json$/, ''))
    assert.deepEqual(files.toSorted(), [...catalogue.storedNames].toSorted())
  })
}

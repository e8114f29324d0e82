import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { EventCatalogue } from '@dulian/event-sourcing'

/** Reads the golden file of every stored version through the catalogue: what was stored once can be read for ever. */
export function testGoldenFixtures<E extends { readonly type: string; readonly data: unknown }>(
  stream: string,
  catalogue: EventCatalogue<E>,
  folder: URL,
): void {
  test(`every stored version of the ${stream} stream has a golden file that is still read`, () => {
    const files = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))
    assert.deepEqual(files.toSorted(), [...catalogue.storedNames].toSorted())
    for (const stored of files) {
      const data: unknown = JSON.parse(readFileSync(new URL(`${stored}.json`, folder), 'utf8'))
      const event = catalogue.decode({
        id: '0197a000-0000-7000-8000-00000000e001',
        stream: `${stream}-yongchuan-0197a000-0000-7000-8000-00000000e000`,
        version: 1,
        position: '1',
        type: stored,
        time: '2026-11-22T00:00:00.000Z',
        data,
        meta: { correlationId: 'c', actor: 'a', office: 'yongchuan' },
      })
      const { type, data: read } = event
      const again = catalogue.encode({ type, data: read } as E)
      if (again.type === stored) assert.deepEqual(again.data, data)
    }
  })
}

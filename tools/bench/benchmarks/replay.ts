import { join } from 'node:path'
import type { EventStore } from '@dulian/event-sourcing'
import { openSqliteEvents } from '@dulian/event-store-sqlite'
import type { Benchmark } from '../benchmark.ts'
import { workloadAppend } from '../workload.ts'

const PAGE = 1_000
const REPLAY = 'readAll'
const PARSE = 'JSON.parse'

/**
 * Reads a whole store from the first event to the last. The reference has the same bytes — data and meta of each event,
 * as UTF-8 in memory — and does nothing but make a string of each event and parse it.
 */
export const benchmark: Benchmark = {
  names: ['replay'],
  async prepare({ folder, quick, progress }) {
    const count = quick ? 100_000 : 1_000_000
    const store = openSqliteEvents({ file: join(folder, 'events.db') })
    await fill(store, count, progress)
    const pages = await bareBytes(store)
    return {
      rounds: 5,
      contestants: {
        [REPLAY]: async () => {
          const begin = performance.now()
          let read = 0
          let checksum = 0
          for (let after = '0', end = false; !end; ) {
            const page = await store.readAll({ after, limit: PAGE })
            for (const { version, data, meta } of page.events) checksum += version + (data === meta ? 1 : 0)
            read += page.events.length
            after = page.checkedThrough
            end = page.end
          }
          if (read !== count || checksum === 0) throw new Error(`replayed ${read} of ${count} events`)
          return (count * 1_000) / (performance.now() - begin)
        },
        [PARSE]: async () => {
          const begin = performance.now()
          let parsed = 0
          for (const { bytes, ends } of pages) {
            let from = 0
            for (const to of ends) {
              if (JSON.parse(bytes.toString('utf8', from, to)) !== null) parsed += 1
              from = to
            }
          }
          if (parsed !== count) throw new Error(`parsed ${parsed} of ${count} events`)
          return (count * 1_000) / (performance.now() - begin)
        },
      },
      rows: [{ name: 'replay', unit: 'events/s', measured: REPLAY, reference: PARSE, reach: '≥0.70' }],
      dispose: () => store.close(),
    }
  },
}

async function fill(store: EventStore, count: number, progress: (message: string) => void): Promise<void> {
  const group = 64
  for (let first = 0; first < count; first += group) {
    const appends = Array.from({ length: Math.min(group, count - first) }, (_, index) => workloadAppend(first + index))
    await Promise.all(
      appends.map(({ stream, event, expected, meta }) => store.append(stream, [event], { expected, meta })),
    )
    if (first % 200_000 < group && first >= group) progress(`  stored ${first} of ${count} events`)
  }
}

/** What the reference parses, event by event: `{"data":…,"meta":…}`. Outside the heap, so that it costs no collection. */
async function bareBytes(store: EventStore): Promise<{ bytes: Buffer; ends: readonly number[] }[]> {
  const pages: { bytes: Buffer; ends: readonly number[] }[] = []
  for (let after = '0', end = false; !end; ) {
    const page = await store.readAll({ after, limit: PAGE })
    const texts = page.events.map(({ data, meta }) => Buffer.from(JSON.stringify({ data, meta })))
    let total = 0
    pages.push({
      bytes: Buffer.concat(texts),
      ends: texts.map((text) => {
        total += text.length
        return total
      }),
    })
    after = page.checkedThrough
    end = page.end
  }
  return pages
}

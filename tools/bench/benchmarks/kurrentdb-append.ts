import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { EventStore } from '@dulian/event-sourcing'
import { openKurrentEvents } from '@dulian/event-store-kurrentdb'
import { openSqliteEvents } from '@dulian/event-store-sqlite'
import { findEngine, noEngine } from '@dulian/test-engines'
import type { Benchmark } from '../benchmark.ts'
import { driveCallers } from '../callers.ts'
import { workloadAppend } from '../workload.ts'

const CALLERS = 64
const SERVER = 'KurrentDB port'
const EMBEDDED = 'embedded store'

/** The appends of `append-durable` by 64 callers: the same port on a server and in a file, one after the other. */
export const benchmark: Benchmark = {
  names: ['kurrentdb-append'],
  async prepare({ folder, quick }) {
    const engine = await findEngine('kurrentdb')
    if (engine === undefined) return noEngine('kurrentdb')
    const count = quick ? 2_000 : 20_000
    let runs = 0
    const appendTo = async (store: EventStore): Promise<number> => {
      runs += 1
      const streams = Map.groupBy(
        Array.from({ length: count }, (_, index) => workloadAppend(index, `r${runs}`)),
        ({ stream }) => stream,
      )
        .values()
        .toArray()
      const rate = await driveCallers(CALLERS, streams.length, async (index) => {
        for (const { stream, event, expected, meta } of streams[index] ?? []) {
          await store.append(stream, [event], { expected, meta })
        }
      })
      await store.close()
      return (rate * count) / streams.length
    }
    return {
      server: engine.title,
      contestants: {
        [SERVER]: () => appendTo(openKurrentEvents({ address: engine.address, service: `bench-${randomUUID()}` })),
        [EMBEDDED]: async () => {
          const file = join(folder, 'events.db')
          const rate = await appendTo(openSqliteEvents({ file }))
          rmSync(file)
          return rate
        },
      },
      rows: [
        {
          name: 'kurrentdb-append',
          unit: 'events/s',
          measured: SERVER,
          reference: EMBEDDED,
          reach: 'for comparison',
        },
      ],
      dispose: () => engine.stop(),
    }
  },
}

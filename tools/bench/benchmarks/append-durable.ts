import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openSqliteEvents } from '@dulian/event-store-sqlite'
import { BareFile } from '../bare-file.ts'
import type { Benchmark } from '../benchmark.ts'
import { driveCallers } from '../callers.ts'
import { type WorkloadAppend, workloadAppend } from '../workload.ts'

const CALLERS = 64
const GROUPED = 'group commit'
const UNGROUPED = 'one transaction per append'
const FILE = 'bare file, grouped fdatasync'
const SERIALISING_FILE = 'file that serialises, grouped fdatasync'

/**
 * Durable appends of ~500 bytes by 64 callers, each acknowledged after fsync. The bare file is handed the same events by
 * the same callers as lines that were made beforehand: it writes and syncs, and does nothing else. The file that
 * serialises is handed the events as the store is and makes the lines within the measured time.
 */
export const benchmark: Benchmark = {
  names: ['append-durable', 'append-durable-vs-serialising-file', 'append-durable-vs-ungrouped'],
  async prepare({ folder, quick }) {
    const count = quick ? 10_000 : 60_000
    const ungrouped = quick ? 2_000 : 6_000
    const appends = Array.from({ length: count }, (_, index) => workloadAppend(index))
    // One stream's events in turn, so that a stream's next event waits for the one before.
    const streams = Map.groupBy(appends, ({ stream }) => stream)
      .values()
      .toArray()
    const perStream = streams[0]?.length ?? 1
    let files = 0
    const store = async (events: number, groupAppends?: number): Promise<number> => {
      files += 1
      const file = join(folder, `events-${files}.db`)
      const opened = openSqliteEvents({ file, ...(groupAppends === undefined ? {} : { groupAppends }) })
      const rate = await driveCallers(CALLERS, events / perStream, async (index) => {
        for (const { stream, event, expected, meta } of streams[index] ?? []) {
          await opened.append(stream, [event], { expected, meta })
        }
      })
      await opened.close()
      rmSync(file)
      return rate * perStream
    }
    const lines = streams.map((stream) => stream.map(toLine))
    const bare = async (linesOf: (index: number) => Iterable<Uint8Array>): Promise<number> => {
      const path = join(folder, 'bare.jsonl')
      const file = new BareFile(path)
      const rate = await driveCallers(CALLERS, count / perStream, async (index) => {
        for (const line of linesOf(index)) await file.append(line)
      })
      file.close()
      rmSync(path)
      return rate * perStream
    }
    return {
      contestants: {
        [GROUPED]: () => store(count),
        [FILE]: () => bare((index) => lines[index] ?? []),
        [SERIALISING_FILE]: () => bare((index) => (streams[index] ?? []).map(toLine)),
        [UNGROUPED]: () => store(ungrouped, 1),
      },
      rows: [
        { name: 'append-durable', unit: 'events/s', measured: GROUPED, reference: FILE, reach: '≥0.45' },
        {
          name: 'append-durable-vs-serialising-file',
          unit: 'events/s',
          measured: GROUPED,
          reference: SERIALISING_FILE,
          reach: 'for comparison',
        },
        { name: 'append-durable-vs-ungrouped', unit: 'events/s', measured: GROUPED, reference: UNGROUPED, reach: '≥5' },
      ],
    }
  },
}

function toLine({ stream, event, meta }: WorkloadAppend): Uint8Array {
  return Buffer.from(`${JSON.stringify({ stream, event, meta })}\n`)
}

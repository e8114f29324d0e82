import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { findEngine, noEngine } from '@dulian/test-engines'
import type { SpaceDefinition, ViewEngine } from '@dulian/views'
import { openMongoViews } from '@dulian/views-mongodb'
import { openSqliteViews } from '@dulian/views-sqlite'
import type { Benchmark } from '../benchmark.ts'

const BATCH = 500
const SERVER = 'MongoDB port'
const EMBEDDED = 'embedded views'
const LEASE_MS = 600_000

/** Documents of about 400 bytes with two indexes, written in commits of 500 under a lease; each is written twice. */
export const benchmark: Benchmark = {
  names: ['mongodb-upsert'],
  async prepare({ folder, quick }) {
    const engine = await findEngine('mongodb')
    if (engine === undefined) return noEngine('mongodb')
    const count = quick ? 2_000 : 20_000
    const server = await openMongoViews({ address: engine.address, service: `bench-${randomUUID()}`, clock: Date.now })
    const embedded = openSqliteViews({ folder: join(folder, 'views'), clock: Date.now })
    return {
      server: engine.title,
      rounds: 5,
      contestants: {
        [SERVER]: () => upserts(server, count),
        [EMBEDDED]: () => upserts(embedded, count),
      },
      rows: [
        {
          name: 'mongodb-upsert',
          unit: 'documents/s',
          measured: SERVER,
          reference: EMBEDDED,
          reach: 'for comparison',
        },
      ],
      async dispose() {
        await server.close()
        await embedded.close()
        await engine.stop()
      },
    }
  },
}

async function upserts(engine: ViewEngine, count: number): Promise<number> {
  const definition: SpaceDefinition = {
    name: `bench-${randomUUID()}`,
    revision: 1,
    collections: { problems: { indexes: { byStage: ['office', 'stage'], byDue: ['office', 'dueOn'] } } },
  }
  const space = await engine.open(definition)
  const lease = await space.acquire('bench', LEASE_MS)
  if (lease === undefined) throw new Error('the space is new and yet taken')
  const begin = performance.now()
  let position = 0
  for (const stage of ['reported', 'verified']) {
    for (let written = 0; written < count / 2; written += BATCH) {
      const writes = Array.from({ length: BATCH }, (_, index) => {
        position += 1
        const n = written + index
        return {
          collection: 'problems',
          id: `problem-${n}`,
          version: String(position),
          document: {
            office: `office${n % 4}`,
            stage,
            dueOn: `2026-11-${String(1 + (n % 28)).padStart(2, '0')}`,
            title: '未做到：食堂留样记录齐全',
            demand: '补齐留样记录，并由专人每日核对',
            school: { id: `school-${n % 480}`, name: '示例第一小学' },
            steps: ['reported', 'decided'],
          },
        }
      })
      await space.commit(lease, { position: String(position), writes })
    }
  }
  const rate = (count * 1_000) / (performance.now() - begin)
  await space.close()
  return rate
}

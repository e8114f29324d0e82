import { parentPort, workerData } from 'node:worker_threads'
import { openSqliteViews } from '../index.ts'
import { batchOf, COUNTING } from './counting-view.ts'

/** What the rebuild test runs in a worker thread: fills the next generation, tells of each batch, swaps when told. */
const { folder, batches } = workerData as { folder: string; batches: number }
const engine = openSqliteViews({ folder })
const live = await engine.open(COUNTING)
const next = await live.beginGeneration()
const lease = await next.acquire('worker', 60_000)
if (lease === undefined) throw new Error('no lease for the worker')
for (let batch = 1; batch <= batches; batch += 1) {
  await next.commit(lease, batchOf(batch))
  parentPort?.postMessage(batch)
}
parentPort?.once('message', async () => {
  await live.promote(next)
  await engine.close()
  parentPort?.postMessage('promoted')
})

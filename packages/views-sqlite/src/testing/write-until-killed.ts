import { openSqliteViews } from '../index.ts'
import { batchOf, COUNTING } from './counting-view.ts'

/** What the kill test runs in a process of its own: commits for ever, printing each answered batch. */
const engine = openSqliteViews({ folder: process.argv[2] ?? '' })
const space = await engine.open(COUNTING)
const lease = await space.acquire('victim', 60_000)
if (lease === undefined) throw new Error('no lease for the victim')
for (let batch = Number(process.argv[3]); ; batch += 1) {
  await space.commit(lease, batchOf(batch))
  process.stdout.write(`${batch}\n`)
}

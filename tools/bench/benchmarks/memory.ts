import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Benchmark } from '../benchmark.ts'
import { Client } from './product/client.ts'
import { atRate } from './product/pace.ts'
import { signInHeads } from './product/people.ts'
import { startProduct, untilCaughtUp } from './product/product.ts'
import { residentMegabytes, type ServerProcess } from './product/server-process.ts'
import { openIssuer } from './product/sign-in.ts'
import { OFFICES, storeTasks } from './product/stored-tasks.ts'

const EVENTS_EACH = 10
const EMPTY = 'the same on an empty folder'

/** Resident memory of the all-in-one that has filled its views from the store and then served some reading and writing. */
export const benchmark: Benchmark = {
  names: ['memory'],
  async prepare({ folder, quick, progress }) {
    const events = quick ? 50_000 : 1_000_000
    const issuer = await openIssuer()
    const people = await signInHeads(issuer, OFFICES)
    const open = async (name: string, count: number): Promise<ServerProcess> => {
      const data = join(folder, name)
      mkdirSync(data)
      const tasks = await storeTasks(data, { tasks: count / EVENTS_EACH, eventsEach: EVENTS_EACH, progress })
      const product = await startProduct(data, issuer)
      await untilCaughtUp(product)
      const client = new Client(product.address)
      await atRate(100, 1_000, async (index) => {
        const person = people[index % OFFICES] ?? ''
        await client.get('/api/office/tasks?limit=50', person)
        const task = tasks[index]
        const body = { percent: 50, note: '本周完成进校督导。' }
        if (task !== undefined) {
          await client.command(`/api/office/tasks/${task.id}/progress`, person, body, EVENTS_EACH)
        }
      })
      client.close()
      return product
    }
    const name = `standalone after ${events.toLocaleString('en')} events`
    const filled = await open('filled', events)
    const empty = await open('empty', 0)
    const residentOf = (product: ServerProcess) => async (): Promise<number> => {
      await sleep(1_000)
      const megabytes = residentMegabytes(product.pid)
      if (megabytes === undefined) throw new Error('this system does not tell how much memory a process holds')
      return megabytes
    }
    return {
      rounds: 3,
      contestants: { [name]: residentOf(filled), [EMPTY]: residentOf(empty) },
      rows: [{ name: 'memory', unit: 'MB', measured: name, reference: EMPTY, reach: '≤400 MB' }],
      async dispose() {
        await filled.stop()
        await empty.stop()
        await issuer.close()
      },
    }
  },
}

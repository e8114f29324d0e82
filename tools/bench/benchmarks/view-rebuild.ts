import { setTimeout as sleep } from 'node:timers/promises'
import type { Benchmark } from '../benchmark.ts'
import { Client } from './product/client.ts'
import { atRate, percentile } from './product/pace.ts'
import { signInHeads } from './product/people.ts'
import { startProduct, untilCaughtUp } from './product/product.ts'
import { openIssuer } from './product/sign-in.ts'
import { OFFICES, officeOf, storeTasks } from './product/stored-tasks.ts'

const EVENTS_EACH = 10
const QUERIES_PER_SECOND = 50
const VIEW = 'tasks'
const REBUILD = 'rebuild of the tasks, in the running product'
const QUERY = 'p99 of queries to that view meanwhile'
const ALONE = 'p99 of the same queries without a rebuild'

interface Status {
  readonly views: readonly { readonly name: string; readonly generation: number; readonly rebuild: object | null }[]
}

/**
 * Rebuilds the office's view of tasks (three indexes, searchable words) as an operator does, while people go on reading
 * lists and single tasks from it. Measured from the request until the new generation is live, indexes included.
 */
export const benchmark: Benchmark = {
  names: ['view-rebuild', 'view-rebuild-queries'],
  async prepare({ folder, quick, progress }) {
    const events = quick ? 50_000 : 1_000_000
    const issuer = await openIssuer()
    const tasks = await storeTasks(folder, { tasks: events / EVENTS_EACH, eventsEach: EVENTS_EACH, progress })
    const product = await startProduct(folder, issuer)
    await untilCaughtUp(product)
    progress('  the live views have caught up')
    const client = new Client(product.address)
    const people = await signInHeads(issuer, 2 * OFFICES)
    const operator = await issuer.authorize({ subject: 'operator', office: officeOf(0), roles: ['operator'] })

    const queries = async (seconds: number, ended?: () => boolean): Promise<number[]> => {
      const times: number[] = []
      await atRate(
        QUERIES_PER_SECOND,
        QUERIES_PER_SECOND * seconds,
        async (index) => {
          const task = (index * 7_919) % tasks.length
          const path = index % 2 === 0 ? '/api/office/tasks?limit=20' : `/api/office/tasks/${tasks[task]?.id}`
          const begin = performance.now()
          const { status } = await client.get(path, people[task % people.length] ?? '')
          if (status !== 200) throw new Error(`GET ${path}: ${status}`)
          times.push(performance.now() - begin)
        },
        ended,
      )
      return times
    }
    const view = async (): Promise<Status['views'][number] | undefined> => {
      const { body } = await client.get('/api/office/system/status', operator)
      return (JSON.parse(body) as Status).views.find(({ name }) => name === VIEW)
    }
    let meanwhile = Number.NaN
    return {
      rounds: 3,
      contestants: {
        [REBUILD]: async () => {
          const before = (await view())?.generation ?? 0
          let done = false
          const asked = queries(600, () => done)
          const begin = performance.now()
          await client.command(`/api/office/system/views/${VIEW}/rebuild`, operator, undefined)
          for (let now = await view(); now?.generation === before || now?.rebuild !== null; now = await view()) {
            await sleep(50)
          }
          const rate = (events * 1_000) / (performance.now() - begin)
          done = true
          meanwhile = percentile(await asked, 0.99)
          return rate
        },
        // Taken during the rebuild just before.
        [QUERY]: async () => meanwhile,
        [ALONE]: async () => percentile(await queries(quick ? 3 : 10), 0.99),
      },
      rows: [
        { name: 'view-rebuild', unit: 'events/s', measured: REBUILD, reach: '≥20,000' },
        { name: 'view-rebuild-queries', unit: 'ms', measured: QUERY, reference: ALONE, reach: '<100 ms' },
      ],
      async dispose() {
        client.close()
        await product.stop()
        await issuer.close()
      },
    }
  },
}
